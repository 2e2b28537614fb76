import type { Clock, ClockTimer } from '../../../clock/clock.ts';
import type { Scope } from '../../../service/call.ts';
import type { Table } from '../../../state/state.ts';

/** When something ticks next. */
export interface TickRow {
  /** ms since 1970 */
  readonly at: number;
}

/** How late a tick may be before those that came meanwhile count as missed: a host that slept. In ms. */
const LATE = 90_000;

/**
 * Ticks that wait, on the cloud's clock and in its state: each is fired once, also over a restart. Of the ticks
 * that are missed while the cloud is off or its host sleeps, one is made up.
 */
export class Ticks {
  readonly #clock: Clock;
  readonly #rows: Table<TickRow>;
  readonly #fire: (scope: Scope, key: string, at: number, after: number) => void;
  readonly #timers = new Map<string, ClockTimer>();
  #stopped = false;

  /**
   * @param fire told of a tick and of the time behind which the next one is to be looked for; sets the next one or
   *   forgets the key, and all that it changes is kept together with that
   */
  constructor(
    clock: Clock,
    rows: Table<TickRow>,
    fire: (scope: Scope, key: string, at: number, after: number) => void,
  ) {
    this.#clock = clock;
    this.#rows = rows;
    this.#fire = fire;
  }

  /** The next tick of a key, in place of an earlier one. @param at ms since 1970 */
  set({ account, region }: Scope, key: string, at: number): void {
    const scope = { account, region };
    this.#rows.in(scope).set(key, { at });
    this.#wait(scope, key, at);
  }

  forget(scope: Scope, key: string): void {
    const name = nameOf(scope, key);
    this.#timers.get(name)?.cancel();
    this.#timers.delete(name);
    this.#rows.in(scope).delete(key);
  }

  /** Takes up what waited when the cloud ended. */
  resume(): void {
    for (const scope of [...this.#rows.scopes()])
      for (const [key, { at }] of [...this.#rows.in(scope).entries()]) this.#wait(scope, key, at);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #wait(scope: Scope, key: string, at: number): void {
    if (this.#stopped) return;
    const name = nameOf(scope, key);
    this.#timers.get(name)?.cancel();
    const timer = this.#clock.at(at, () => {
      this.#timers.delete(name);
      const now = this.#clock.now();
      this.#fire(scope, key, at, now - at > LATE ? now : at);
    });
    this.#timers.set(name, timer);
  }
}

function nameOf({ account, region }: Scope, key: string): string {
  return `${account}/${region}/${key}`;
}
