import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, region, roleArn, scope } from '../../testing/small-cloud.ts';
import { fail, TrialSources } from '../testing/trial-sources.ts';
import type { GivenEvent } from '../testing/trial-sources.ts';

const streamArn = `arn:aws:kinesis:${region}:${account}:stream/clicks`;
let trial: TrialSources;
beforeEach(async () => {
  trial = new TrialSources();
  trial.answer(() => null);
  await trial.small.ready('f');
  await trial.kinesis('CreateStream', { StreamName: 'clicks', ShardCount: 1 });
  await trial.pass(5000);
});
afterEach(() => trial.end());

const put = async (...texts: string[]): Promise<void> => {
  for (const text of texts) {
    await trial.kinesis('PutRecord', {
      StreamName: 'clicks',
      PartitionKey: text[0] ?? '',
      Data: Buffer.from(text),
    });
  }
  await trial.pass(0);
};
const map = (more: object = {}): Promise<string> =>
  trial.map({ EventSourceArn: streamArn, FunctionName: 'f', StartingPosition: 'TRIM_HORIZON', ...more });
const dataOf = (event: GivenEvent): string[] =>
  event.Records.map(({ kinesis }) => Buffer.from((kinesis as { data: string }).data, 'base64').toString());
const all = (): string[] => trial.events.flatMap(dataOf);

describe('records of a Kinesis stream', () => {
  it('are given to the function in the documented shape', async () => {
    await map();
    await put('a1');
    await expect.poll(() => trial.events.length).toBe(1);
    expect(trial.events[0]).toEqual({
      Records: [
        {
          kinesis: {
            kinesisSchemaVersion: '1.0',
            partitionKey: 'a',
            sequenceNumber: expect.stringMatching(/^\d{56}$/) as string,
            data: Buffer.from('a1').toString('base64'),
            approximateArrivalTimestamp: expect.any(Number) as number,
          },
          eventSource: 'aws:kinesis',
          eventVersion: '1.0',
          eventID: expect.stringMatching(/^shardId-000000000000:\d{56}$/) as string,
          eventName: 'aws:kinesis:record',
          invokeIdentityArn: roleArn,
          awsRegion: region,
          eventSourceARN: streamArn,
        },
      ],
    });
  });

  it('begin at the first, the last or a time', async () => {
    await put('a-old');
    await trial.pass(60_000);
    const between = new Date(trial.small.clock.now());
    await trial.pass(60_000);
    await put('a-recent');
    for (const name of ['horizon', 'latest', 'time']) await trial.small.ready(name);
    await map({ FunctionName: 'horizon' });
    await map({ FunctionName: 'latest', StartingPosition: 'LATEST' });
    await map({
      FunctionName: 'time',
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp: between,
    });
    await put('a-new');
    const of = (name: string): string[] =>
      trial.small.execution.ran.flatMap(({ version }, at) =>
        version.name === name ? dataOf(trial.events[at] as GivenEvent) : [],
      );
    await expect.poll(() => of('horizon')).toEqual(['a-old', 'a-recent', 'a-new']);
    await expect.poll(() => of('latest')).toEqual(['a-new']);
    await expect.poll(() => of('time')).toEqual(['a-recent', 'a-new']);
  });

  it('are filtered by what their data is', async () => {
    await map({
      FilterCriteria: {
        Filters: [{ Pattern: '{"data":{"city":["Seoul"]}}' }, { Pattern: '{"partitionKey":["p"]}' }],
      },
    });
    await put('{"city":"Seoul"}', '{"city":"Busan"}', 'plain', 'other');
    await expect.poll(all).toEqual(['{"city":"Seoul"}', 'plain']);
  });

  it('of a shard that was split come before those of its children', async () => {
    const open: (() => void)[] = [];
    trial.answer(
      () =>
        new Promise((resolve) => {
          open.push(() => resolve(null));
        }),
    );
    await map({ StartingPosition: 'LATEST' });
    await put('a-parent');
    await expect.poll(() => open.length).toBe(1);
    await trial.kinesis('SplitShard', {
      StreamName: 'clicks',
      ShardToSplit: 'shardId-000000000000',
      NewStartingHashKey: '170141183460469231731687303715884105728',
    });
    await trial.pass(5000);
    await put('b-child', 'c-child', 'd-child', 'e-child');
    await trial.pass(1000);
    expect(all()).toEqual(['a-parent']);
    trial.answer(() => null);
    open[0]?.();
    await expect.poll(() => all().sort()).toEqual(['a-parent', 'b-child', 'c-child', 'd-child', 'e-child']);
    const shards = trial.events.flatMap(({ Records }) =>
      Records.map(({ eventID }) => String(eventID).split(':')[0]),
    );
    expect(new Set(shards).size).toBe(3);
    // The parent is done with: after a restart only the children are read.
    await trial.restart();
    await put('f-child');
    await expect.poll(() => all().length).toBe(6);
  });

  it('that are discarded are told of in the documented shape', async () => {
    const onFailure = await trial.queue('discarded');
    trial.answer(() => fail);
    await map({ MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: onFailure } } });
    await put('a1');
    await expect.poll(() => trial.port.attributes(scope, onFailure)?.visible).toBe(1);
    const [message] = trial.port.receive(scope, onFailure, 1);
    expect(JSON.parse(message?.body ?? '')).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 1 },
      KinesisBatchInfo: {
        shardId: 'shardId-000000000000',
        approximateArrivalOfFirstRecord: expect.stringMatching(/\.\d{3}Z$/) as string,
        batchSize: 1,
        streamArn,
      },
    });
  });
});
