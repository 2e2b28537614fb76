import { randomBytes } from 'node:crypto';
import type { Cloud } from '../../cloud.ts';
import type { Scope } from '../../service/call.ts';
import type { Rows, Sequence, SequenceTable, Table } from '../../state/state.ts';
import { invalidArgument, notActive, streamExists, streamNotFound } from './failures.ts';
import { HOUR, SETTLING, type StoredRecord, type StreamRow } from './rows.ts';
import { openShards } from './shards/shard.ts';

/** How requests name a stream. */
export interface Named {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
  readonly StreamId?: string | undefined;
}

/** A stream with where it is. */
export interface Found {
  readonly scope: Scope;
  readonly row: StreamRow;
}

/**
 * What all streams together may keep, in characters of base64: an embedded cloud must not grow with what is
 * written into it. Beyond it records are refused, never lost.
 */
export const MOST_KEPT = 256 * 2 ** 20;

/** Streams, shards and records of every account and region. */
export class KinesisStore {
  readonly cloud: Cloud;
  readonly #streams: Table<StreamRow>;
  readonly #records: SequenceTable<StoredRecord>;
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #woken = new Set<string>();
  #kept = 0;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.#streams = cloud.state.table<StreamRow>('kinesis.streams');
    this.#records = cloud.state.sequences<StoredRecord>('kinesis.records');
    for (const scope of this.#streams.scopes())
      for (const row of this.#streams.in(scope).values())
        for (const index of row.shards.keys()) this.#kept += sizeOf(this.records(scope, row, index).items());
  }

  /** Characters that are kept of all streams. */
  get kept(): number {
    return this.#kept;
  }

  /** The streams of an account and region by name. */
  all(scope: Scope): StreamRow[] {
    const rows = this.#streams.in(scope);
    return [...rows.values()]
      .map((row) => this.#settled(rows, row))
      .filter((row) => row !== undefined)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(scope: Scope, name: string): StreamRow | undefined {
    const rows = this.#streams.in(scope);
    const row = rows.get(name);
    return row === undefined ? undefined : this.#settled(rows, row);
  }

  /** The stream that a request names. @throws ResourceNotFoundException, InvalidArgumentException */
  named(scope: Scope, { StreamName, StreamARN, StreamId }: Named): Found {
    const place = StreamARN === undefined ? undefined : placeOfArn(StreamARN);
    if (StreamARN !== undefined && place === undefined)
      throw invalidArgument(`${StreamARN} is not a valid stream ARN.`);
    const name = StreamName ?? place?.name ?? this.all(scope).find(({ id }) => id === StreamId)?.name;
    if (name === undefined) {
      if (StreamId !== undefined) throw streamNotFound(StreamId, scope.account);
      throw invalidArgument('Either StreamName or StreamARN must be specified.');
    }
    if (place !== undefined && place.name !== name)
      throw invalidArgument(`StreamName ${name} and StreamARN ${StreamARN ?? ''} name different streams.`);
    const where = place ?? scope;
    const row = this.find(where, name);
    if (row === undefined) throw streamNotFound(name, where.account);
    return { scope: { account: where.account, region: where.region }, row };
  }

  /** As {@link named}, for a change that only an active stream takes. @throws ResourceInUseException */
  active(scope: Scope, input: Named): Found {
    const found = this.named(scope, input);
    if (found.row.change !== undefined)
      throw notActive(found.row.name, found.scope.account, found.row.change.status);
    return found;
  }

  /** @throws ResourceInUseException where there is a stream of that name */
  add(scope: Scope, stream: Omit<StreamRow, 'id' | 'created' | 'change'>): StreamRow {
    if (this.find(scope, stream.name) !== undefined) throw streamExists(stream.name, scope.account);
    const created = this.cloud.clock.now();
    const change = { status: 'CREATING', until: created + SETTLING } as const;
    const row = { ...stream, id: `${randomBytes(10).toString('hex')}-000`, created, change };
    this.#streams.in(scope).set(row.name, row);
    this.wake(scope, row.name);
    return row;
  }

  change({ scope, row }: Found, change: Partial<StreamRow>): StreamRow {
    const next = { ...row, ...change };
    this.#streams.in(scope).set(row.name, next);
    return next;
  }

  /** As {@link change}, and UPDATING for a while. */
  update(found: Found, change: Partial<StreamRow>): StreamRow {
    const until = this.cloud.clock.now() + SETTLING;
    const row = this.change(found, { ...change, change: { status: 'UPDATING', until } });
    this.wake(found.scope, row.name);
    return row;
  }

  delete(found: Found): void {
    for (const index of found.row.shards.keys()) {
      const records = this.records(found.scope, found.row, index);
      this.#kept -= sizeOf(records.items());
      records.delete();
    }
    const until = this.cloud.clock.now() + SETTLING;
    this.change(found, { change: { status: 'DELETING', until } });
  }

  /** The records of a shard. */
  records(scope: Scope, row: StreamRow, index: number): Sequence<StoredRecord> {
    return this.#records.in(scope, `${row.id}:${index}`);
  }

  append({ scope, row }: Found, index: number, record: StoredRecord): void {
    this.records(scope, row, index).append([record]);
    this.#kept += sizeOf([record]);
    this.wake(scope, row.name);
  }

  /** Drops the records of a shard whose retention is over. */
  expire({ scope, row }: Found, index: number): void {
    const records = this.records(scope, row, index);
    const oldest = this.cloud.clock.now() - row.retentionHours * HOUR;
    const items = records.items();
    let count = 0;
    while ((items[count]?.t ?? oldest) < oldest) count++;
    if (count === 0) return;
    this.#kept -= sizeOf(items.slice(0, count));
    records.dropFirst(count);
  }

  /** Drops all records whose retention is over, to make room. */
  expireAll(): void {
    for (const scope of this.#streams.scopes())
      for (const row of this.#streams.in(scope).values())
        for (const index of row.shards.keys()) this.expire({ scope, row }, index);
  }

  /** Open shards of all provisioned streams of an account and region, which the account's quota counts. */
  openShards(scope: Scope): number {
    return this.all(scope)
      .filter(({ mode }) => mode === 'PROVISIONED')
      .reduce((sum, row) => sum + openShards(row), 0);
  }

  /** Calls `listener` in a later turn whenever a stream may have something new; returns the way to stop. */
  subscribe(scope: Scope, name: string, listener: () => void): () => void {
    const key = keyOf(scope, name);
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(key) === listeners) this.#listeners.delete(key);
    };
  }

  wake(scope: Scope, name: string): void {
    const key = keyOf(scope, name);
    if (!this.#listeners.has(key) || this.#woken.has(key)) return;
    this.#woken.add(key);
    setImmediate(() => {
      this.#woken.delete(key);
      for (const listener of [...(this.#listeners.get(key) ?? [])]) listener();
    });
  }

  /** A stream whose change has come to its end by now; undefined where that was a deletion. */
  #settled(rows: Rows<StreamRow>, row: StreamRow): StreamRow | undefined {
    if (row.change === undefined || this.cloud.clock.now() < row.change.until) return row;
    if (row.change.status === 'DELETING') {
      rows.delete(row.name);
      return undefined;
    }
    const settled = { ...row, change: undefined };
    rows.set(row.name, settled);
    return settled;
  }
}

export function streamArn({ region, account }: Scope, name: string): string {
  return `arn:aws:kinesis:${region}:${account}:stream/${name}`;
}

/** The place that an ARN names, or undefined where it is not a stream's. */
export function placeOfArn(arn: string): (Scope & { readonly name: string }) | undefined {
  const found = /^arn:aws[a-z-]*:kinesis:([a-z0-9-]+):(\d{12}):stream\/([A-Za-z0-9_.-]{1,128})$/.exec(arn);
  if (found === null) return undefined;
  const [, region = '', account = '', name = ''] = found;
  return { region, account, name };
}

function sizeOf(records: readonly StoredRecord[]): number {
  return records.reduce((sum, { d, k }) => sum + d.length + k.length, 0);
}
function keyOf({ account, region }: Scope, name: string): string {
  return `${account}/${region}/${name}`;
}
