import { NumericValue } from '@smithy/core/serde';
import type { Member, Shape } from '../schema/shape.ts';
import { base64Of, bytesOf, dateOf, timestampText } from './scalar.ts';

/** What differs between the protocols whose bodies are trees of records, lists and scalars. */
export interface TreeWriter {
  nameOf(member: Member): string;
  /** How moments are written where bytes and moments need not be text or numbers: in CBOR. */
  readonly moment?: (date: Date) => unknown;
}

/** The members that an answer has, as they stand on the wire. */
export function writeMembers(
  members: readonly Member[],
  value: unknown,
  writer: TreeWriter,
): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  if (typeof value !== 'object' || value === null) return out;
  const source = value as Readonly<Record<string, unknown>>;
  for (const member of members) {
    const given = source[member.name];
    if (given !== undefined && given !== null)
      out[writer.nameOf(member)] = writeTree(member.shape, given, writer);
  }
  return out;
}

export function writeTree(shape: Shape, value: unknown, writer: TreeWriter): unknown {
  switch (shape.kind) {
    case 'structure':
      return writeMembers(shape.members, value, writer);
    case 'list':
      return items(value)
        .filter((item) => shape.sparse || (item !== undefined && item !== null))
        .map((item) => orNull(shape.member.shape, item, writer));
    case 'map': {
      const out = Object.create(null) as Record<string, unknown>;
      for (const [key, item] of Object.entries(value as object) as [string, unknown][])
        if (shape.sparse || (item !== undefined && item !== null))
          out[key] = orNull(shape.value.shape, item, writer);
      return out;
    }
    case 'blob':
      return writer.moment ? bytesOf(value) : base64Of(value);
    case 'timestamp':
      if (writer.moment) return writer.moment(dateOf(value));
      return shape.format === undefined || shape.format === 'epoch-seconds'
        ? dateOf(value).getTime() / 1000
        : timestampText(value, shape.format);
    case 'number':
      return writer.moment || Number.isFinite(value) ? value : String(value);
    case 'bigInteger':
    case 'bigDecimal':
      return writer.moment ? value : jsonNumber(value);
    default:
      return value;
  }
}

function orNull(shape: Shape, item: unknown, writer: TreeWriter): unknown {
  return item === undefined || item === null ? null : writeTree(shape, item, writer);
}

/** A list's items. A single value is no list: an operation that gives one has a defect. */
export function items(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  throw new TypeError('An operation answered a single value where its model has a list.');
}

function jsonNumber(value: unknown): number {
  return Number(value instanceof NumericValue ? value.string : value);
}
