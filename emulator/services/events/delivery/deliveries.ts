import type { Clock } from '../../../clock/clock.ts';
import { DueWork } from '../../../due-work/due-work.ts';
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
  readonly #work: DueWork;

  constructor(clock: Clock, rows: Table<Row>, carrier: Carrier<Row>) {
    this.#clock = clock;
    this.#rows = rows;
    this.#carrier = carrier;
    this.#work = new DueWork(clock, MOST_AT_WORK, (scope, id) => this.#attempt(scope, id));
  }

  /** Keeps a delivery; it is tried when it is due. */
  add(scope: Scope, row: Row): void {
    const place = { account: scope.account, region: scope.region };
    this.#rows.in(place).set(row.id, row);
    this.#work.schedule(place, row.id, row.dueAt);
  }

  /** Takes up what was on its way when the cloud ended. */
  resume(): void {
    for (const scope of this.#rows.scopes())
      for (const row of this.#rows.in(scope).values()) this.#work.schedule(scope, row.id, row.dueAt);
  }

  /** Starts nothing more and waits for what is at work. */
  async stop(): Promise<void> {
    await this.#work.stop();
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
      if (this.#work.stopped) return;
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
