import type { ClockTimer } from '../../../clock/clock.ts';
import type { Scope } from '../../../service/call.ts';
import type { TableRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { settledFrom } from './describe.ts';

/** How long creating, changing and deleting a table takes, in ms of the cloud's time. */
export const CHANGE = 100;
/** How often expired records and ended streams are forgotten, in ms. */
const SWEEP = 6 * 3_600_000;

/** What happens to tables and streams by themselves as time goes on. */
export class Changes {
  readonly #store: Store;
  readonly #waiting = new Set<() => void>();
  #sweep: ClockTimer | undefined;
  #stopped = false;

  constructor(store: Store) {
    this.#store = store;
    for (const scope of [...store.scopes()])
      for (const row of [...store.tables(scope).values()])
        if (row.goneFrom !== undefined) this.forgetLater(scope, row);
    const sweep = (): void => {
      store.streams.sweep();
      this.#sweep = store.cloud.clock.after(SWEEP, sweep);
    };
    this.#sweep = store.cloud.clock.after(SWEEP, sweep);
  }

  /**
   * Resolves when nothing is under way on a table. The waiters of AWS's SDKs ask at once and then every 20 seconds:
   * who asks for a table that is about to be ready gets the answer then, instead of one that costs 20 seconds.
   */
  async settled(row: TableRow, signal: AbortSignal): Promise<void> {
    const { clock } = this.#store.cloud;
    const until = settledFrom(row);
    if (until <= clock.now() || this.#stopped || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        timer.cancel();
        signal.removeEventListener('abort', end);
        this.#waiting.delete(end);
        resolve();
      };
      const timer = clock.at(until, end);
      signal.addEventListener('abort', end);
      this.#waiting.add(end);
    });
  }

  /** Forgets a table that is being deleted when that is done. */
  forgetLater(scope: Scope, { name, id, goneFrom }: TableRow): void {
    if (goneFrom === undefined) return;
    this.#store.cloud.clock.at(goneFrom, () => {
      const rows = this.#store.tables(scope);
      if (rows.get(name)?.id === id) rows.delete(name);
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#sweep?.cancel();
    for (const end of [...this.#waiting]) end();
  }
}
