import { randomUUID } from 'node:crypto';
import type { ClockTimer } from '../../../clock/clock.ts';
import type { Scope } from '../../../service/call.ts';
import type { Rows, Table } from '../../../state/state.ts';
import { eventId } from '../event-id.ts';
import { parseFilterPattern } from '../filter-pattern/pattern.ts';
import { groupArn } from '../arns.ts';
import { sizeOf, type StoredEvent } from '../rows.ts';
import type { LogStore } from '../store.ts';
import type { LogStream } from '../stream.ts';
import { mayInvoke, readDestination } from './destination.ts';
import { lambdaEvent, subscriptionData } from './payload.ts';
import type { DeliveryRow, SubscriptionRow } from './rows.ts';

/** Bytes of messages of one delivery, so that it fits into an event of Lambda even where gzip makes it no smaller. */
const MOST_BYTES = 512 * 1024;
/** "CloudWatch Logs retries for up to 24 hours"; here a delivery is retried with a growing delay. In ms. */
const RETRIED_FOR = 24 * 3_600_000;
const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 300_000;
/** Deliveries that wait at most, of an account and region: beyond it new ones are dropped, and the trail says so. */
const MOST_WAITING = 10_000;
/** Deliveries at work at once. */
const MOST_AT_WORK = 20;

/** Sends events to the destinations of their groups' subscription filters. What waits outlives a restart. */
export class Subscriptions {
  readonly #store: LogStore;
  readonly #table: Table<SubscriptionRow>;
  readonly #deliveries: Table<DeliveryRow>;
  readonly #timers = new Map<string, ClockTimer>();
  readonly #due: { readonly scope: Scope; readonly id: string }[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #unlisten: () => void;
  #stopped = false;

  constructor(store: LogStore) {
    this.#store = store;
    this.#table = store.cloud.state.table<SubscriptionRow>('logs.subscriptions');
    this.#deliveries = store.cloud.state.table<DeliveryRow>('logs.deliveries');
    this.#unlisten = store.listen((scope, stream, events) => this.#arrived(scope, stream, events));
    for (const scope of this.#deliveries.scopes())
      for (const [id, row] of this.#deliveries.in(scope).entries()) this.#schedule(scope, id, row.dueAt);
  }

  in(scope: Scope): Rows<SubscriptionRow> {
    return this.#table.in(scope);
  }

  /** The filters of a group. */
  of(scope: Scope, group: string): SubscriptionRow[] {
    return [...this.in(scope).values()].filter((row) => row.group === group);
  }

  /** A group takes its filters with it. */
  forget(scope: Scope, group: string): void {
    for (const { name } of this.of(scope, group)) this.in(scope).delete(`${group}:${name}`);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unlisten();
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    await Promise.all(this.#running);
  }

  #arrived({ account, region }: Scope, stream: LogStream, events: readonly StoredEvent[]): void {
    const scope = { account, region };
    if (this.in(scope).size === 0) return;
    const first = stream.nextPosition - events.length;
    for (const { group, name, pattern } of this.of(scope, stream.row.group)) {
      const parsed = parseFilterPattern(pattern);
      let batch: DeliveryRow['events'][number][] = [];
      let bytes = 0;
      const flush = (): void => {
        if (batch.length > 0)
          this.#keep(scope, { group, filter: name, stream: stream.row.name, events: batch });
        batch = [];
        bytes = 0;
      };
      events.forEach((event, index) => {
        if (parsed.match(event.m) === undefined) return;
        const size = sizeOf(event.m);
        if (bytes + size > MOST_BYTES) flush();
        bytes += size;
        const id = eventId(stream, { event, position: first + index });
        batch.push({ id, timestamp: event.t, message: event.m });
      });
      flush();
    }
  }

  /* In the same piece of code as the events themselves, so that both are kept or lost. */
  #keep(scope: Scope, delivery: Pick<DeliveryRow, 'group' | 'filter' | 'stream' | 'events'>): void {
    const rows = this.#deliveries.in(scope);
    if (rows.size >= MOST_WAITING) {
      this.#dropped(scope, delivery, `${MOST_WAITING} deliveries wait already`);
      return;
    }
    const now = this.#store.cloud.clock.now();
    const id = randomUUID();
    rows.set(id, { ...delivery, dueAt: now, since: now, tries: 0 });
    this.#schedule(scope, id, now);
  }

  #schedule(scope: Scope, id: string, dueAt: number): void {
    if (this.#stopped) return;
    const timer = this.#store.cloud.clock.at(dueAt, () => {
      this.#timers.delete(id);
      this.#due.push({ scope, id });
      this.#work();
    });
    this.#timers.set(id, timer);
  }

  #work(): void {
    while (!this.#stopped && this.#running.size < MOST_AT_WORK) {
      const next = this.#due.shift();
      if (next === undefined) return;
      const work = this.#attempt(next.scope, next.id).finally(() => {
        this.#running.delete(work);
        this.#work();
      });
      this.#running.add(work);
    }
  }

  async #attempt(scope: Scope, id: string): Promise<void> {
    const rows = this.#deliveries.in(scope);
    const row = rows.get(id);
    if (row === undefined) return;
    const filter = this.in(scope).get(`${row.group}:${row.filter}`);
    if (filter === undefined) {
      rows.delete(id);
      return;
    }
    try {
      await this.#deliver(scope, row, filter);
      rows.delete(id);
    } catch (error) {
      if (this.#hasStopped()) return;
      const now = this.#store.cloud.clock.now();
      const dueAt = now + Math.min(FIRST_DELAY * 2 ** row.tries, LONGEST_DELAY);
      if (dueAt - row.since > RETRIED_FOR) {
        rows.delete(id);
        this.#dropped(scope, row, String(error));
        return;
      }
      rows.set(id, { ...row, dueAt, tries: row.tries + 1 });
      this.#schedule(scope, id, dueAt);
    }
  }

  #hasStopped(): boolean {
    return this.#stopped;
  }

  async #deliver(scope: Scope, row: DeliveryRow, filter: SubscriptionRow): Promise<void> {
    const { cloud } = this.#store;
    const destination = readDestination(scope, filter.destination);
    if (destination.kind === 'kinesis') {
      const kinesis = await cloud.port('kinesis');
      const partitionKey = filter.distribution === 'Random' ? randomUUID() : row.stream;
      kinesis.put(scope, destination.streamArn, { data: subscriptionData(scope.account, row), partitionKey });
      return;
    }
    if (!(await mayInvoke(cloud, scope, row.group, destination)))
      throw new Error('The function lets CloudWatch Logs no longer invoke it.');
    const lambda = await cloud.port('lambda');
    await lambda.enqueue(scope, {
      functionName: filter.destination,
      payload: lambdaEvent(scope.account, row),
    });
  }

  #dropped(
    scope: Scope,
    { group, filter, events }: Pick<DeliveryRow, 'group' | 'filter' | 'events'>,
    why: string,
  ): void {
    this.#store.cloud.trail.record(scope, 'decision', {
      by: groupArn(scope, group),
      outcome: `subscription filter ${filter} dropped ${events.length} events`,
      why,
    });
  }
}
