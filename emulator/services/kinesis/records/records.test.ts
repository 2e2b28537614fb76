import {
  GetRecordsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  type GetShardIteratorCommandInput,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TrialKinesis } from '../testing/trial-kinesis.ts';

let kinesis: TrialKinesis;
beforeAll(async () => (kinesis = await TrialKinesis.start()));
afterAll(async () => kinesis.stop());

const put = async (StreamName: string, data: string | Uint8Array, PartitionKey = 'k') =>
  kinesis.client.send(new PutRecordCommand({ StreamName, PartitionKey, Data: Buffer.from(data) }));

describe('records', () => {
  it('come back as they were, in order, with sequence numbers of 56 digits that grow', async () => {
    const stream = await kinesis.stream('order');
    const written: (string | undefined)[] = [];
    for (const data of ['a', '', 'ünicödé 统一码 💣', 'd'])
      written.push((await put(stream, data)).SequenceNumber);
    expect(written.every((number) => /^\d{56}$/.test(number ?? ''))).toBe(true);
    expect([...written].sort()).toEqual(written);
    const answer = await kinesis.client.send(
      new GetRecordsCommand({ ShardIterator: await kinesis.iterator(stream) }),
    );
    expect(answer.Records?.map(({ SequenceNumber }) => SequenceNumber)).toEqual(written);
    expect(answer.Records?.map(({ Data }) => Buffer.from(Data ?? []).toString())).toEqual([
      'a',
      '',
      'ünicödé 统一码 💣',
      'd',
    ]);
    expect(answer.Records?.[0]).toMatchObject({ PartitionKey: 'k' });
    const arrived = answer.Records?.[0]?.ApproximateArrivalTimestamp?.getTime() ?? 0;
    expect(Math.abs(arrived - kinesis.running.cloud.clock.now())).toBeLessThan(60_000);
    expect(answer.MillisBehindLatest).toBe(0);
    expect(await kinesis.read(answer.NextShardIterator)).toEqual([]);
    await put(stream, 'e');
    expect(await kinesis.read(answer.NextShardIterator)).toEqual(['e']);
  });

  it('are read page by page, with the time that the rest has waited', async () => {
    const stream = await kinesis.stream('pages');
    await put(stream, '1');
    await put(stream, '2');
    await kinesis.running.cloud.clock.advance(5_000);
    const first = await kinesis.client.send(
      new GetRecordsCommand({ ShardIterator: await kinesis.iterator(stream), Limit: 1 }),
    );
    expect(first.Records).toHaveLength(1);
    expect(first.MillisBehindLatest).toBeGreaterThanOrEqual(5_000);
    expect(await kinesis.read(first.NextShardIterator)).toEqual(['2']);
  });

  it('begin where an iterator says', async () => {
    const stream = await kinesis.stream('begin');
    const one = await put(stream, '1');
    const latest = await kinesis.iterator(stream, { ShardIteratorType: 'LATEST' });
    await kinesis.running.cloud.clock.advance(10_000);
    const between = new Date(kinesis.running.cloud.clock.now() - 5_000);
    await put(stream, '2');
    const from = async (more: Partial<GetShardIteratorCommandInput>) =>
      kinesis.read(await kinesis.iterator(stream, more));
    expect(await from({ ShardIteratorType: 'TRIM_HORIZON' })).toEqual(['1', '2']);
    expect(await kinesis.read(latest)).toEqual(['2']);
    const StartingSequenceNumber = one.SequenceNumber;
    expect(await from({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber })).toEqual([
      '1',
      '2',
    ]);
    expect(await from({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber })).toEqual(['2']);
    expect(await from({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: between })).toEqual(['2']);
    expect(await from({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(0) })).toEqual(['1', '2']);
  });

  it('go to the shard of their key’s MD5, or of an explicit hash key', async () => {
    const stream = await kinesis.stream('hash', 2);
    const half = 2n ** 127n;
    const shardOf = async (PartitionKey: string, ExplicitHashKey?: bigint) => {
      const Data = Buffer.from('x');
      const { ShardId } = await kinesis.client.send(
        new PutRecordCommand({
          StreamName: stream,
          PartitionKey,
          Data,
          ...(ExplicitHashKey === undefined ? {} : { ExplicitHashKey: String(ExplicitHashKey) }),
        }),
      );
      return ShardId;
    };
    // MD5 of "a" is 0cc1…, of "b" 92eb….
    expect(await shardOf('a')).toBe('shardId-000000000000');
    expect(await shardOf('b')).toBe('shardId-000000000001');
    expect(await shardOf('b', half - 1n)).toBe('shardId-000000000000');
    expect(await shardOf('a', half)).toBe('shardId-000000000001');
    await expect(shardOf('a', half * 2n)).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${half * 2n}`,
    });
  });

  it('are refused one by one where a shard takes no more, and taken a second later', async () => {
    const stream = await kinesis.stream('limit');
    const batch = async () =>
      kinesis.client.send(
        new PutRecordsCommand({
          StreamName: stream,
          Records: Array.from({ length: 5 }, () => ({
            PartitionKey: 'k',
            Data: Buffer.alloc(300 * 1_024),
          })),
        }),
      );
    const answer = await batch();
    expect(answer.FailedRecordCount).toBe(2);
    expect(answer.Records?.[0]).toMatchObject({ ShardId: 'shardId-000000000000' });
    expect(answer.Records?.[4]).toEqual({
      ErrorCode: 'ProvisionedThroughputExceededException',
      ErrorMessage: `Rate exceeded for shard shardId-000000000000 in stream limit under account 111111111111.`,
    });
    await kinesis.running.cloud.clock.advance(1_000);
    expect((await batch()).FailedRecordCount).toBe(2);
    expect(await kinesis.read(await kinesis.iterator(stream))).toHaveLength(6);
  });

  it('may have a megabyte', async () => {
    const stream = await kinesis.stream('large');
    await put(stream, Buffer.alloc(2 ** 20 - 1));
    await expect(put(stream, Buffer.alloc(2 ** 20))).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('are kept for a day', async () => {
    const stream = await kinesis.stream('day');
    const { SequenceNumber } = await put(stream, 'old');
    await kinesis.running.cloud.clock.advance(23 * 3_600_000);
    await put(stream, 'new');
    expect(await kinesis.read(await kinesis.iterator(stream))).toEqual(['old', 'new']);
    await kinesis.running.cloud.clock.advance(2 * 3_600_000);
    expect(await kinesis.read(await kinesis.iterator(stream))).toEqual(['new']);
    const ShardIteratorType = 'AT_SEQUENCE_NUMBER';
    expect(
      await kinesis.read(
        await kinesis.iterator(stream, { ShardIteratorType, StartingSequenceNumber: SequenceNumber }),
      ),
    ).toEqual(['new']);
  });
});

describe('iterators', () => {
  it('expire after five minutes', async () => {
    const stream = await kinesis.stream('expire');
    const iterator = await kinesis.iterator(stream);
    await kinesis.running.cloud.clock.advance(299_000);
    expect(await kinesis.read(iterator)).toEqual([]);
    await kinesis.running.cloud.clock.advance(2_000);
    await expect(kinesis.read(iterator)).rejects.toMatchObject({
      name: 'ExpiredIteratorException',
      message: expect.stringMatching(
        /^Iterator expired\. The iterator was created at time \w{3} \w{3} \d\d [\d:]{8} UTC \d{4} while right now it is .* further in the future than the tolerated delay of 300000 milliseconds\.$/,
      ) as string,
    });
  });

  it('are refused in AWS’s words', async () => {
    const stream = await kinesis.stream('words', 2);
    const other = await put(stream, 'x', 'b');
    const refusal = async (more: Partial<GetShardIteratorCommandInput>) => {
      try {
        await kinesis.iterator(stream, more);
      } catch (error) {
        return `${(error as Error).name}: ${(error as Error).message}`;
      }
      return 'taken';
    };
    const StartingSequenceNumber = other.SequenceNumber;
    expect(await refusal({ ShardIteratorType: 'AT_SEQUENCE_NUMBER' })).toMatch(
      /^InvalidArgumentException: Must either specify .* Request specified AT_SEQUENCE_NUMBER and no StartingSequenceNumber\.$/,
    );
    expect(await refusal({ ShardIteratorType: 'LATEST', StartingSequenceNumber })).toMatch(
      /and also a StartingSequenceNumber\.$/,
    );
    expect(await refusal({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber })).toBe(
      'InvalidArgumentException: Invalid StartingSequenceNumber. It encodes shardId-000000000001, while it was used in a call to a shard with shardId-000000000000',
    );
    expect(await refusal({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: '5' })).toMatch(
      /: StartingSequenceNumber 5 used in GetShardIterator on shard shardId-000000000000 in stream words under account 111111111111 is invalid\.$/,
    );
    expect(await refusal({ ShardId: 'shardId-000000000007' })).toBe(
      'ResourceNotFoundException: Shard shardId-000000000007 in stream words under account 111111111111 does not exist',
    );
    expect(await refusal({ ShardId: 'none' })).toBe(
      'ResourceNotFoundException: Could not find shard none in stream words under account 111111111111.',
    );
    await expect(kinesis.read('AAAA')).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: 'Invalid ShardIterator.',
    });
  });
});
