import type { Clock } from '../../clock/clock.ts';

/**
 * Waits for a back end as long as its integration says. What a function does afterwards goes on, as on AWS: only
 * nobody waits for it any more.
 * @param ms of the cloud's time
 * @param timedOut makes the failure
 * @param work given a signal that is aborted when the time is over
 * @throws what `timedOut` makes where the time is over first
 */
export async function withDeadline<T>(
  clock: Clock,
  ms: number,
  timedOut: () => Error,
  work: (over: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  return await new Promise<T>((resolve, reject) => {
    const timer = clock.after(ms, () => {
      reject(timedOut());
      over.abort();
    });
    work(over.signal).then(
      (value) => {
        timer.cancel();
        resolve(value);
      },
      (error: unknown) => {
        timer.cancel();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
