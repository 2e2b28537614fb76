import { dateToUtcString, NumericValue } from '@smithy/core/serde';
import type { TimestampFormat } from '../schema/shape.ts';

/** Bytes of a blob that an operation may give as text. */
export function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  return Buffer.from(typeof value === 'string' ? value : '', 'utf8');
}

export function base64Of(value: unknown): string {
  const bytes = bytesOf(value);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** A scalar as text. What is no scalar (a member that no model has) is told as JSON. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof NumericValue) return value.string;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  return JSON.stringify(value);
}

/** A moment. An operation that gives something else has a defect, which must not pass as `Invalid Date`. */
export function dateOf(value: unknown): Date {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
  throw new TypeError(`An operation answered ${String(value)} where its model has a timestamp.`);
}

export function timestampText(value: unknown, format: TimestampFormat): string {
  const date = dateOf(value);
  if (format === 'http-date') return dateToUtcString(date);
  if (format === 'epoch-seconds') return String(date.getTime() / 1000);
  return date.toISOString().replace('.000Z', 'Z');
}
