import { emptyBucket, merge, type Bucket } from '../metric/bucket.ts';
import type { Series } from '../metric/series.ts';

/** Times in ms. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly period: number;
  /** A time at which a period begins. */
  readonly origin: number;
}

/** What was measured in each period of a span, in order of time; periods without data are left out. */
export function byPeriod(
  series: Iterable<Series>,
  { start, end, period, origin }: Span,
  withValues: boolean,
): Bucket[] {
  const periods = new Map<number, Bucket>();
  for (const one of series)
    for (const bucket of one.between(start, end)) {
      // A point of an hour says nothing of a minute; it stands in the period in which it begins.
      const at = Math.floor((bucket.start - origin) / period) * period + origin;
      let into = periods.get(at);
      if (into === undefined) {
        into = emptyBucket(at, period);
        if (!withValues) into.values = null;
        periods.set(at, into);
      }
      merge(into, bucket);
    }
  return [...periods.values()].sort((a, b) => a.start - b.start);
}
