import type { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaTraitsObject } from '@smithy/types';

export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds';

/**
 * A schema of the SDK, resolved once: the codecs walk shapes and never ask a NormalizedSchema at request time,
 * which would allocate one for every list and map member it passes.
 */
export type Shape =
  | { readonly kind: 'string' | 'boolean' | 'number' | 'bigInteger' | 'bigDecimal' | 'document' | 'unit' }
  | { readonly kind: 'blob'; readonly streaming: boolean }
  /** `format` is absent where the model leaves it to the protocol. */
  | { readonly kind: 'timestamp'; readonly format?: TimestampFormat }
  | { readonly kind: 'list'; readonly member: Member; readonly sparse: boolean }
  | { readonly kind: 'map'; readonly key: Member; readonly value: Member; readonly sparse: boolean }
  | StructureShape;

export interface StructureShape {
  readonly kind: 'structure';
  readonly name: string;
  readonly namespace: string;
  readonly union: boolean;
  /** An error that may travel in an event stream. */
  readonly error: boolean;
  readonly streaming: boolean;
  readonly traits: SchemaTraitsObject;
  /** Resolved at its first use, since structures may contain themselves. */
  readonly members: readonly Member[];
}

/** A member of a structure, a list or a map, with the traits that decide its place on the wire. */
export interface Member {
  readonly name: string;
  readonly shape: Shape;
  readonly required: boolean;
  readonly traits: SchemaTraitsObject;
  /** Its own traits without those of the shape it points to: XML names come from these alone. */
  readonly memberTraits: SchemaTraitsObject;
}

const timestampFormats: Readonly<Record<number, TimestampFormat>> = {
  5: 'date-time',
  6: 'http-date',
  7: 'epoch-seconds',
};

const structures = new WeakMap<object, StructureShape>();

/** Resolves a schema constant (or a reference to one) of an SDK client. */
export function shapeOf(schema: NormalizedSchema): Shape {
  if (schema.isUnitSchema()) return { kind: 'unit' };
  if (schema.isStructSchema()) return structureOf(schema);
  if (schema.isListSchema()) {
    const member = memberOf('member', schema.getValueSchema(), false);
    return { kind: 'list', member, sparse: isSparse(schema) };
  }
  if (schema.isMapSchema()) {
    const key = memberOf('key', schema.getKeySchema(), false);
    const value = memberOf('value', schema.getValueSchema(), false);
    return { kind: 'map', key, value, sparse: isSparse(schema) };
  }
  if (schema.isBlobSchema()) return { kind: 'blob', streaming: schema.isStreaming() };
  if (schema.isTimestampSchema()) {
    const format = timestampFormats[Number(schema.getSchema())];
    return format === undefined ? { kind: 'timestamp' } : { kind: 'timestamp', format };
  }
  if (schema.isStringSchema()) return { kind: 'string' };
  if (schema.isBooleanSchema()) return { kind: 'boolean' };
  if (schema.isNumericSchema()) return { kind: 'number' };
  if (schema.isBigIntegerSchema()) return { kind: 'bigInteger' };
  if (schema.isBigDecimalSchema()) return { kind: 'bigDecimal' };
  if (schema.isDocumentSchema()) return { kind: 'document' };
  throw new Error(`The SDK has a schema that the wire layer does not know: ${schema.getName(true)}`);
}

function structureOf(schema: NormalizedSchema): StructureShape {
  const fixed = schema.getSchema();
  if (!Array.isArray(fixed)) throw new Error(`Not a structure: ${schema.getName(true)}`);
  const known = structures.get(fixed);
  if (known !== undefined) return known;
  const required = schema.isUnionSchema() ? 0 : (fixed[6] ?? 0);
  let members: readonly Member[] | undefined;
  const shape: StructureShape = {
    kind: 'structure',
    name: fixed[2],
    namespace: fixed[1],
    union: schema.isUnionSchema(),
    error: fixed[0] === -3,
    streaming: schema.getOwnTraits().streaming === 1,
    traits: schema.getOwnTraits(),
    get members() {
      // Required members come first in the SDK's schemas and are counted in the seventh place.
      return (members ??= [...schema.structIterator()].map(([name, member], index) =>
        memberOf(name, member, index < required),
      ));
    },
  };
  structures.set(fixed, shape);
  return shape;
}

function memberOf(name: string, schema: NormalizedSchema, required: boolean): Member {
  return {
    name,
    required,
    shape: shapeOf(schema),
    traits: schema.getMergedTraits(),
    memberTraits: schema.getMemberTraits(),
  };
}

function isSparse(schema: NormalizedSchema): boolean {
  return schema.getMergedTraits().sparse === 1;
}
