import type { StoredRecord } from '../rows.ts';
import { sequenceNumber } from '../sequence-number.ts';
import type { Found, KinesisStore } from '../store.ts';
import { shardNotFound } from '../failures.ts';
import { shardId } from '../shards/shard.ts';

/** "GetRecords: maximum 10 MB, up to 10,000 records a call" */
const LARGEST_PAGE = 10 * 2 ** 20;

export interface Page {
  readonly records: readonly { readonly sequenceNumber: string; readonly record: StoredRecord }[];
  /** How many records of the shard come before the next page, those that expired included. */
  readonly next: number;
  /** How long the first record that is still unread has been there, in ms; 0 where none is. */
  readonly millisBehind: number;
  /** A closed shard has been read to its end. */
  readonly ended: boolean;
}

/** Reads from a shard, beginning behind `from` records. @throws ResourceNotFoundException */
export function readShard(
  store: KinesisStore,
  found: Found,
  index: number,
  from: number,
  limit: number,
): Page {
  const { scope, row } = found;
  const shard = row.shards[index];
  if (shard === undefined) throw shardNotFound(shardId(index), row.name, scope.account);
  store.expire(found, index);
  const sequence = store.records(scope, row, index);
  const items = sequence.items();
  const total = sequence.first + items.length;
  const start = Math.min(Math.max(from, sequence.first), total);
  let next = start;
  let bytes = 0;
  const records: Page['records'][number][] = [];
  while (next < total && records.length < limit) {
    const record = items[next - sequence.first];
    if (record === undefined) break;
    bytes += Math.ceil((record.d.length * 3) / 4) + record.k.length;
    if (bytes > LARGEST_PAGE && records.length > 0) break;
    next++;
    records.push({
      record,
      sequenceNumber: sequenceNumber({
        shardCreated: Math.floor(shard.created / 1000),
        shardIndex: index,
        place: BigInt(next),
        arrived: Math.floor(record.t / 1000),
      }),
    });
  }
  const unread = items[next - sequence.first];
  return {
    records,
    next,
    millisBehind: unread === undefined ? 0 : Math.max(store.cloud.clock.now() - unread.t, 0),
    ended: shard.closed !== undefined && next === total,
  };
}

/** How many records a shard has had so far. */
export function countOf(store: KinesisStore, { scope, row }: Found, index: number): number {
  const sequence = store.records(scope, row, index);
  return sequence.first + sequence.items().length;
}

/** How many records come before the first that arrived at a time (ms since 1970) or later. */
export function countBefore(store: KinesisStore, { scope, row }: Found, index: number, time: number): number {
  const sequence = store.records(scope, row, index);
  const items = sequence.items();
  let low = 0;
  let high = items.length;
  // Arrivals never go back, for the clock does not.
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle]?.t ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return sequence.first + low;
}
