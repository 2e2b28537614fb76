import type { Bucket } from '../metric/bucket.ts';
import { ordered } from '../metric/distribution.ts';

/** What a statistic makes of what was measured in a period; undefined where it cannot tell. */
export type Statistic = (bucket: Bucket) => number | undefined;

const SIMPLE: Readonly<Record<string, Statistic>> = {
  SampleCount: ({ count }) => count,
  Sum: ({ sum }) => sum,
  Average: ({ sum, count }) => sum / count,
  Minimum: ({ least }) => least,
  Maximum: ({ most }) => most,
};

/**
 * A statistic by its name: one of the five, a percentile (`p99`, `p99.9`), or a trimmed mean, sum, count or
 * winsorized mean (`tm90`, `ts90`, `tc90`, `wm90`, `IQM`). Undefined for any other text.
 * Source: CloudWatch User Guide, "CloudWatch statistics definitions".
 */
export function statisticOf(name: string): Statistic | undefined {
  if (Object.hasOwn(SIMPLE, name)) return SIMPLE[name];
  if (name === 'IQM') return trimmed('tm', 25, 75);
  const found = /^(p|tm|ts|tc|wm)(\d{1,3}(?:\.\d{1,10})?)$/i.exec(name);
  const kind = found?.[1]?.toLowerCase();
  const percent = Number(found?.[2]);
  if (kind === undefined || !(percent >= 0 && percent <= 100)) return undefined;
  return kind === 'p' ? percentile(percent) : trimmed(kind, 0, percent);
}

/** Whether a statistic needs the single values. */
export function needsValues(name: string): boolean {
  return !Object.hasOwn(SIMPLE, name);
}

/** The share of a percentile statistic, 0 to 1, or undefined for another. */
export function shareOf(name: string): number | undefined {
  const found = /^p(\d+(?:\.\d+)?)$/i.exec(name);
  return found === null ? undefined : Number(found[1]) / 100;
}

function percentile(percent: number): Statistic {
  return ({ values, count }) => {
    if (values === null) return undefined;
    const sorted = ordered(values);
    // Between two values the place is interpolated, as tools for such figures mostly do.
    const place = (percent / 100) * (count - 1);
    const low = valueAt(sorted, Math.floor(place));
    const high = valueAt(sorted, Math.ceil(place));
    return low === undefined || high === undefined ? undefined : low + (high - low) * (place % 1);
  };
}

function valueAt(sorted: readonly (readonly [number, number])[], place: number): number | undefined {
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (place < seen) return value;
  }
  return sorted.at(-1)?.[0];
}

/** What is left between two percentiles, or what they replace (`wm`). */
function trimmed(kind: string, from: number, to: number): Statistic {
  return ({ values, count }) => {
    if (values === null) return undefined;
    const first = (from / 100) * count;
    const last = (to / 100) * count;
    let seen = 0;
    let sum = 0;
    let taken = 0;
    let top: number | undefined;
    for (const [value, times] of ordered(values)) {
      const share = Math.max(0, Math.min(seen + times, last) - Math.max(seen, first));
      seen += times;
      if (share === 0) continue;
      sum += value * share;
      taken += share;
      top = value;
    }
    if (taken === 0 || top === undefined) return undefined;
    if (kind === 'ts') return sum;
    if (kind === 'tc') return taken;
    return kind === 'wm' ? (sum + top * (count - taken)) / count : sum / taken;
  };
}
