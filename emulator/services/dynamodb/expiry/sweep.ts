import type { ClockTimer } from '../../../clock/clock.ts';
import { keyOf } from '../store/keys.ts';
import type { OpenTable, Store } from '../store/store.ts';

/** Items that one turn removes, and the pause before the next turn in ms: requests are not held up. */
const ITEMS_A_TURN = 100;
const PAUSE = 10;
/** How long after its time an item is removed, in ms. On AWS it takes up to some days. */
const DELAY = 1_000;
/** What expired longer ago than this many seconds is never removed: five years. */
const TOO_OLD = 5 * 365 * 86_400;

/** Removes the items whose time has come, on the cloud's clock. */
export class ExpirySweep {
  readonly #store: Store;
  #timer: ClockTimer | undefined;
  /** When the timer is set to, in ms since 1970. */
  #due = Infinity;
  #stopped = false;

  constructor(store: Store) {
    this.#store = store;
    store.expiryNoticed = (seconds) => this.#setTo(seconds * 1000 + DELAY);
    this.reschedule();
  }

  /** Looks anew when the next item expires: after a start, and when expiry was switched on for a table. */
  reschedule(): void {
    this.#timer?.cancel();
    this.#due = Infinity;
    for (const { live } of this.#tables()) {
      const next = live.nextExpiry(this.#oldest());
      if (next !== undefined) this.#setTo(next * 1000 + DELAY);
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  #setTo(time: number): void {
    if (this.#stopped || time >= this.#due) return;
    const { clock } = this.#store.cloud;
    this.#timer?.cancel();
    this.#due = Math.max(time, clock.now() + PAUSE);
    this.#timer = clock.at(this.#due, () => this.#turn());
  }

  #turn(): void {
    let left = ITEMS_A_TURN;
    const before = Math.floor((this.#store.now - DELAY) / 1000) + 1;
    for (const table of this.#tables()) {
      const places: string[] = [];
      for (const place of table.live.expired(this.#oldest(), before)) {
        if (left === 0) break;
        left -= 1;
        places.push(place);
      }
      for (const place of places) {
        const item = table.live.places.get(place);
        if (item !== undefined) this.#store.write(table, keyOf(table.row, item), undefined, true);
      }
    }
    this.reschedule();
  }

  #oldest(): number {
    return Math.floor(this.#store.now / 1000) - TOO_OLD;
  }

  /** Every table whose items expire. */
  *#tables(): Generator<OpenTable> {
    for (const scope of [...this.#store.expiryScopes()])
      for (const [name] of [...this.#store.expiries(scope).entries()]) {
        const row = this.#store.row(scope, name);
        if (row !== undefined && row.goneFrom === undefined)
          yield { scope, row, live: this.#store.live(scope, row) };
      }
  }
}
