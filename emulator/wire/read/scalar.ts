import {
  _parseEpochTimestamp,
  _parseRfc3339DateTimeWithOffset,
  _parseRfc7231DateTime,
  nv,
} from '@smithy/core/serde';
import type { Shape, TimestampFormat } from '../schema/shape.ts';
import { Unreadable, wrongType } from './unreadable.ts';

/** Reads a value that travels as text: in a path, a query, a header, a form or an XML element. */
export function readText(shape: Shape, text: string, timestamps: TimestampFormat): unknown {
  switch (shape.kind) {
    case 'string':
    case 'document':
      return text;
    case 'boolean':
      if (/^true$/i.test(text)) return true;
      if (/^false$/i.test(text)) return false;
      throw wrongType(text, 'a Boolean');
    case 'number':
      return readNumber(text);
    case 'bigInteger':
      if (!/^-?\d{1,1000}$/.test(text)) throw wrongType(text, 'a BigInteger');
      return BigInt(text);
    case 'bigDecimal':
      if (!/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(text)) throw wrongType(text, 'a BigDecimal');
      return nv(text);
    case 'blob':
      return readBase64(text);
    case 'timestamp':
      return readTimestamp(text, shape.format ?? timestamps);
    default:
      throw wrongType(text, `a ${shape.kind}`);
  }
}

function readNumber(text: string): number {
  const word = specialNumbers[text];
  if (word !== undefined) return word;
  const value = /^[-+]?\d*\.?\d+([eE][-+]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw wrongType(text, 'an Integer');
  return value;
}

/** The three numbers that JSON has no token for, as every protocol spells them. */
export const specialNumbers: Readonly<Record<string, number | undefined>> = {
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  NaN: Number.NaN,
};

/** Bytes from base64. Node's decoder skips what it does not know; a request with such characters is refused. */
export function readBase64(text: string): Uint8Array {
  const compact = /\s/.test(text) ? text.replaceAll(/\s/g, '') : text;
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.replace(/=+$/, '').length % 4 === 1)
    throw new Unreadable('Unable to base64-decode the value');
  return new Uint8Array(Buffer.from(compact, 'base64'));
}

/** A moment in the format asked for or, since clients differ, in another that cannot be mistaken for it. */
export function readTimestamp(value: unknown, format: TimestampFormat): Date {
  const [first, ...others] = formatsFrom(format);
  for (const parse of [first, ...others]) {
    if (parse === undefined) continue;
    try {
      const date = parse(value);
      if (date !== undefined && !Number.isNaN(date.getTime())) return date;
    } catch {
      continue;
    }
  }
  throw wrongType(value, 'a Timestamp');
}

type Parse = (value: unknown) => Date | undefined;

const parsers: Readonly<Record<TimestampFormat, Parse>> = {
  'date-time': _parseRfc3339DateTimeWithOffset,
  'http-date': _parseRfc7231DateTime,
  'epoch-seconds': _parseEpochTimestamp,
};

function formatsFrom(format: TimestampFormat): Parse[] {
  return [parsers[format], ...Object.values(parsers).filter((parse) => parse !== parsers[format])];
}
