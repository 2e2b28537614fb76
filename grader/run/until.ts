import { setTimeout as sleep } from 'node:timers/promises';

const first = 20;
const longest = 500;
/** What is ready is seen at most this much later than a look at every moment would see it. */
const growth = 1.3;

/**
 * Looks until there is something to see or the time is over; at least once, and once more at the very end.
 * @param seconds how long at most
 * @returns what was seen, or undefined
 */
export async function poll<T>(
  look: () => Promise<T | undefined>,
  seconds: number,
  signal: AbortSignal,
): Promise<T | undefined> {
  const end = performance.now() + seconds * 1000;
  for (let pause = first; ; pause = Math.min(longest, pause * growth)) {
    signal.throwIfAborted();
    const last = performance.now() >= end;
    const seen = await look();
    if (seen !== undefined || last) return seen;
    await sleep(Math.max(0, Math.min(pause, end - performance.now())), undefined, { signal });
  }
}
