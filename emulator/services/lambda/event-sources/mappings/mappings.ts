import type { ClockTimer } from '../../../../clock/clock.ts';
import type { Cloud } from '../../../../cloud.ts';
import type { Scope } from '../../../../service/call.ts';
import type { Rows } from '../../../../state/state.ts';
import { scopeOf } from '../../names/name.ts';
import type { MappingRecord, Transition } from './record.ts';

/* AWS takes up to a minute; this is short, and long enough that code which does not wait is found out. */
const transitionMs = 400;

/** Told of every mapping whose transition has come to its end; `undefined` where it is gone. */
export type Settled = (scope: Scope, uuid: string, record: MappingRecord | undefined) => void;

/** The event source mappings of every account and region, and how their states go on with the clock. */
export class Mappings {
  readonly #cloud: Cloud;
  readonly #table;
  readonly #timers = new Set<ClockTimer>();
  #settled: Settled = () => undefined;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    this.#table = cloud.state.table<MappingRecord>('lambda.event-source-mappings');
  }

  /** Follows transitions from now on, and takes up those that were under way when the cloud ended. */
  resume(settled: Settled): void {
    this.#settled = settled;
    for (const scope of this.#table.scopes()) {
      for (const record of this.#rows(scope).values()) {
        if (record.transition === undefined) settled(scope, record.uuid, record);
        else this.#settleLater(scope, record.uuid, record.transition.until);
      }
    }
  }

  /** Follows transitions no more: they go on after the next start. */
  stop(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  find(scope: Scope, uuid: string): MappingRecord | undefined {
    return this.#settle(scope, this.#rows(scope).get(uuid));
  }

  /** All of an account and region, oldest first. */
  list(scope: Scope): MappingRecord[] {
    return [...this.#rows(scope).values()].flatMap((row) => this.#settle(scope, row) ?? []);
  }

  /** Keeps a mapping, on its way to the state that it wants; without a transition it is there at once. */
  set(
    scope: Scope,
    record: Omit<MappingRecord, 'transition' | 'lastModified'>,
    transition?: Transition,
  ): MappingRecord {
    const now = this.#cloud.clock.now();
    const until = now + transitionMs;
    const row: MappingRecord = {
      ...record,
      lastModified: now,
      ...(transition === undefined ? {} : { transition: { is: transition, until } }),
    };
    this.#rows(scope).set(row.uuid, row);
    if (transition !== undefined) this.#settleLater(scopeOf(scope), row.uuid, until);
    return row;
  }

  /** Changes what no transition is needed for, where the mapping is still there. */
  amend(
    scope: Scope,
    uuid: string,
    change: Partial<Pick<MappingRecord, 'tags' | 'lastResult' | 'begun'>>,
  ): void {
    const record = this.#rows(scope).get(uuid);
    if (record !== undefined) this.#rows(scope).set(uuid, { ...record, ...change });
  }

  /** Remembers how the last batch of a stream ended. */
  result(scope: Scope, uuid: string, lastResult: string): void {
    const record = this.#rows(scope).get(uuid);
    if (record !== undefined && record.lastResult !== lastResult) this.amend(scope, uuid, { lastResult });
  }

  #rows(scope: Scope): Rows<MappingRecord> {
    return this.#table.in(scope);
  }

  #settleLater(scope: Scope, uuid: string, time: number): void {
    const timer = this.#cloud.clock.at(time, () => {
      this.#timers.delete(timer);
      this.find(scope, uuid);
    });
    this.#timers.add(timer);
  }

  /* States go on when their time has come, whether the timer or a reader is first to see it. */
  #settle(scope: Scope, record: MappingRecord | undefined): MappingRecord | undefined {
    if (record?.transition === undefined || this.#cloud.clock.now() < record.transition.until) return record;
    const { transition, ...rest } = record;
    const plain = scopeOf(scope);
    if (transition.is === 'Deleting') {
      this.#rows(scope).delete(record.uuid);
      this.#settled(plain, record.uuid, undefined);
      return undefined;
    }
    const settled: MappingRecord = { ...rest, lastModified: transition.until };
    this.#rows(scope).set(record.uuid, settled);
    this.#settled(plain, record.uuid, settled);
    return settled;
  }
}
