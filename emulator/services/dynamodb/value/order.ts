import { orderOfNumber } from './number.ts';
import type { Value } from './value.ts';

/*
 * Every item has one text by which it lies in its table, and one in each index that it is in. Compared as texts they
 * put partitions in the order of a hash, and the items of a partition in the order of the sort key, so that a query
 * is a range and a segment of a scan is another.
 */

/** Ends a part of such a text. It lies below whatever the part could go on with. */
const END = '\0\0';

/** A text that orders by code units as the string does by its UTF-8 bytes. */
export function textOrder(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** A text that orders as values of a key's type do. Other types are no keys. */
export function orderOf(value: Value): string {
  if ('N' in value) return orderOfNumber(value.N);
  if ('B' in value) return Buffer.from(value.B, 'base64').toString('latin1');
  return 'S' in value ? textOrder(value.S) : '';
}

/** What the texts of all items of a partition begin with. */
export function partitionOrder(hash: Value): string {
  const order = orderOf(hash);
  return fingerprint(order) + guarded(order) + END;
}

/** The text of a sort key within its partition, without its end: what texts begin with that begin with this key. */
export function sortOrder(range: Value): string {
  return guarded(orderOf(range));
}

/** The end of a sort key in a text. */
export const sortEnd = END;

/** The place of an item in its table, or in an index when `tie`, its place in the table, is given. */
export function placeOf(hash: Value, range: Value | undefined, tie = ''): string {
  const sort = range === undefined ? '' : sortOrder(range);
  return partitionOrder(hash) + sort + END + tie;
}

/** Where a segment of a parallel scan begins. Segment `total` begins after all others. */
export function segmentStart(segment: number, total: number): string {
  const start = Math.ceil((segment * 0x1_0000_0000) / total);
  return start > 0xffff_ffff ? 'g' : hex(start);
}

/** Keeps END out of what is not an end. */
function guarded(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\0\x01') : text;
}

/** Spreads partitions evenly over 32 bits, always in the same way. FNV-1a, then mixed well. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hex((hash ^ (hash >>> 16)) >>> 0);
}

function hex(number: number): string {
  return number.toString(16).padStart(8, '0');
}
