import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, region, scope } from '../../testing/small-cloud.ts';
import { fail, TrialSources } from '../testing/trial-sources.ts';
import type { GivenEvent } from '../testing/trial-sources.ts';

let trial: TrialSources;
let streamArn: string;
beforeEach(async () => {
  trial = new TrialSources();
  trial.answer(() => null);
  await trial.small.ready('f');
  streamArn = await tableOf('changes');
});
afterEach(() => trial.end());

async function tableOf(TableName: string): Promise<string> {
  const made = await trial.dynamodb('CreateTable', {
    TableName,
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
  await trial.pass(5000);
  return made.TableDescription?.LatestStreamArn ?? '';
}
const put = async (...ids: string[]): Promise<void> => {
  for (const id of ids) await trial.dynamodb('PutItem', { TableName: 'changes', Item: { id: { S: id } } });
  await trial.pass(0);
};
const map = (more: object = {}): Promise<string> =>
  trial.map({ EventSourceArn: streamArn, FunctionName: 'f', StartingPosition: 'TRIM_HORIZON', ...more });
const idsOf = (event: GivenEvent | undefined): string[] =>
  (event?.Records ?? []).map(
    (record) => (record as { dynamodb: { Keys: { id: { S: string } } } }).dynamodb.Keys.id.S,
  );
const all = (): string[][] => trial.events.map(idsOf);
const sequenceOf = (event: GivenEvent, id: string): string =>
  (event.Records[idsOf(event).indexOf(id)] as { dynamodb: { SequenceNumber: string } }).dynamodb
    .SequenceNumber;
const lastResult = async (UUID: string): Promise<unknown> =>
  (await trial.small.call('GetEventSourceMapping', { UUID })).LastProcessingResult;
const waits = (expected: string[][]): Promise<void> => expect.poll(all).toEqual(expected);

describe('records of a table’s stream', () => {
  it('are given to the function in the recorded shape, from the first or from the last on', async () => {
    await put('a');
    const UUID = await map();
    await waits([['a']]);
    expect(trial.events[0]).toEqual({
      Records: [
        {
          eventID: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
          eventName: 'INSERT',
          eventVersion: '1.1',
          eventSource: 'aws:dynamodb',
          awsRegion: region,
          dynamodb: {
            ApproximateCreationDateTime: expect.any(Number) as number,
            Keys: { id: { S: 'a' } },
            NewImage: { id: { S: 'a' } },
            SequenceNumber: expect.stringMatching(/^\d+$/) as string,
            SizeBytes: expect.any(Number) as number,
            StreamViewType: 'NEW_AND_OLD_IMAGES',
          },
          eventSourceARN: streamArn,
        },
      ],
    });
    expect(await lastResult(UUID)).toBe('OK');
    await trial.small.ready('g');
    await map({ FunctionName: 'g', StartingPosition: 'LATEST' });
    await put('b');
    await expect.poll(() => all().filter(([id]) => id === 'b').length).toBe(2);
    expect(all().flat().sort()).toEqual(['a', 'b', 'b']);
  });

  it('are batched by size and window', async () => {
    await put('1', '2', '3', '4', '5');
    await map({ BatchSize: 2, MaximumBatchingWindowInSeconds: 10 });
    await waits([
      ['1', '2'],
      ['3', '4'],
    ]);
    await trial.pass(9000);
    expect(all()).toHaveLength(2);
    await trial.pass(1000);
    await waits([['1', '2'], ['3', '4'], ['5']]);
  });

  it('block their shard while they are tried again, more and more slowly, and are discarded in the end', async () => {
    const onFailure = await trial.queue('discarded');
    trial.answer((event) => (idsOf(event).includes('bad') ? fail : null));
    const UUID = await map({
      BatchSize: 1,
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: onFailure } },
    });
    await put('good', 'bad', 'next');
    await waits([['good'], ['bad']]);
    expect(await lastResult(UUID)).toBe('PROBLEM: Function call failed');
    await trial.pass(999);
    expect(all()).toHaveLength(2);
    await trial.pass(1);
    await waits([['good'], ['bad'], ['bad']]);
    await trial.pass(2000);
    await waits([['good'], ['bad'], ['bad'], ['bad'], ['next']]);
    const [message] = trial.port.receive(scope, onFailure, 10);
    const sequence = sequenceOf(trial.events[1] as GivenEvent, 'bad');
    expect(JSON.parse(message?.body ?? '')).toEqual({
      requestContext: {
        requestId: trial.small.execution.ran[3]?.invocation.requestId,
        functionArn: `arn:aws:lambda:${region}:${account}:function:f`,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 3,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: expect.stringMatching(/^2026-11-23T[\d:.]+Z$/) as string,
      DDBStreamBatchInfo: {
        shardId: expect.stringMatching(/^shardId-/) as string,
        startSequenceNumber: sequence,
        endSequenceNumber: sequence,
        approximateArrivalOfFirstRecord: expect.stringMatching(/:\d\dZ$/) as string,
        approximateArrivalOfLastRecord: expect.stringMatching(/:\d\dZ$/) as string,
        batchSize: 1,
        streamArn,
      },
    });
  });

  it('are halved where the function fails, until the one that is bad is alone', async () => {
    await put('1', '2', '3', 'bad', '5');
    trial.answer((event) => (idsOf(event).includes('bad') ? fail : null));
    await map({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1 });
    for (let at = 0; at < 12; at += 1) await trial.pass(4000);
    await waits([['1', '2', '3', 'bad', '5'], ['1', '2', '3'], ['bad', '5'], ['bad'], ['bad'], ['5']]);
  });

  it('that are reported are where the next attempt begins, and their attempts are counted anew', async () => {
    await put('0', '1', '2', 'bad', '4');
    trial.answer((event) =>
      idsOf(event).includes('bad')
        ? { batchItemFailures: [{ itemIdentifier: sequenceOf(event, 'bad') }] }
        : { batchItemFailures: null },
    );
    await map({ FunctionResponseTypes: ['ReportBatchItemFailures'], MaximumRetryAttempts: 1 });
    for (let at = 0; at < 6; at += 1) await trial.pass(4000);
    await put('5');
    await waits([['0', '1', '2', 'bad', '4'], ['bad', '4'], ['bad', '4'], ['5']]);
  });

  it('that are too old are discarded, before and between attempts', async () => {
    const bucket = 'arn:aws:s3:::discarded';
    trial.small.objects.set('discarded/x', new Uint8Array());
    trial.answer(() => fail);
    const UUID = await map({
      MaximumRecordAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: bucket } },
    });
    await put('a');
    await expect.poll(() => all().length).toBe(1);
    for (let at = 0; at < 10; at += 1) await trial.pass(10_000);
    await expect.poll(() => trial.small.objects.size).toBe(2);
    const [key = '', bytes] = [...trial.small.objects].at(-1) ?? [];
    expect(key).toMatch(
      new RegExp(
        `^discarded/aws/lambda/${UUID}/shardId-[^/]+/2026/11/23/2026-11-23T\\d\\d\\.\\d\\d\\.\\d\\d-[0-9a-f-]{36}$`,
      ),
    );
    expect(JSON.parse(Buffer.from(bytes ?? []).toString())).toMatchObject({
      requestContext: { condition: 'RecordAgeExceeded' },
      payload: { Records: [{ dynamodb: { Keys: { id: { S: 'a' } } } }] },
    });
  });

  it('are measured by the age of the last one of a batch', async () => {
    const measured: unknown[] = [];
    trial.small.ports.cloudwatch = {
      record: (_scope: object, _space: string, metric: string, dimensions: object, value: number) => {
        if (metric === 'IteratorAge') measured.push([dimensions, value]);
      },
    };
    await put('a', 'b');
    await trial.pass(60_000);
    await map();
    await expect.poll(() => measured).toContainEqual([{ FunctionName: 'f' }, expect.any(Number)]);
    const [[, age] = []] = measured as [object, number][];
    expect(age).toBeGreaterThanOrEqual(60_000);
    expect(age).toBeLessThan(62_000);
  });

  it('that no filter matches are passed over', async () => {
    await map({
      FilterCriteria: {
        Filters: [{ Pattern: '{"eventName":["INSERT"],"dynamodb":{"Keys":{"id":{"S":[{"prefix":"ok"}]}}}}' }],
      },
    });
    await put('ok1', 'no', 'ok2');
    await expect.poll(() => all().flat()).toEqual(['ok1', 'ok2']);
  });

  it('keep their order for each item, whatever the parallelization', async () => {
    const open: { readonly id: string; readonly end: () => void }[] = [];
    trial.answer(
      (event) =>
        new Promise((resolve) => {
          open.push({ id: idsOf(event)[0] ?? '', end: () => resolve(null) });
        }),
    );
    await map({ BatchSize: 1, ParallelizationFactor: 4 });
    for (const n of ['1', '2', '3']) {
      for (const id of 'abcdef') {
        await trial.dynamodb('PutItem', { TableName: 'changes', Item: { id: { S: id }, n: { N: n } } });
      }
    }
    await trial.pass(0);
    await expect.poll(() => open.length).toBeGreaterThan(1);
    expect(new Set(open.map(({ id }) => id)).size).toBe(open.length);
    trial.answer(() => null);
    for (const { end } of open) end();
    await expect.poll(() => all().flat().sort().join('')).toBe('aaabbbcccdddeeefff');
    const numbers = new Map<string, string>();
    for (const event of trial.events) {
      const id = idsOf(event)[0] ?? '';
      const sequence = sequenceOf(event, id);
      expect(sequence > (numbers.get(id) ?? '')).toBe(true);
      numbers.set(id, sequence);
    }
  });

  it('go on where they were after a restart: nothing is skipped, and nothing that is done runs again', async () => {
    await map({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1 });
    await put('done');
    await waits([['done']]);
    await trial.restart();
    trial.answer(() => fail);
    await put('1', '2');
    // Separate puts may be separate batches; here they arrive before the lane reads.
    await expect.poll(() => all().length).toBeGreaterThan(1);
    const before = all().length;
    await trial.restart();
    trial.answer(() => null);
    for (let at = 0; at < 6; at += 1) await trial.pass(4000);
    await expect.poll(() => all().slice(before).flat()).toEqual(['1', '2']);
    expect(
      all()
        .flat()
        .filter((id) => id === 'done'),
    ).toHaveLength(1);
  });

  it('wait while the mapping is disabled', async () => {
    const UUID = await map();
    await trial.small.call('UpdateEventSourceMapping', { UUID, Enabled: false });
    await trial.pass(1000);
    await put('a');
    expect(all()).toEqual([]);
    expect(await trial.small.call('GetEventSourceMapping', { UUID })).toMatchObject({ State: 'Disabled' });
    await trial.small.call('UpdateEventSourceMapping', { UUID, Enabled: true });
    await trial.pass(1000);
    await waits([['a']]);
  });

  it('are summed up over tumbling windows', async () => {
    trial.answer((event) => ({
      state: { seen: ((event['state'] as { seen?: number }).seen ?? 0) + event.Records.length },
    }));
    await map({ TumblingWindowInSeconds: 30 });
    await put('1');
    await expect.poll(() => all().length).toBe(1);
    await put('2');
    await expect.poll(() => all().length).toBe(2);
    await trial.pass(30_000);
    await expect.poll(() => all().length).toBe(3);
    const window = {
      start: expect.stringMatching(/:(?:00|30)Z$/) as string,
      end: expect.stringMatching(/:(?:00|30)Z$/) as string,
    };
    const more = { shardId: expect.stringMatching(/^shardId-/) as string, eventSourceARN: streamArn };
    expect(trial.events).toMatchObject([
      { state: {}, window, ...more, isFinalInvokeForWindow: false, isWindowTerminatedEarly: false },
      { state: { seen: 1 }, window, ...more, isFinalInvokeForWindow: false },
      { Records: [], state: { seen: 2 }, window, ...more, isFinalInvokeForWindow: true },
    ]);
  });
});
