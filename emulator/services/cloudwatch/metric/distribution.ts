/*
 * Values and how often each was seen, for percentiles. Where there are many different ones they are put into bins
 * whose middle is at most 1 % away, so that a minute of traffic stays small.
 */
const MOST_EXACT = 200;
const STEP = Math.log(1.02);

/** Counts by value. */
export type Distribution = Map<number, number>;

/** Adds a value that was seen `count` times. */
export function addTo(distribution: Distribution, value: number, count: number): void {
  const known = distribution.get(value);
  if (known !== undefined) {
    distribution.set(value, known + count);
    return;
  }
  if (distribution.size < MOST_EXACT) {
    distribution.set(value, count);
    return;
  }
  const bin = binned(value);
  distribution.set(bin, (distribution.get(bin) ?? 0) + count);
  // The first value beyond the bound puts all the others into bins, too; later ones find nearly only bins.
  if (distribution.size <= 2 * MOST_EXACT) return;
  const all = [...distribution];
  distribution.clear();
  for (const [each, times] of all) {
    const into = binned(each);
    distribution.set(into, (distribution.get(into) ?? 0) + times);
  }
}

function binned(value: number): number {
  if (value === 0) return 0;
  const size = Math.exp(Math.round(Math.log(Math.abs(value)) / STEP) * STEP);
  return value < 0 ? -size : size;
}

/** Values in order, with their counts. */
export function ordered(distribution: Distribution): (readonly [value: number, count: number])[] {
  return [...distribution].sort((a, b) => a[0] - b[0]);
}
