import {
  GetRecordsCommand,
  ListShardsCommand,
  MergeShardsCommand,
  PutRecordCommand,
  SplitShardCommand,
  UpdateShardCountCommand,
  type ListShardsCommandInput,
} from '@aws-sdk/client-kinesis';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal } from '../../events/testing/trial-events.ts';
import { evenRanges, LAST_HASH_KEY } from '../hash-key.ts';
import type { ShardRow } from '../rows.ts';
import { TrialKinesis } from '../testing/trial-kinesis.ts';
import { rescale } from './reshape.ts';

let kinesis: TrialKinesis;
beforeAll(async () => (kinesis = await TrialKinesis.start()));
afterAll(async () => kinesis.stop());

const first = 'shardId-000000000000';
const put = async (StreamName: string, ExplicitHashKey: string) =>
  kinesis.client.send(
    new PutRecordCommand({
      StreamName,
      PartitionKey: 'k',
      ExplicitHashKey,
      Data: Buffer.from(ExplicitHashKey),
    }),
  );
const ids = async (StreamName: string, more: Partial<ListShardsCommandInput> = {}) =>
  (await kinesis.client.send(new ListShardsCommand({ StreamName, ...more }))).Shards?.map(({ ShardId }) =>
    Number(ShardId?.slice(-3)),
  );

describe('shards', () => {
  it('are split: the old one is read to its end, then its children', async () => {
    const StreamName = await kinesis.stream('split');
    await put(StreamName, '5');
    await kinesis.client.send(
      new SplitShardCommand({ StreamName, ShardToSplit: first, NewStartingHashKey: '1000' }),
    );
    await kinesis.settled(StreamName);
    expect((await put(StreamName, '5')).ShardId).toBe('shardId-000000000001');
    expect((await put(StreamName, '1000')).ShardId).toBe('shardId-000000000002');
    const end = await kinesis.client.send(
      new GetRecordsCommand({ ShardIterator: await kinesis.iterator(StreamName) }),
    );
    expect(end.Records).toHaveLength(1);
    expect(end.NextShardIterator).toBeUndefined();
    expect(end.ChildShards?.map(({ ShardId, ParentShards }) => [ShardId, ParentShards])).toEqual([
      ['shardId-000000000001', [first]],
      ['shardId-000000000002', [first]],
    ]);
    const { Shards } = await kinesis.client.send(new ListShardsCommand({ StreamName }));
    expect(Shards?.[0]?.SequenceNumberRange?.EndingSequenceNumber).toMatch(/^\d{56}$/);
    expect(Shards?.[1]).toMatchObject({
      ParentShardId: first,
      HashKeyRange: { StartingHashKey: '0', EndingHashKey: '999' },
    });
    expect(
      await refusal(
        kinesis.client.send(
          new SplitShardCommand({ StreamName, ShardToSplit: first, NewStartingHashKey: '1000' }),
        ),
      ),
    ).toMatch(/has already been merged or split/);
  });

  it('are merged where they lie side by side', async () => {
    const StreamName = await kinesis.stream('merge', 3);
    const merge = async (ShardToMerge: string, AdjacentShardToMerge: string) =>
      kinesis.client.send(new MergeShardsCommand({ StreamName, ShardToMerge, AdjacentShardToMerge }));
    expect(await refusal(merge(first, 'shardId-000000000002'))).toBe(
      'InvalidArgumentException: Shards shardId-000000000000 and shardId-000000000002 in stream merge under account 111111111111 are not an adjacent pair of shards eligible for merging',
    );
    await merge('shardId-000000000001', first);
    expect(await refusal(merge('shardId-000000000002', 'shardId-000000000003'))).toMatch(
      /^ResourceInUseException: .* not ACTIVE, instead in state UPDATING/,
    );
    await kinesis.settled(StreamName);
    expect((await put(StreamName, '7')).ShardId).toBe('shardId-000000000003');
  });

  it('are listed as a filter and pages say', async () => {
    const StreamName = await kinesis.stream('filter');
    const before = new Date(kinesis.running.cloud.clock.now());
    await kinesis.running.cloud.clock.advance(1_000);
    await kinesis.client.send(
      new UpdateShardCountCommand({ StreamName, TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' }),
    );
    await kinesis.settled(StreamName);
    expect(await ids(StreamName)).toEqual([0, 1, 2]);
    expect(await ids(StreamName, { ShardFilter: { Type: 'AT_LATEST' } })).toEqual([1, 2]);
    expect(await ids(StreamName, { ShardFilter: { Type: 'AT_TRIM_HORIZON' } })).toEqual([0]);
    expect(await ids(StreamName, { ShardFilter: { Type: 'AT_TIMESTAMP', Timestamp: before } })).toEqual([0]);
    expect(await ids(StreamName, { ShardFilter: { Type: 'FROM_TIMESTAMP', Timestamp: before } })).toEqual([
      0, 1, 2,
    ]);
    expect(await ids(StreamName, { ShardFilter: { Type: 'AFTER_SHARD_ID', ShardId: first } })).toEqual([
      1, 2,
    ]);
    expect(await ids(StreamName, { ExclusiveStartShardId: 'shardId-000000000001' })).toEqual([2]);
    const page = await kinesis.client.send(new ListShardsCommand({ StreamName, MaxResults: 2 }));
    expect(page.Shards).toHaveLength(2);
    const { NextToken } = page;
    const rest = await kinesis.client.send(new ListShardsCommand({ NextToken }));
    expect(rest.Shards?.map(({ ShardId }) => ShardId)).toEqual(['shardId-000000000002']);
    await kinesis.running.cloud.clock.advance(301_000);
    expect(await refusal(kinesis.client.send(new ListShardsCommand({ NextToken })))).toMatch(
      /^ExpiredNextTokenException/,
    );
    // A day later nothing of the closed shard is left.
    await kinesis.running.cloud.clock.advance(86_400_000);
    expect(await ids(StreamName)).toEqual([1, 2]);
  });

  it('are not more than double nor less than half at once', async () => {
    const StreamName = await kinesis.stream('count', 2);
    const to = async (TargetShardCount: number) =>
      kinesis.client.send(
        new UpdateShardCountCommand({ StreamName, TargetShardCount, ScalingType: 'UNIFORM_SCALING' }),
      );
    expect(await refusal(to(5))).toMatch(/cannot scale up over double your current open shard count/);
    expect(await to(3)).toMatchObject({ CurrentShardCount: 2, TargetShardCount: 3 });
    await kinesis.settled(StreamName);
    expect(await refusal(to(1))).toMatch(/cannot scale down below half your current open shard count/);
    expect(await ids(StreamName, { ShardFilter: { Type: 'AT_LATEST' } })).toHaveLength(3);
  });
});

it('rescaling makes even shards that take every hash key, whatever they were before', () => {
  const start = (count: number): ShardRow[] =>
    evenRanges(count).map(({ first, last }) => ({
      firstHashKey: String(first),
      lastHashKey: String(last),
      created: 0,
      closed: undefined,
      parents: [],
    }));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
      (from, counts) => {
        let shards = start(from);
        for (const count of counts) shards = rescale(shards, count, 1);
        const open = shards
          .filter(({ closed }) => closed === undefined)
          .map(({ firstHashKey, lastHashKey }) => [BigInt(firstHashKey), BigInt(lastHashKey)] as const)
          .sort(([a], [b]) => (a < b ? -1 : 1));
        expect(open.map(([first]) => first)).toEqual(
          evenRanges(counts.at(-1) ?? 0).map(({ first }) => first),
        );
        let next = 0n;
        for (const [first, last] of open) {
          expect(first).toBe(next);
          next = last + 1n;
        }
        expect(next).toBe(LAST_HASH_KEY + 1n);
        // Parents come before their children.
        for (const [index, { parents }] of shards.entries())
          expect(parents.every((parent) => parent < index)).toBe(true);
      },
    ),
  );
});
