import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SplitShardCommand } from '@aws-sdk/client-kinesis';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KinesisPort } from './port.ts';
import { parseSequenceNumber, sequenceNumber } from './sequence-number.ts';
import { arnOf, scope, TrialKinesis } from './testing/trial-kinesis.ts';

let kinesis: TrialKinesis;
let port: KinesisPort;
beforeAll(async () => {
  kinesis = await TrialKinesis.start();
  port = await kinesis.running.cloud.port('kinesis');
});
afterAll(async () => kinesis.stop());

const shard = 'shardId-000000000000';
const put = (arn: string, data: string) =>
  port.put(scope, arn, { data: Buffer.from(data), partitionKey: 'k' });
const texts = (page: ReturnType<KinesisPort['read']>) =>
  page.records.map(({ data }) => Buffer.from(data, 'base64').toString());

describe('the port', () => {
  it('reads records from every position, and on from where a page ended', async () => {
    const arn = arnOf(await kinesis.stream('port'));
    expect(port.stream(scope, arn)).toEqual({ name: 'port', arn, status: 'ACTIVE' });
    expect(port.stream(scope, arnOf('none'))).toBeUndefined();
    const empty = port.read(scope, arn, shard, 'LATEST', 10);
    expect([texts(empty), empty.millisBehindLatest, empty.ended]).toEqual([[], 0, false]);
    const one = put(arn, '1');
    await kinesis.running.cloud.clock.advance(1_000);
    const between = kinesis.running.cloud.clock.now();
    put(arn, '2');
    put(arn, '3');
    expect(texts(port.read(scope, arn, shard, empty.position, 10))).toEqual(['1', '2', '3']);
    const page = port.read(scope, arn, shard, 'TRIM_HORIZON', 2);
    expect(texts(page)).toEqual(['1', '2']);
    expect(texts(port.read(scope, arn, shard, page.position, 10))).toEqual(['3']);
    const all = (position: Parameters<KinesisPort['read']>[3]) =>
      texts(port.read(scope, arn, shard, position, 10));
    expect(all({ after: one.sequenceNumber })).toEqual(['2', '3']);
    expect(all({ from: one.sequenceNumber })).toEqual(['1', '2', '3']);
    expect(all({ timestamp: between })).toEqual(['2', '3']);
    const [only] = port.shards(scope, arn);
    expect(all({ after: only?.startingSequenceNumber ?? '' })).toEqual(['1', '2', '3']);
    // A position outlives the records before it.
    await kinesis.running.cloud.clock.advance(25 * 3_600_000);
    put(arn, '4');
    expect(all(page.position)).toEqual(['4']);
  });

  it('tells of a shard’s end and of its children', async () => {
    const name = await kinesis.stream('ends');
    const arn = arnOf(name);
    put(arn, '1');
    await kinesis.client.send(
      new SplitShardCommand({ StreamName: name, ShardToSplit: shard, NewStartingHashKey: '100' }),
    );
    const page = port.read(scope, arn, shard, 'TRIM_HORIZON', 10);
    expect([texts(page), page.ended]).toEqual([['1'], true]);
    expect(port.shards(scope, arn)).toMatchObject([
      { shardId: shard, endingSequenceNumber: expect.stringMatching(/^\d{56}$/) as string },
      { parentShardId: shard, endingSequenceNumber: undefined },
      { parentShardId: shard },
    ]);
  });

  it('wakes those who wait, later and once for several records', async () => {
    const arn = arnOf(await kinesis.stream('wakes'));
    let calls = 0;
    const stop = port.subscribe(scope, arn, () => calls++);
    put(arn, '1');
    put(arn, '2');
    expect(calls).toBe(0);
    await expect.poll(() => calls).toBe(1);
    stop();
    put(arn, '3');
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(calls).toBe(1);
  });
});

it('streams, records and positions outlive a restart', async () => {
  const home = await mkdtemp(join(tmpdir(), 'coldstart-kinesis-'));
  try {
    const first = await TrialKinesis.start(home);
    const arn = arnOf(await first.stream('kept'));
    const before = await first.running.cloud.port('kinesis');
    for (const data of ['a', 'b', 'c'])
      before.put(scope, arn, { data: Buffer.from(data), partitionKey: data });
    const page = before.read(scope, arn, shard, 'TRIM_HORIZON', 2);
    const iterator = await first.iterator('kept');
    const all = before.read(scope, arn, shard, 'TRIM_HORIZON', 10).records;
    await first.stop();

    const second = await TrialKinesis.start(home);
    const after = await second.running.cloud.port('kinesis');
    expect(after.read(scope, arn, shard, 'TRIM_HORIZON', 10).records).toEqual(all);
    expect(texts(after.read(scope, arn, shard, page.position, 10))).toEqual(['c']);
    expect(await second.read(iterator)).toEqual(['a', 'b', 'c']);
    await second.stop();
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

describe('sequence numbers', () => {
  it('have 56 digits, say what they were made of, and grow with the place', () => {
    const seconds = fc.integer({ min: 1_500_000_000, max: 7_000_000_000 });
    fc.assert(
      fc.property(
        seconds,
        fc.nat(),
        fc.bigInt({ min: 0n, max: 2n ** 60n }),
        seconds,
        seconds,
        (shardCreated, shardIndex, place, arrived, later) => {
          const made = sequenceNumber({ shardCreated, shardIndex, place, arrived });
          expect(made).toMatch(/^\d{56}$/);
          expect(parseSequenceNumber(made)).toEqual({ shardCreated, shardIndex, place, arrived });
          const next = sequenceNumber({ shardCreated, shardIndex, place: place + 1n, arrived: later });
          expect(next > made).toBe(true);
        },
      ),
    );
  });

  it.each(['', '0', '5', '12a', '9'.repeat(56), '1'.repeat(200)])('%s is none', (text) => {
    expect(parseSequenceNumber(text)).toBeUndefined();
  });
});
