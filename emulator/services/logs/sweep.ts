import type { ClockTimer } from '../../clock/clock.ts';
import type { Scope } from '../../service/call.ts';
import { expiryOf } from './rows.ts';
import type { LogStore } from './store.ts';
import type { LogStream } from './stream.ts';

/** On AWS expired events are deleted within 72 hours; reads leave them out at once. In ms. */
const INTERVAL = 12 * 3_600_000;
/** Streams that one turn looks at, and the pause before the next turn in ms: a sweep must not hold up requests. */
const STREAMS_A_TURN = 500;
const PAUSE = 100;

/** Drops expired events on the cloud's clock. Returns the way to stop. */
export function startSweep(store: LogStore): () => void {
  let timer: ClockTimer | undefined;
  let open: Iterator<readonly [LogStream, number]> | undefined;

  const turn = (): void => {
    open ??= expiring(store);
    for (let count = 0; count < STREAMS_A_TURN; count += 1) {
      const next = open.next();
      if (next.done === true) {
        open = undefined;
        timer = store.cloud.clock.after(INTERVAL, turn);
        return;
      }
      const [stream, expiry] = next.value;
      const count = stream.leadingBefore(expiry);
      if (count > 0) store.dropFirst(stream, count);
    }
    timer = store.cloud.clock.after(PAUSE, turn);
  };

  timer = store.cloud.clock.after(PAUSE, turn);
  return () => timer?.cancel();
}

/** Streams of the groups that have a retention, with the time before which their events have expired. */
function* expiring(store: LogStore): Generator<readonly [LogStream, number]> {
  const scopes: readonly Scope[] = [...store.scopes()];
  for (const scope of scopes)
    for (const group of [...store.groups(scope).values()]) {
      const expiry = expiryOf(group, store.cloud.clock.now());
      if (expiry === Number.NEGATIVE_INFINITY) continue;
      for (const stream of [...store.streams(scope, group.name).values()]) yield [stream, expiry];
    }
}
