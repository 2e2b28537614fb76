import { randomBytes } from 'node:crypto';
import type { Cloud } from '../../cloud.ts';
import type { Scope } from '../../service/call.ts';
import type { Rows, SequenceTable, Table } from '../../state/state.ts';
import { noSuchGroup, noSuchStream } from './failures.ts';
import { checkNames } from './names.ts';
import type { GroupRow, StoredEvent, StreamRow } from './rows.ts';
import { LogStream } from './stream.ts';

/** Told of every batch that was stored. */
export type AppendListener = (scope: Scope, stream: LogStream, events: readonly StoredEvent[]) => void;

/** How much is kept before the oldest events are dropped. */
export interface StoreBounds {
  readonly events: number;
  readonly bytes: number;
}
/** Of all accounts together: an embedded cloud must not grow with what is logged into it. */
const BOUNDS: StoreBounds = { events: 500_000, bytes: 192 * 2 ** 20 };
/** What is dropped at once, so that not every further event drops one. */
const SLACK = 0.9;

/** Groups, streams and events of every account and region. */
export class LogStore {
  readonly cloud: Cloud;
  readonly #bounds: StoreBounds;
  readonly #groups: Table<GroupRow>;
  readonly #rows: Table<StreamRow>;
  readonly #events: SequenceTable<StoredEvent>;
  /** By account and region, then group, then name. */
  readonly #streams = new Map<string, Map<string, Map<string, LogStream>>>();
  readonly #listeners = new Set<AppendListener>();
  #groupDeleted: (scope: Scope, group: string) => void = () => undefined;
  #kept = { events: 0, bytes: 0 };

  constructor(cloud: Cloud, bounds: StoreBounds = BOUNDS) {
    this.cloud = cloud;
    this.#bounds = bounds;
    this.#groups = cloud.state.table<GroupRow>('logs.groups');
    this.#rows = cloud.state.table<StreamRow>('logs.streams');
    this.#events = cloud.state.sequences<StoredEvent>('logs.events');
    for (const scope of this.#rows.scopes())
      for (const row of this.#rows.in(scope).values()) this.#open(scope, row);
  }

  scopes(): IterableIterator<Scope> {
    return this.#groups.scopes();
  }

  groups(scope: Scope): Rows<GroupRow> {
    return this.#groups.in(scope);
  }

  /** @throws ResourceNotFoundException */
  group(scope: Scope, name: string): GroupRow {
    checkNames(name);
    const row = this.#groups.in(scope).get(name);
    if (row === undefined) throw noSuchGroup();
    return row;
  }

  /** A new group with nothing set, as `write` and CreateLogGroup begin it. */
  addGroup(scope: Scope, name: string, settings: Partial<GroupRow> = {}): void {
    this.#groups.in(scope).set(name, {
      name,
      created: this.cloud.clock.now(),
      retentionInDays: null,
      kmsKeyId: null,
      logGroupClass: 'STANDARD',
      deletionProtection: false,
      tags: {},
      ...settings,
    });
  }

  changeGroup(scope: Scope, row: GroupRow, change: Partial<GroupRow>): void {
    this.#groups.in(scope).set(row.name, { ...row, ...change });
  }

  deleteGroup(scope: Scope, name: string): void {
    for (const stream of [...this.streams(scope, name).values()]) this.deleteStream(scope, stream);
    this.#streams.get(scopeText(scope))?.delete(name);
    this.#groups.in(scope).delete(name);
    this.#groupDeleted(scope, name);
  }

  /** Sets who is told of groups that were deleted, in the same piece of code. */
  onGroupDeleted(listener: (scope: Scope, group: string) => void): void {
    this.#groupDeleted = listener;
  }

  /** The streams of a group by name, in order of creation. */
  streams(scope: Scope, group: string): ReadonlyMap<string, LogStream> {
    return this.#streams.get(scopeText(scope))?.get(group) ?? new Map<string, LogStream>();
  }

  /** @throws ResourceNotFoundException for the group or the stream */
  stream(scope: Scope, group: string, name: string): LogStream {
    this.group(scope, group);
    checkNames(name);
    const stream = this.streams(scope, group).get(name);
    if (stream === undefined) throw noSuchStream();
    return stream;
  }

  addStream(scope: Scope, group: string, name: string): LogStream {
    const created = this.cloud.clock.now();
    const row: StreamRow = { group, name, created, id: randomBytes(8).toString('hex') };
    this.#rows.in(scope).set(keyOf(row), row);
    return this.#open(scope, row);
  }

  deleteStream(scope: Scope, stream: LogStream): void {
    const { group, name } = stream.row;
    this.#kept.events -= stream.length;
    this.#kept.bytes -= stream.bytes;
    stream.delete();
    this.#rows.in(scope).delete(keyOf(stream.row));
    this.#streams.get(scopeText(scope))?.get(group)?.delete(name);
  }

  /** Stores events, and drops the oldest of all where more than the bounds is kept. */
  append(scope: Scope, stream: LogStream, events: readonly StoredEvent[]): void {
    if (events.length === 0) return;
    const before = stream.bytes;
    stream.append(events);
    this.#kept.events += events.length;
    this.#kept.bytes += stream.bytes - before;
    for (const listener of this.#listeners) listener(scope, stream, events);
    if (this.#kept.events > this.#bounds.events || this.#kept.bytes > this.#bounds.bytes)
      this.#makeRoom(scope);
  }

  dropFirst(stream: LogStream, count: number): void {
    const before = { events: stream.length, bytes: stream.bytes };
    stream.dropFirst(count);
    this.#kept.events -= before.events - stream.length;
    this.#kept.bytes -= before.bytes - stream.bytes;
  }

  /** Calls `listener` for everything that is stored from now on; returns the way to stop. */
  listen(listener: AppendListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #open(scope: Scope, row: StreamRow): LogStream {
    const where = scopeText(scope);
    const groups = this.#streams.get(where) ?? new Map<string, Map<string, LogStream>>();
    this.#streams.set(where, groups);
    const streams = groups.get(row.group) ?? new Map<string, LogStream>();
    groups.set(row.group, streams);
    const stream = new LogStream(row, this.#events.in(scope, keyOf(row)));
    streams.set(row.name, stream);
    this.#kept.events += stream.length;
    this.#kept.bytes += stream.bytes;
    return stream;
  }

  /** Drops from the stream that was quiet longest, until there is some room again. */
  #makeRoom(scope: Scope): void {
    const events = this.#bounds.events * SLACK;
    const bytes = this.#bounds.bytes * SLACK;
    const dropped = { ...this.#kept };
    const quietFirst = [...this.#streams.values()]
      .flatMap((groups) => [...groups.values()].flatMap((streams) => [...streams.values()]))
      .filter((stream) => stream.length > 0)
      .sort((a, b) => (a.lastIngested?.i ?? 0) - (b.lastIngested?.i ?? 0));
    for (const stream of quietFirst) {
      while (stream.length > 0 && (this.#kept.events > events || this.#kept.bytes > bytes))
        this.dropFirst(stream, Math.ceil(stream.length / 4));
    }
    this.cloud.trail.record(scope, 'decision', {
      by: 'logs',
      outcome: `dropped the ${dropped.events - this.#kept.events} oldest log events`,
      why: `the embedded cloud keeps at most ${this.#bounds.events} events and ${this.#bounds.bytes} bytes of logs`,
    });
  }
}

/** Neither name may hold a colon. */
function keyOf({ group, name }: StreamRow): string {
  return `${group}:${name}`;
}
function scopeText({ account, region }: Scope): string {
  return `${account}/${region}`;
}
