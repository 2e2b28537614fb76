import type { Scope } from '../../../service/call.ts';
import type { Rows, Table } from '../../../state/state.ts';
import type { CloudWatchPort } from '../../cloudwatch/port.ts';
import { parseFilterPattern, type FilterMatch, type FilterPattern } from '../filter-pattern/pattern.ts';
import type { StoredEvent } from '../rows.ts';
import type { LogStore } from '../store.ts';
import { filtersOf } from './operations.ts';
import type { MetricFilterRow } from './rows.ts';

type Count = Parameters<CloudWatchPort['record']>;

/** What may wait until CloudWatch is loaded. */
const MOST_WAITING = 50_000;
const MINUTE = 60_000;

/** Counts events as they are written, by the metric filters of their groups. */
export class MetricFilters {
  readonly #store: LogStore;
  readonly #table: Table<MetricFilterRow>;
  readonly #patterns = new Map<string, FilterPattern>();
  readonly #unlisten: () => void;
  #port: CloudWatchPort | undefined;
  #opening: Promise<void> | undefined;
  #waiting: Count[] = [];

  constructor(store: LogStore) {
    this.#store = store;
    this.#table = store.cloud.state.table<MetricFilterRow>('logs.metric-filters');
    this.#unlisten = store.listen((scope, stream, events) => this.#count(scope, stream.row.group, events));
  }

  in(scope: Scope): Rows<MetricFilterRow> {
    return this.#table.in(scope);
  }

  /** How many filters a group has. */
  countOf(scope: Scope, group: string): number {
    return this.in(scope).size === 0 ? 0 : filtersOf(this.in(scope), group).length;
  }

  /** A group takes its filters with it. */
  forget(scope: Scope, group: string): void {
    for (const { name } of filtersOf(this.in(scope), group)) this.in(scope).delete(`${group}:${name}`);
  }

  async stop(): Promise<void> {
    this.#unlisten();
    await this.#opening;
  }

  #count(scope: Scope, group: string, events: readonly StoredEvent[]): void {
    const rows = this.in(scope);
    if (rows.size === 0) return;
    for (const row of filtersOf(rows, group)) {
      const pattern = this.#pattern(row.pattern);
      const emptyMinutes = new Set<number>();
      for (const event of events) {
        const match = pattern.match(event.m);
        if (match !== undefined) this.#matched(scope, row, event, match);
        // "The value reported during a period when logs are ingested but no matching logs are found."
        else if (row.metric.defaultValue !== null) emptyMinutes.add(Math.floor(event.t / MINUTE) * MINUTE);
      }
      for (const time of emptyMinutes) this.#record(scope, row, {}, row.metric.defaultValue ?? 0, time);
    }
  }

  #matched(scope: Scope, row: MetricFilterRow, event: StoredEvent, match: FilterMatch): void {
    const { metric } = row;
    const text = metric.value.startsWith('$') ? match.value(metric.value) : metric.value;
    const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
    const dimensions: Record<string, string> = {};
    for (const [name, reference] of Object.entries(metric.dimensions)) {
      const found = match.value(reference);
      // "If the field does not exist in a log event, no metric is emitted for it."
      if (found === undefined || found === '') return;
      dimensions[name] = found.slice(0, 255);
    }
    if (Number.isFinite(value)) this.#record(scope, row, dimensions, value, event.t);
  }

  #record(
    scope: Scope,
    { metric }: MetricFilterRow,
    dimensions: Record<string, string>,
    value: number,
    time: number,
  ): void {
    const { account, region } = scope;
    const count: Count = [
      { account, region },
      metric.namespace,
      metric.name,
      dimensions,
      value,
      metric.unit ?? 'None',
      time,
    ];
    if (this.#port !== undefined) {
      this.#port.record(...count);
      return;
    }
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push(count);
    this.#opening ??= this.#open();
  }

  async #open(): Promise<void> {
    try {
      const port = await this.#store.cloud.port('cloudwatch');
      this.#port = port;
      for (const count of this.#waiting.splice(0)) port.record(...count);
    } catch {
      // A cloud that is ending counts nothing more.
      this.#waiting = [];
    }
  }

  #pattern(text: string): FilterPattern {
    let pattern = this.#patterns.get(text);
    if (pattern === undefined) {
      pattern = parseFilterPattern(text);
      if (this.#patterns.size > 1_000) this.#patterns.clear();
      this.#patterns.set(text, pattern);
    }
    return pattern;
  }
}
