import { addTo, type Distribution } from './distribution.ts';

/** What was measured in one second, minute, … Times are ms since 1970. */
export interface Bucket {
  readonly start: number;
  /** ms: 1000, or 60000 and more. */
  readonly width: number;
  count: number;
  sum: number;
  least: number;
  most: number;
  /** Null: statistic sets came in, whose single values nobody knows. */
  values: Distribution | null;
}

/** A bucket as it is kept: `[width, count, sum, least, most, values as value, count, value, count, …]`. */
export type BucketRow = readonly [
  width: number,
  count: number,
  sum: number,
  least: number,
  most: number,
  values: readonly number[] | null,
];

export function emptyBucket(start: number, width: number): Bucket {
  return { start, width, count: 0, sum: 0, least: Infinity, most: -Infinity, values: new Map() };
}

/** Adds a value that was seen `count` times. */
export function addValue(bucket: Bucket, value: number, count: number): void {
  bucket.count += count;
  bucket.sum += value * count;
  if (value < bucket.least) bucket.least = value;
  if (value > bucket.most) bucket.most = value;
  if (bucket.values !== null) addTo(bucket.values, value, count);
}

/** Adds what a statistic set or another bucket tells. */
export function merge(into: Bucket, from: Omit<Bucket, 'start' | 'width'>): void {
  if (from.count === 0) return;
  into.count += from.count;
  into.sum += from.sum;
  into.least = Math.min(into.least, from.least);
  into.most = Math.max(into.most, from.most);
  if (from.values === null) into.values = null;
  else if (into.values !== null) for (const [value, count] of from.values) addTo(into.values, value, count);
}

export function toRow({ width, count, sum, least, most, values }: Bucket): BucketRow {
  return [width, count, sum, least, most, values === null ? null : [...values].flat()];
}

export function fromRow(start: number, [width, count, sum, least, most, flat]: BucketRow): Bucket {
  let values: Distribution | null = null;
  if (flat !== null) {
    values = new Map();
    for (let index = 0; index + 1 < flat.length; index += 2)
      values.set(flat[index] ?? 0, flat[index + 1] ?? 0);
  }
  return { start, width, count, sum, least, most, values };
}
