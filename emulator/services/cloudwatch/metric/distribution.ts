/*
 * Values and how often each was seen, for percentiles. Where there are many different ones they are put into bins
 * whose middle is at most 1 % away, so that a minute of traffic stays small.
 */
const MOST_EXACT = 200;
const STEP = Math.log(1.02);

/** Counts by value. */
export type Distribution = Map<number, number>;

/** Those that hold bins alone. One that was read back from disk is found out again when it has grown. */
const inBins = new WeakSet<Distribution>();

/** Adds a value that was seen `count` times. */
export function addTo(distribution: Distribution, value: number, count: number): void {
  if (!inBins.has(distribution)) {
    if (distribution.has(value) || distribution.size < MOST_EXACT) {
      distribution.set(value, (distribution.get(value) ?? 0) + count);
      return;
    }
    // The first value beyond the bound puts all the others into bins, too.
    const all = [...distribution];
    distribution.clear();
    inBins.add(distribution);
    for (const [each, times] of all) addTo(distribution, each, times);
  }
  const bin = binned(value);
  distribution.set(bin, (distribution.get(bin) ?? 0) + count);
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
