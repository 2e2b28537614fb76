import { required } from '../../../service/required.ts';
import type { KinesisOperations } from '../client.ts';
import { invalidArgument, noSuchShard, shardLimitExceeded } from '../failures.ts';
import { SHARD_LIMIT } from '../rows.ts';
import type { Found, KinesisStore } from '../store.ts';
import { streamArn } from '../store.ts';
import { merge, rescale, split } from './reshape.ts';
import { openShards, shardId, shardIndex } from './shard.ts';

/** Splitting, merging and rescaling. */
export function reshapeOperations(store: KinesisStore) {
  const openShard = ({ scope, row }: Found, id: string) => {
    const index = shardIndex(id);
    const shard = index === undefined ? undefined : row.shards[index];
    if (index === undefined || shard === undefined)
      throw noSuchShard(index === undefined ? id : shardId(index), row.name, scope.account);
    if (shard.closed !== undefined)
      throw invalidArgument(
        `Shard ${shardId(index)} in stream ${row.name} under account ${scope.account} has already been merged or split, and thus is not eligible for merging or splitting.`,
      );
    return { index, first: BigInt(shard.firstHashKey), last: BigInt(shard.lastHashKey) };
  };
  const roomFor = ({ scope, row }: Found, more: number): void => {
    if (row.mode === 'ON_DEMAND') return;
    const open = store.openShards(scope);
    if (open + more > SHARD_LIMIT) throw shardLimitExceeded(scope, open, SHARD_LIMIT, more);
  };

  return {
    SplitShard(input, call) {
      const found = store.active(call, input);
      const { scope, row } = found;
      const { index, first, last } = openShard(found, required(input.ShardToSplit, 'ShardToSplit'));
      roomFor(found, 1);
      const at = BigInt(required(input.NewStartingHashKey, 'NewStartingHashKey'));
      if (at <= first + 1n || at >= last)
        throw invalidArgument(
          `NewStartingHashKey ${at} used in SplitShard() on shard ${shardId(index)} in stream ${row.name} under account ${scope.account} is not both greater than one plus the shard's StartingHashKey ${first} and less than the shard's EndingHashKey ${last}.`,
        );
      store.update(found, { shards: split(row.shards, index, at, store.cloud.clock.now()) });
      return {};
    },

    MergeShards(input, call) {
      const found = store.active(call, input);
      const { scope, row } = found;
      const a = openShard(found, required(input.ShardToMerge, 'ShardToMerge'));
      const b = openShard(found, required(input.AdjacentShardToMerge, 'AdjacentShardToMerge'));
      const [lower, upper] = a.first < b.first ? [a, b] : [b, a];
      if (lower.last + 1n !== upper.first)
        throw invalidArgument(
          `Shards ${shardId(a.index)} and ${shardId(b.index)} in stream ${row.name} under account ${scope.account} are not an adjacent pair of shards eligible for merging`,
        );
      const now = store.cloud.clock.now();
      store.update(found, { shards: merge(row.shards, lower.index, upper.index, now) });
      return {};
    },

    UpdateShardCount(input, call) {
      const found = store.active(call, input);
      const { scope, row } = found;
      const target = required(input.TargetShardCount, 'TargetShardCount');
      const open = openShards(row);
      if (row.mode === 'ON_DEMAND')
        throw invalidArgument(
          `Stream ${row.name} under account ${scope.account} is in on-demand capacity mode: its shards are not yours to count.`,
        );
      if (target > open * 2)
        throw invalidArgument(
          `UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: ${open} Target shard count: ${target}`,
        );
      if (target < open / 2)
        throw invalidArgument(
          `UpdateShardCount cannot scale down below half your current open shard count. Current open shard count: ${open} Target shard count: ${target}`,
        );
      roomFor(found, target - open);
      store.update(found, { shards: rescale(row.shards, target, store.cloud.clock.now()) });
      return {
        StreamName: row.name,
        StreamARN: streamArn(scope, row.name),
        CurrentShardCount: open,
        TargetShardCount: target,
      };
    },
  } satisfies KinesisOperations;
}
