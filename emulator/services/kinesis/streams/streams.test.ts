import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DescribeLimitsCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  ListStreamsCommand,
  ListTagsForResourceCommand,
  ListTagsForStreamCommand,
  PutRecordCommand,
  RegisterStreamConsumerCommand,
  RemoveTagsFromStreamCommand,
  UpdateStreamModeCommand,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal } from '../../events/testing/trial-events.ts';
import { arnOf, TrialKinesis } from '../testing/trial-kinesis.ts';

let kinesis: TrialKinesis;
beforeAll(async () => (kinesis = await TrialKinesis.start()));
afterAll(async () => kinesis.stop());

describe('streams', () => {
  it('are made, described by name and ARN, and deleted', async () => {
    await kinesis.client.send(new CreateStreamCommand({ StreamName: 'made', ShardCount: 2 }));
    const StreamARN = arnOf('made');
    const describe = async () =>
      (await kinesis.client.send(new DescribeStreamCommand({ StreamARN }))).StreamDescription;
    expect((await describe())?.StreamStatus).toBe('CREATING');
    expect(
      await refusal(
        kinesis.client.send(
          new PutRecordCommand({ StreamName: 'made', PartitionKey: 'k', Data: Buffer.from('x') }),
        ),
      ),
    ).toMatch(
      /^ResourceInUseException: Stream made under account 111111111111 not ACTIVE, instead in state CREATING/,
    );
    await kinesis.settled('made');
    const made = await describe();
    expect(made).toMatchObject({
      StreamName: 'made',
      StreamARN,
      StreamStatus: 'ACTIVE',
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
      RetentionPeriodHours: 24,
      EncryptionType: 'NONE',
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      HasMoreShards: false,
    });
    expect(made?.Shards?.map(({ ShardId, HashKeyRange }) => [ShardId, HashKeyRange])).toEqual([
      [
        'shardId-000000000000',
        { StartingHashKey: '0', EndingHashKey: '170141183460469231731687303715884105727' },
      ],
      [
        'shardId-000000000001',
        {
          StartingHashKey: '170141183460469231731687303715884105728',
          EndingHashKey: '340282366920938463463374607431768211455',
        },
      ],
    ]);
    expect(made?.Shards?.[0]?.SequenceNumberRange?.StartingSequenceNumber).toMatch(/^\d{56}$/);
    expect(await refusal(kinesis.stream('made'))).toBe(
      'ResourceInUseException: Stream made under account 111111111111 already exists.',
    );
    await kinesis.client.send(new DeleteStreamCommand({ StreamName: 'made' }));
    expect((await describe())?.StreamStatus).toBe('DELETING');
    await kinesis.running.cloud.clock.advance(1_000);
    expect(await refusal(describe())).toBe(
      'ResourceNotFoundException: Stream made under account 111111111111 not found.',
    );
  });

  it('on demand have four shards', async () => {
    const StreamName = 'on-demand';
    await kinesis.client.send(
      new CreateStreamCommand({ StreamName, StreamModeDetails: { StreamMode: 'ON_DEMAND' } }),
    );
    await kinesis.settled(StreamName);
    const summary = async () =>
      (await kinesis.client.send(new DescribeStreamSummaryCommand({ StreamName }))).StreamDescriptionSummary;
    expect(await summary()).toMatchObject({
      OpenShardCount: 4,
      ConsumerCount: 0,
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    });
    const before = await kinesis.client.send(new DescribeLimitsCommand({}));
    await kinesis.client.send(
      new UpdateStreamModeCommand({
        StreamARN: arnOf(StreamName),
        StreamModeDetails: { StreamMode: 'PROVISIONED' },
      }),
    );
    expect((await summary())?.StreamStatus).toBe('UPDATING');
    const after = await kinesis.client.send(new DescribeLimitsCommand({}));
    expect((after.OpenShardCount ?? 0) - (before.OpenShardCount ?? 0)).toBe(4);
    expect((after.OnDemandStreamCount ?? 0) - (before.OnDemandStreamCount ?? 0)).toBe(-1);
  });

  it('are listed page by page', async () => {
    for (const name of ['list-a', 'list-b', 'list-c']) await kinesis.stream(name);
    const first = await kinesis.client.send(
      new ListStreamsCommand({ Limit: 2, ExclusiveStartStreamName: 'list' }),
    );
    expect([first.StreamNames, first.HasMoreStreams]).toEqual([['list-a', 'list-b'], true]);
    const { NextToken } = first;
    const rest = await kinesis.client.send(new ListStreamsCommand({ Limit: 1, NextToken }));
    expect(rest.StreamSummaries?.map(({ StreamARN }) => StreamARN)).toEqual([arnOf('list-c')]);
  });

  it('keep records for as long as is asked', async () => {
    const StreamName = await kinesis.stream('retention');
    const change = async (hours: number, Command: typeof IncreaseStreamRetentionPeriodCommand) =>
      kinesis.client.send(new Command({ StreamName, RetentionPeriodHours: hours }));
    await change(48, IncreaseStreamRetentionPeriodCommand);
    await kinesis.settled(StreamName);
    await kinesis.client.send(
      new PutRecordCommand({ StreamName, PartitionKey: 'k', Data: Buffer.from('x') }),
    );
    await kinesis.running.cloud.clock.advance(30 * 3_600_000);
    expect(await kinesis.read(await kinesis.iterator(StreamName))).toEqual(['x']);
    expect(await refusal(change(24, IncreaseStreamRetentionPeriodCommand))).toBe(
      'InvalidArgumentException: Requested retention period (24 hours) for stream retention can not be shorter than existing retention period (48 hours). Use DecreaseRetentionPeriod API.',
    );
    expect(await refusal(change(9_000, IncreaseStreamRetentionPeriodCommand))).toMatch(
      /Maximum allowed retention period is 8760 hours/,
    );
    await kinesis.client.send(
      new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 24 }),
    );
    await kinesis.settled(StreamName);
    expect(await kinesis.read(await kinesis.iterator(StreamName))).toEqual([]);
  });

  it('have tags', async () => {
    const StreamName = await kinesis.stream('tagged', 1, { Tags: { a: '1' } });
    await kinesis.client.send(new AddTagsToStreamCommand({ StreamName, Tags: { b: '2', c: '3' } }));
    await kinesis.client.send(new RemoveTagsFromStreamCommand({ StreamName, TagKeys: ['a'] }));
    const tags = [
      { Key: 'b', Value: '2' },
      { Key: 'c', Value: '3' },
    ];
    expect(await kinesis.client.send(new ListTagsForStreamCommand({ StreamName }))).toMatchObject({
      Tags: tags,
      HasMoreTags: false,
    });
    const ResourceARN = arnOf(StreamName);
    expect((await kinesis.client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual(tags);
  });

  it('have no consumers of their own here, and say so', async () => {
    const StreamARN = arnOf(await kinesis.stream('consumers'));
    const sent = kinesis.client.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: 'c' }));
    await expect(sent).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
  });
});
