import type { ClockTimer } from '../../../clock/clock.ts';
import type { Clock } from '../../../clock/clock.ts';
import type { Scope } from '../../../service/call.ts';
import type { Table } from '../../../state/state.ts';
import { attemptFailed, type AttemptFailed } from './attempt.ts';
import { afterFailure, type Tried } from './retry.ts';

/** Something on its way, whatever it is. Times are ms since 1970. */
export interface Underway extends Tried {
  readonly id: string;
  readonly dueAt: number;
}

/** Why a delivery was given up: undefined where trying again would not have helped. */
export type Exhausted = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | undefined;

/** What is delivered, and how. */
export interface Carrier<Row extends Underway> {
  /**
   * Delivers. `done` forgets the delivery: called in the same piece of code as the change that it makes elsewhere,
   * both are kept or lost together.
   * @throws what {@link attemptFailed} understands
   */
  deliver(scope: Scope, row: Row, done: () => void): Promise<void>;
  /** Takes what is given up. `done` as for {@link deliver}. */
  giveUp(
    scope: Scope,
    row: Row,
    failed: AttemptFailed,
    exhausted: Exhausted,
    done: () => void,
  ): Promise<void>;
  /** Told of every attempt that failed and will be made again. */
  retried(scope: Scope, row: Row, failed: AttemptFailed): void;
}

/** Deliveries that are at work at the same time. */
const MOST_AT_WORK = 32;

/** What was accepted and has not arrived yet: in the state until it is delivered or given up. */
export class Deliveries<Row extends Underway> {
  readonly #clock: Clock;
  readonly #rows: Table<Row>;
  readonly #carrier: Carrier<Row>;
  #due: { readonly scope: Scope; readonly id: string }[] = [];
  readonly #timers = new Map<string, ClockTimer>();
  readonly #working = new Set<Promise<void>>();
  #turn: NodeJS.Immediate | undefined;
  #stopped = false;

  constructor(clock: Clock, rows: Table<Row>, carrier: Carrier<Row>) {
    this.#clock = clock;
    this.#rows = rows;
    this.#carrier = carrier;
  }

  /** Keeps a delivery; it is tried when it is due. */
  add(scope: Scope, row: Row): void {
    const place = { account: scope.account, region: scope.region };
    this.#rows.in(place).set(row.id, row);
    this.#schedule(place, row);
  }

  /** Takes up what was on its way when the cloud ended. */
  resume(): void {
    for (const scope of this.#rows.scopes())
      for (const row of this.#rows.in(scope).values()) this.#schedule(scope, row);
  }

  /** Starts nothing more and waits for what is at work. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearImmediate(this.#turn);
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    this.#due = [];
    await Promise.all(this.#working);
  }

  #schedule(scope: Scope, { id, dueAt }: Row): void {
    if (this.#stopped) return;
    if (dueAt <= this.#clock.now()) {
      this.#ready(scope, id);
      return;
    }
    const key = `${scope.account}/${scope.region}/${id}`;
    const timer = this.#clock.at(dueAt, () => {
      this.#timers.delete(key);
      this.#ready(scope, id);
    });
    this.#timers.set(key, timer);
  }

  #ready(scope: Scope, id: string): void {
    if (this.#stopped) return;
    this.#due.push({ scope, id });
    this.#turn ??= setImmediate(() => this.#start());
  }

  #start(): void {
    this.#turn = undefined;
    const started = this.#due.splice(0, MOST_AT_WORK - this.#working.size);
    for (const { scope, id } of started) {
      const work = this.#attempt(scope, id).finally(() => {
        this.#working.delete(work);
        if (this.#due.length > 0 && !this.#stopped) this.#turn ??= setImmediate(() => this.#start());
      });
      this.#working.add(work);
    }
  }

  async #attempt(scope: Scope, id: string): Promise<void> {
    const row = this.#rows.in(scope).get(id);
    if (row === undefined) return;
    const done = (): void => {
      this.#rows.in(scope).delete(id);
    };
    try {
      await this.#carrier.deliver(scope, row, done);
      done();
    } catch (error) {
      // Cut off by the end of the cloud, not by the target: made again after the next start.
      if (this.#stopped) return;
      await this.#failed(scope, row, attemptFailed(error), done);
    }
  }

  async #failed(scope: Scope, before: Row, failed: AttemptFailed, done: () => void): Promise<void> {
    const row = { ...before, failures: before.failures + 1 };
    const next = failed.retry ? afterFailure(row, this.#clock.now()) : { givenUp: undefined };
    if ('dueAt' in next) {
      this.#carrier.retried(scope, row, failed);
      this.add(scope, { ...row, dueAt: next.dueAt });
      return;
    }
    try {
      await this.#carrier.giveUp(scope, row, failed, next.givenUp, done);
      done();
    } catch {
      // Only the end of the cloud keeps a dead letter from being dealt with: it is tried again after the next start.
    }
  }
}
