import { createHash, randomUUID } from 'node:crypto';
import type { Scope } from '../../../service/call.ts';
import { Deliveries } from '../../events/delivery/deliveries.ts';
import { InvocationCarrier } from '../delivery/carrier.ts';
import { nextTick, readScheduleExpression } from '../expression/expression.ts';
import { zoneNamed } from '../expression/zone.ts';
import { keyOf, scheduleArn, type InvocationRow, type ScheduleRow } from '../rows.ts';
import type { ScheduleStore } from '../store.ts';
import { Ticks, type TickRow } from '../ticking/ticks.ts';

const MINUTE = 60_000;

/** Makes schedules happen: their ticks become invocations, which are kept until they arrive. */
export class Clockwork {
  readonly #store: ScheduleStore;
  readonly #ticks: Ticks;
  readonly #deliveries: Deliveries<InvocationRow>;

  constructor(store: ScheduleStore) {
    this.#store = store;
    const { clock, state } = store.cloud;
    this.#ticks = new Ticks(clock, state.table<TickRow>('scheduler.ticks'), (scope, key, at, after) =>
      this.#tick(scope, key, at, after),
    );
    this.#deliveries = new Deliveries(
      clock,
      state.table<InvocationRow>('scheduler.invocations'),
      new InvocationCarrier(store.cloud),
    );
  }

  /** Sees to the ticks of a schedule that is new or has changed. */
  follow(scope: Scope, row: ScheduleRow): void {
    // A rate begins with the moment that it is set, which is over by now.
    const at = next(row, row.modified - 1);
    if (at === undefined) this.#ticks.forget(scope, keyOf(row.group, row.name));
    else this.#ticks.set(scope, keyOf(row.group, row.name), at);
  }

  delete(scope: Scope, row: ScheduleRow): void {
    this.#ticks.forget(scope, keyOf(row.group, row.name));
    this.#store.deleteSchedule(scope, row);
  }

  /** Takes up what an earlier run left. */
  resume(): void {
    this.#deliveries.resume();
    this.#ticks.resume();
  }

  async stop(): Promise<void> {
    this.#ticks.stop();
    await this.#deliveries.stop();
  }

  #tick(scope: Scope, key: string, at: number, after: number): void {
    const [group = '', name = ''] = key.split('/');
    const row = this.#store.schedule(scope, group, name);
    if (row === undefined || !row.enabled) {
      this.#ticks.forget(scope, key);
      return;
    }
    this.#invoke(scope, row, at);
    const following = next(row, after);
    if (following !== undefined) this.#ticks.set(scope, key, following);
    else if (row.deleteAfterwards) this.delete(scope, row);
    else this.#ticks.forget(scope, key);
  }

  #invoke(scope: Scope, row: ScheduleRow, at: number): void {
    const arn = scheduleArn(scope, row);
    const cause = this.#store.cloud.trail.record(scope, 'decision', {
      by: arn,
      outcome: 'ticked',
      why: `${row.expression} was due at ${new Date(at).toISOString()}`,
    });
    const { target } = row;
    this.#deliveries.add(scope, {
      id: randomUUID(),
      scheduleArn: arn,
      group: row.group,
      scheduledAt: at,
      target,
      mostRetries: target.mostRetries,
      mostAgeMs: target.mostAgeSeconds * 1_000,
      acceptedAt: at,
      dueAt: at + windowDelay(row, arn, at),
      failures: 0,
      cause,
    });
  }
}

/** The next tick of a schedule that is on, within its start and end. */
function next(row: ScheduleRow, after: number): number | undefined {
  const expression = row.enabled ? readScheduleExpression(row.expression) : undefined;
  const zone = zoneNamed(row.zone);
  if (expression === undefined || zone === undefined) return undefined;
  if (expression.kind === 'at') return nextTick(expression, after, row.anchor, zone);
  const start = row.start ?? row.anchor;
  const at = nextTick(expression, Math.max(after, (row.start ?? 0) - 1), start, zone);
  return at !== undefined && row.end !== undefined && at > row.end ? undefined : at;
}

/** When in its window an invocation happens: always the same for the same one, as if it were drawn. */
function windowDelay({ windowMinutes }: ScheduleRow, arn: string, at: number): number {
  if (windowMinutes === undefined) return 0;
  const draw = createHash('sha256').update(`${arn} ${at}`).digest().readUInt32BE() / 2 ** 32;
  return Math.floor(draw * windowMinutes * MINUTE);
}
