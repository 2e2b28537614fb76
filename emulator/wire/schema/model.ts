import { NormalizedSchema, translateTraits } from '@smithy/core/schema';
import type { SchemaTraitsObject, StaticErrorSchema, StaticOperationSchema } from '@smithy/types';
import type { Member, StructureShape } from './shape.ts';
import { shapeOf } from './shape.ts';

const nothing: StructureShape = {
  kind: 'structure',
  name: 'Unit',
  namespace: 'smithy.api',
  union: false,
  error: false,
  streaming: false,
  traits: {},
  members: [],
};

/** An operation as the SDK models it. */
export interface Operation {
  readonly name: string;
  readonly http?: { readonly method: string; readonly uri: string; readonly status: number };
  /** Input and output are resolved at the operation's first use: a service has hundreds that are never called. */
  readonly input: StructureShape;
  readonly output: StructureShape;
  /** An operation without a modelled output has no result element in awsQuery answers. */
  readonly hasOutput: boolean;
}

/** An error as the SDK models it. */
export interface ModelledError {
  readonly name: string;
  readonly namespace: string;
  readonly status: number;
  /** Whether the model states the status: S3's `NotFound` has none. */
  readonly stated: boolean;
  readonly fault: 'client' | 'server';
  /** The code of the awsQuery protocol where it differs from the name: `NoSuchEntity`. */
  readonly query?: { readonly code: string; readonly status: number };
  readonly members: readonly Member[];
}

export interface Model {
  readonly operations: ReadonlyMap<string, Operation>;
  /** By modelled name, and by awsQuery code where that is another. */
  readonly errors: ReadonlyMap<string, ModelledError>;
}

/** Reads the schema constants of an SDK client. Anything else among the exports is passed over. */
export function modelOf(schemas: Readonly<Record<string, unknown>>): Model {
  const operations = new Map<string, Operation>();
  const errors = new Map<string, ModelledError>();
  for (const schema of Object.values(schemas)) {
    if (isOperation(schema)) operations.set(schema[2], operationOf(schema));
    else if (isError(schema)) addError(errors, schema);
  }
  return { operations, errors };
}

function isOperation(schema: unknown): schema is StaticOperationSchema {
  return Array.isArray(schema) && schema[0] === 9;
}

function isError(schema: unknown): schema is StaticErrorSchema {
  // Each client also has a base error in a synthetic namespace, which no service answers.
  return (
    Array.isArray(schema) && schema[0] === -3 && !String(schema[1]).startsWith('smithy.ts.sdk.synthetic')
  );
}

function operationOf(schema: StaticOperationSchema): Operation {
  const traits = translateTraits(schema[3]);
  let input: StructureShape | undefined;
  let output: StructureShape | undefined;
  const [method, uri, status] = traits.http ?? [];
  return {
    name: schema[2],
    ...(method !== undefined && uri !== undefined && { http: { method, uri, status: status ?? 200 } }),
    get input() {
      return (input ??= structure(NormalizedSchema.of(schema[4])));
    },
    get output() {
      return (output ??= structure(NormalizedSchema.of(schema[5])));
    },
    get hasOutput() {
      return !NormalizedSchema.of(schema[5]).isUnitSchema();
    },
  };
}

function structure(schema: NormalizedSchema): StructureShape {
  const shape = shapeOf(schema);
  return shape.kind === 'structure' ? shape : nothing;
}

function addError(errors: Map<string, ModelledError>, schema: StaticErrorSchema): void {
  const traits: SchemaTraitsObject = translateTraits(schema[3]);
  const fault = traits.error === 'server' ? 'server' : 'client';
  const query: unknown = traits['awsQueryError'];
  let members: readonly Member[] | undefined;
  const error: ModelledError = {
    name: schema[2],
    namespace: schema[1],
    fault,
    // https://smithy.io/2.0/spec/http-bindings.html#httperror-trait: without the trait 400 or 500.
    status: Number(traits['httpError'] ?? (fault === 'server' ? 500 : 400)),
    stated: traits['httpError'] !== undefined,
    ...(Array.isArray(query) && { query: { code: String(query[0]), status: Number(query[1]) } }),
    get members() {
      return (members ??= structure(NormalizedSchema.of(schema)).members);
    },
  };
  errors.set(error.name, error);
  if (error.query !== undefined && !errors.has(error.query.code)) errors.set(error.query.code, error);
}
