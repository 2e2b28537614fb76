import type { StreamMode } from '@aws-sdk/client-kinesis';
import type { Scope } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { KinesisOperations } from '../client.ts';
import { invalidArgument, notBuilt, shardLimitExceeded } from '../failures.ts';
import { evenRanges } from '../hash-key.ts';
import { ON_DEMAND_LIMIT, ON_DEMAND_SHARDS, SHARD_LIMIT, type StreamRow } from '../rows.ts';
import { keptShards, startBehind } from '../shards/list.ts';
import { openShards, shown } from '../shards/shard.ts';
import type { KinesisStore } from '../store.ts';
import { streamArn } from '../store.ts';
import { checkTags } from './tags.ts';

const MAX_RECORD_KIB = 1_024;

/** Making, describing and deleting streams. */
export function streamOperations(store: KinesisStore) {
  const summary = (scope: Scope, row: StreamRow) => ({
    StreamName: row.name,
    StreamARN: streamArn(scope, row.name),
    StreamStatus: row.change?.status ?? ('ACTIVE' as const),
    StreamModeDetails: { StreamMode: row.mode },
    StreamCreationTimestamp: new Date(row.created),
  });
  const details = {
    EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
    EncryptionType: 'NONE' as const,
  };
  const onDemand = (scope: Scope): number =>
    store.all(scope).filter(({ mode }) => mode === 'ON_DEMAND').length;
  const roomFor = (scope: Scope, mode: StreamMode, shards: number): void => {
    const open = store.openShards(scope);
    if (mode === 'PROVISIONED' && open + shards > SHARD_LIMIT)
      throw shardLimitExceeded(scope, open, SHARD_LIMIT, shards);
    if (mode === 'ON_DEMAND' && onDemand(scope) >= ON_DEMAND_LIMIT)
      throw new ServiceFailure(
        'LimitExceededException',
        `This request would exceed the limit of ${ON_DEMAND_LIMIT} on-demand streams for the account ${scope.account} in ${scope.region}.`,
      );
  };

  return {
    CreateStream(input, call) {
      const name = required(input.StreamName, 'StreamName');
      const mode = input.StreamModeDetails?.StreamMode ?? 'PROVISIONED';
      if (mode === 'PROVISIONED' && input.ShardCount === undefined)
        throw invalidArgument('ShardCount must be specified for a stream in provisioned capacity mode.');
      if (mode === 'ON_DEMAND' && input.ShardCount !== undefined)
        throw invalidArgument('ShardCount must not be specified for a stream in on-demand capacity mode.');
      if (input.RecordDistributionStrategy === 'AUTO')
        throw notBuilt('the record distribution strategy AUTO');
      const tags = input.Tags ?? {};
      checkTags(name, call.account, tags, {});
      const count = input.ShardCount ?? ON_DEMAND_SHARDS;
      if (store.find(call, name) === undefined) roomFor(call, mode, count);
      const created = store.cloud.clock.now();
      store.add(
        { account: call.account, region: call.region },
        {
          name,
          mode,
          retentionHours: 24,
          maxRecordKiB: input.MaxRecordSizeInKiB ?? MAX_RECORD_KIB,
          warmMiBps: input.WarmThroughputMiBps,
          shards: evenRanges(count).map(({ first, last }) => ({
            firstHashKey: first.toString(),
            lastHashKey: last.toString(),
            created,
            closed: undefined,
            parents: [],
          })),
          tags: { ...tags },
        },
      );
      return {};
    },

    DeleteStream(input, call) {
      const found = store.named(call, input);
      if (found.row.change?.status !== 'DELETING') store.delete(found);
      return {};
    },

    DescribeStream(input, call) {
      const found = store.named(call, input);
      const { scope, row } = found;
      const { Limit = 100, ExclusiveStartShardId } = input;
      const behind = ExclusiveStartShardId === undefined ? -1 : startBehind(found, ExclusiveStartShardId);
      const shards = keptShards(store, row).filter(([index]) => index > behind);
      return {
        StreamDescription: {
          ...summary(scope, row),
          ...details,
          RetentionPeriodHours: row.retentionHours,
          Shards: shards.slice(0, Limit).map(([index, shard]) => shown(shard, index)),
          HasMoreShards: shards.length > Limit,
        },
      };
    },

    DescribeStreamSummary(input, call) {
      const { scope, row } = store.named(call, input);
      return {
        StreamDescriptionSummary: {
          ...summary(scope, row),
          ...details,
          StreamId: row.id,
          RetentionPeriodHours: row.retentionHours,
          OpenShardCount: openShards(row),
          ConsumerCount: 0,
          MaxRecordSizeInKiB: row.maxRecordKiB,
          ...(row.warmMiBps === undefined
            ? {}
            : { WarmThroughput: { TargetMiBps: row.warmMiBps, CurrentMiBps: row.warmMiBps } }),
        },
      };
    },

    ListStreams({ Limit = 100, ExclusiveStartStreamName, NextToken }, call) {
      const behind = NextToken === undefined ? ExclusiveStartStreamName : nameOf(NextToken);
      const rows = store.all(call).filter(({ name }) => behind === undefined || name > behind);
      const page = rows.slice(0, Limit);
      const last = page.at(-1);
      return {
        StreamNames: page.map(({ name }) => name),
        StreamSummaries: page.map((row) => summary(call, row)),
        HasMoreStreams: rows.length > page.length,
        ...(last === undefined || rows.length === page.length
          ? {}
          : { NextToken: Buffer.from(JSON.stringify([last.name])).toString('base64') }),
      };
    },

    DescribeLimits(_input, call) {
      return {
        ShardLimit: SHARD_LIMIT,
        OpenShardCount: store.openShards(call),
        OnDemandStreamCount: onDemand(call),
        OnDemandStreamCountLimit: ON_DEMAND_LIMIT,
      };
    },

    UpdateStreamMode(input, call) {
      const found = store.active(call, input);
      const mode = required(input.StreamModeDetails?.StreamMode, 'StreamModeDetails.StreamMode');
      if (mode === found.row.mode) return {};
      roomFor(call, mode, openShards(found.row));
      store.update(found, { mode });
      return {};
    },
  } satisfies KinesisOperations;
}

/** @throws InvalidArgumentException where a token is not one of ListStreams */
function nameOf(token: string): string {
  try {
    const [name] = JSON.parse(Buffer.from(token, 'base64').toString()) as unknown[];
    if (typeof name === 'string') return name;
  } catch {
    // Answered below.
  }
  throw invalidArgument('Invalid NextToken.');
}
