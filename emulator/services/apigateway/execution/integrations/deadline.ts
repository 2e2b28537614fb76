import type { Clock } from '../../../../clock/clock.ts';
import { timedOut } from './failures.ts';

/**
 * Waits for a back end as long as its integration says. What it does afterwards goes on, as on AWS: only nobody
 * waits for it any more.
 * @param ms of the cloud's time
 * @throws GatewayFailure INTEGRATION_TIMEOUT
 */
export async function withDeadline<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T> {
  return await new Promise<T>((resolve, reject) => {
    const timer = clock.after(ms, () => reject(timedOut()));
    work.then(
      (value) => {
        timer.cancel();
        resolve(value);
      },
      (error: unknown) => {
        timer.cancel();
        // What the back end failed with is handed on as it is.
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
