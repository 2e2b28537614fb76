import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  UpdateTableCommand,
  type StreamViewType,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DynamodbPort } from '../port.ts';
import { refusal, scope, trialDynamodb, type TrialDynamodb } from '../testing/trial.ts';

let trial: TrialDynamodb;
let port: DynamodbPort;
beforeAll(async () => {
  trial = await trialDynamodb();
  port = await trial.running.cloud.port('dynamodb');
});
afterAll(async () => {
  await trial.stop();
});

const S = (text: string) => ({ S: text });
const key = (id: string) => ({ id: S(id) });
const streamed = async (name: string, StreamViewType: StreamViewType = 'NEW_AND_OLD_IMAGES') => {
  const { LatestStreamArn } = await trial.table(name, {
    StreamSpecification: { StreamEnabled: true, StreamViewType },
  });
  if (LatestStreamArn === undefined) throw new Error('The table has no stream.');
  return LatestStreamArn;
};
const shardOf = async (StreamArn: string) => {
  const { StreamDescription } = await trial.streams.send(new DescribeStreamCommand({ StreamArn }));
  return StreamDescription?.Shards?.[0]?.ShardId ?? '';
};

describe('a stream', () => {
  it('tells of what was put, changed and removed, and not of what changed nothing', async () => {
    const arn = await streamed('told');
    await trial.put(
      'told',
      { ...key('a'), v: S('1') },
      { ...key('a'), v: S('1') },
      { ...key('a'), v: S('2') },
    );
    await trial.update('told', key('a'), {
      UpdateExpression: 'SET v = :v',
      ExpressionAttributeValues: { ':v': S('2') },
    });
    for (const id of ['a', 'a', 'never'])
      await trial.db.send(new DeleteItemCommand({ TableName: 'told', Key: key(id) }));
    const records = await trial.records(arn);
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    expect(records[1]).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Date) as Date,
        Keys: key('a'),
        NewImage: { ...key('a'), v: S('2') },
        OldImage: { ...key('a'), v: S('1') },
        SequenceNumber: expect.stringMatching(/^\d{21}$/) as string,
        SizeBytes: 3 + 5 + 5,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    expect(records[2]?.dynamodb?.NewImage).toBeUndefined();
    const numbers = records.map(({ dynamodb }) => BigInt(dynamodb?.SequenceNumber ?? 0));
    expect(numbers).toEqual([...numbers].sort((a, b) => (a < b ? -1 : 1)));
    expect(new Set(records.map(({ eventID }) => eventID)).size).toBe(3);
  });

  it.each<[StreamViewType, readonly string[]]>([
    ['KEYS_ONLY', []],
    ['NEW_IMAGE', ['NewImage']],
    ['OLD_IMAGE', ['OldImage']],
    ['NEW_AND_OLD_IMAGES', ['NewImage', 'OldImage']],
  ])('of type %s has the images %j', async (view, images) => {
    const arn = await streamed(`view-${view}`, view);
    await trial.put(`view-${view}`, { ...key('a'), v: S('1') }, { ...key('a'), v: S('2') });
    const [, changed] = await trial.records(arn);
    const members = Object.entries(changed?.dynamodb ?? {})
      .filter(([name, value]) => name.endsWith('Image') && value !== undefined)
      .map(([name]) => name)
      .sort();
    expect(members).toEqual(images);
  });

  it('counts bytes as recorded, and gives functions base64', async () => {
    const arn = await streamed('bytes', 'NEW_IMAGE');
    // Recorded: my_partition_key "hello world" and binary_key "foobar" make 70 bytes; here the key is `id`.
    await trial.put('bytes', { ...key('hello world'), binary_key: { B: Buffer.from('foobar') } });
    const { records } = port.read(scope, arn, await shardOf(arn), 'TRIM_HORIZON', 10);
    expect(records[0]?.event).toEqual({
      eventID: expect.any(String) as string,
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Number) as number,
        Keys: key('hello world'),
        NewImage: { ...key('hello world'), binary_key: { B: 'Zm9vYmFy' } },
        SequenceNumber: records[0]?.sequenceNumber,
        SizeBytes: 70 - 2 * ('my_partition_key'.length - 'id'.length),
        StreamViewType: 'NEW_IMAGE',
      },
      eventSourceARN: arn,
    });
  });

  it('is read from every kind of place', async () => {
    const arn = await streamed('places');
    await trial.put('places', key('a'), key('b'), key('c'));
    const second = (await trial.records(arn))[1]?.dynamodb?.SequenceNumber;
    const ids = async (...from: Parameters<TrialDynamodb['records']>) =>
      (await trial.records(...from)).map(({ dynamodb }) => dynamodb?.Keys?.['id']?.S);
    expect(await ids(arn, 'AT_SEQUENCE_NUMBER', second)).toEqual(['b', 'c']);
    expect(await ids(arn, 'AFTER_SEQUENCE_NUMBER', second)).toEqual(['c']);
    const { ShardIterator } = await trial.streams.send(
      new GetShardIteratorCommand({
        StreamArn: arn,
        ShardId: await shardOf(arn),
        ShardIteratorType: 'LATEST',
      }),
    );
    await trial.put('places', key('d'), key('e'));
    const first = await trial.streams.send(new GetRecordsCommand({ ShardIterator, Limit: 1 }));
    expect(first.Records?.map(({ dynamodb }) => dynamodb?.Keys)).toEqual([key('d')]);
    const rest = await trial.streams.send(new GetRecordsCommand({ ShardIterator: first.NextShardIterator }));
    expect(rest.Records?.map(({ dynamodb }) => dynamodb?.Keys)).toEqual([key('e')]);
    const end = await trial.streams.send(new GetRecordsCommand({ ShardIterator: rest.NextShardIterator }));
    expect(end.Records).toEqual([]);
    expect(end.NextShardIterator).toBeDefined();
  });

  it('wakes who listens, once a turn, and no longer when it was told to stop', async () => {
    const arn = await streamed('woken');
    let calls = 0;
    const stop = port.subscribe(scope, arn, () => (calls += 1));
    await trial.db.send(
      new BatchWriteItemCommand({
        RequestItems: { woken: ['a', 'b', 'c'].map((id) => ({ PutRequest: { Item: key(id) } })) },
      }),
    );
    await expect.poll(() => calls).toBe(1);
    stop();
    await trial.put('woken', key('d'));
    await new Promise(setImmediate);
    expect(calls).toBe(1);
  });

  it('outlives its table by a day, and then is gone', async () => {
    const arn = await streamed('mortal');
    await trial.put('mortal', key('a'));
    await trial.db.send(new DeleteTableCommand({ TableName: 'mortal' }));
    const { StreamDescription } = await trial.streams.send(new DescribeStreamCommand({ StreamArn: arn }));
    expect(StreamDescription).toMatchObject({ StreamStatus: 'DISABLED', TableName: 'mortal' });
    expect(StreamDescription?.Shards?.[0]?.SequenceNumberRange?.EndingSequenceNumber).toBeDefined();
    const { ShardIterator } = await trial.streams.send(
      new GetShardIteratorCommand({
        StreamArn: arn,
        ShardId: await shardOf(arn),
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    const page = await trial.streams.send(new GetRecordsCommand({ ShardIterator }));
    // The deletion of a table tells of no items.
    expect(page.Records).toHaveLength(1);
    expect(page.NextShardIterator).toBeUndefined();
    await trial.running.cloud.clock.advance(24 * 3_600_000);
    expect(await refusal(trial.records(arn))).toBe(
      `ResourceNotFoundException: Requested resource not found: Stream: ${arn} not found`,
    );
    expect(await refusal(trial.streams.send(new GetRecordsCommand({ ShardIterator })))).toContain(
      'ExpiredIteratorException',
    );
  });

  it('forgets records after a day', async () => {
    const arn = await streamed('forgetful');
    await trial.put('forgetful', key('a'));
    const first = (await trial.records(arn))[0]?.dynamodb?.SequenceNumber;
    await trial.running.cloud.clock.advance(12 * 3_600_000);
    await trial.put('forgetful', key('b'));
    await trial.running.cloud.clock.advance(12 * 3_600_000);
    expect((await trial.records(arn)).map(({ dynamodb }) => dynamodb?.Keys)).toEqual([key('b')]);
    expect(await refusal(trial.records(arn, 'AT_SEQUENCE_NUMBER', first))).toContain(
      'TrimmedDataAccessException',
    );
    // After the one that was forgotten begins with the oldest there is.
    expect(await trial.records(arn, 'AFTER_SEQUENCE_NUMBER', first)).toHaveLength(1);
  });

  it('is switched off and on again as another one', async () => {
    const old = await streamed('switched');
    const set = async (StreamSpecification: { StreamEnabled: boolean; StreamViewType?: StreamViewType }) => {
      await trial.db.send(new UpdateTableCommand({ TableName: 'switched', StreamSpecification }));
      await trial.db.send(new DescribeTableCommand({ TableName: 'switched' }));
    };
    await set({ StreamEnabled: false });
    await trial.put('switched', key('unseen'));
    await set({ StreamEnabled: true, StreamViewType: 'KEYS_ONLY' });
    await trial.put('switched', key('seen'));
    const { Streams } = await trial.streams.send(new ListStreamsCommand({ TableName: 'switched' }));
    expect(Streams?.map(({ StreamArn }) => StreamArn)[0]).toBe(old);
    expect(Streams).toHaveLength(2);
    expect(await trial.records(old)).toEqual([]);
    expect(await trial.records(Streams?.[1]?.StreamArn ?? '')).toHaveLength(1);
  });

  it('that is not there is not found', async () => {
    const arn = 'arn:aws:dynamodb:us-east-1:111122223333:table/none/stream/2024-11-18T14:36:44.149';
    expect(await refusal(trial.streams.send(new DescribeStreamCommand({ StreamArn: arn })))).toBe(
      `ResourceNotFoundException: Requested resource not found: Stream: ${arn} not found`,
    );
    expect(port.stream(scope, arn)).toBeUndefined();
  });
});
