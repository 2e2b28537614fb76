import { NumericValue, nv } from '@smithy/core/serde';
import type { Member, Shape } from '../schema/shape.ts';
import { clientRecord } from './record.ts';
import { readBase64, readTimestamp, specialNumbers } from './scalar.ts';
import { Unreadable, wrongType } from './unreadable.ts';

/** What differs between the protocols whose bodies are trees of records, lists and scalars (JSON and CBOR). */
export interface TreeFormat {
  /** The name a member has on the wire. */
  nameOf(member: Member): string;
  /** CBOR has bytes and moments of its own. */
  readonly binary: boolean;
}

/** Reads a structure from a parsed body. Members that the model does not know are passed over, as AWS does. */
export function readMembers(
  members: readonly Member[],
  value: unknown,
  format: TreeFormat,
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
    throw wrongType(value, 'a structure');
  const source = value as Readonly<Record<string, unknown>>;
  const out: Record<string, unknown> = {};
  for (const member of members) {
    const name = format.nameOf(member);
    if (!Object.hasOwn(source, name)) continue;
    const given = source[name];
    if (given !== null && given !== undefined) out[member.name] = readValue(member.shape, given, format);
  }
  return out;
}

export function readValue(shape: Shape, value: unknown, format: TreeFormat): unknown {
  switch (shape.kind) {
    case 'structure':
      return readMembers(shape.members, value, format);
    case 'list':
      if (!Array.isArray(value)) throw wrongType(value, 'a list');
      return value.map((item: unknown) =>
        item === null || item === undefined ? null : readValue(shape.member.shape, item, format),
      );
    case 'map':
      return readMap(shape, value, format);
    case 'string':
      if (typeof value !== 'string') throw wrongType(value, 'a String');
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(value, 'a Boolean');
      return value;
    case 'number':
      return readNumber(value);
    case 'bigInteger':
      if (typeof value === 'bigint') return value;
      if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(value, 'a BigInteger');
      return BigInt(value);
    case 'bigDecimal':
      if (value instanceof NumericValue) return value;
      if (typeof value !== 'number') throw wrongType(value, 'a BigDecimal');
      return nv(String(value));
    case 'blob':
      if (format.binary && value instanceof Uint8Array) return new Uint8Array(value);
      if (typeof value !== 'string') throw wrongType(value, 'a Blob');
      return readBase64(value);
    case 'timestamp':
      return readTimestamp(value, shape.format ?? 'epoch-seconds');
    case 'document':
      return value;
    case 'unit':
      return undefined;
  }
}

function readMap(shape: Extract<Shape, { kind: 'map' }>, value: unknown, format: TreeFormat): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
    throw wrongType(value, 'a map');
  const out = clientRecord();
  for (const [key, item] of Object.entries(value)) {
    if (item === null || item === undefined) out[key] = null;
    else out[key] = readValue(shape.value.shape, item, format);
  }
  return out;
}

function readNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  const word = typeof value === 'string' ? specialNumbers[value] : undefined;
  if (word === undefined) throw wrongType(value, 'an Integer');
  return word;
}

/** Runs a reader; whatever goes wrong in it is the request's fault, nesting without end included. */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    if (error instanceof RangeError) throw new Unreadable('The request body is nested too deeply');
    throw new Unreadable(error instanceof Error ? error.message : String(error));
  }
}
