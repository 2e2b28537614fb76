import type { HashKeyRange, Shard } from '@aws-sdk/client-kinesis';
import type { ShardRow, StreamRow } from '../rows.ts';
import { LAST_PLACE, sequenceNumber } from '../sequence-number.ts';

/** `shardId-000000000007` */
export function shardId(index: number): string {
  return `shardId-${String(index).padStart(12, '0')}`;
}

/** The index that an id names, with or without `shardId-` and zeros, or undefined where it is none. */
export function shardIndex(id: string): number | undefined {
  const digits = id.split('-')[1] ?? id;
  const index = /^\d{1,12}$/.test(digits) ? Number(digits) : NaN;
  return index <= 2_147_483_647 ? index : undefined;
}

export function startingSequenceNumber({ created }: ShardRow, index: number): string {
  const seconds = Math.floor(created / 1000);
  return sequenceNumber({ shardCreated: seconds, shardIndex: index, place: 0n, arrived: seconds });
}

export function endingSequenceNumber({ created, closed }: ShardRow, index: number): string | undefined {
  if (closed === undefined) return undefined;
  return sequenceNumber({
    shardCreated: Math.floor(created / 1000),
    shardIndex: index,
    place: LAST_PLACE,
    arrived: Math.floor(closed / 1000),
  });
}

export function hashKeyRange({ firstHashKey, lastHashKey }: ShardRow): HashKeyRange {
  return { StartingHashKey: firstHashKey, EndingHashKey: lastHashKey };
}

/** A shard as AWS shows it. */
export function shown(shard: ShardRow, index: number): Shard {
  const [parent, adjacent] = shard.parents;
  const ending = endingSequenceNumber(shard, index);
  return {
    ShardId: shardId(index),
    ...(parent === undefined ? {} : { ParentShardId: shardId(parent) }),
    ...(adjacent === undefined ? {} : { AdjacentParentShardId: shardId(adjacent) }),
    HashKeyRange: hashKeyRange(shard),
    SequenceNumberRange: {
      StartingSequenceNumber: startingSequenceNumber(shard, index),
      ...(ending === undefined ? {} : { EndingSequenceNumber: ending }),
    },
  };
}

/** How many shards take records. */
export function openShards({ shards }: StreamRow): number {
  return shards.filter(({ closed }) => closed === undefined).length;
}
