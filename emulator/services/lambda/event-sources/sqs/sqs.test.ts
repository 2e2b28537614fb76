import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, region, scope } from '../../testing/small-cloud.ts';
import { fail, queueArn, TrialSources } from '../testing/trial-sources.ts';
import type { GivenEvent } from '../testing/trial-sources.ts';

let trial: TrialSources;
beforeEach(async () => {
  trial = new TrialSources();
  trial.answer(() => null);
  await trial.small.ready('f');
});
afterEach(() => trial.end());

const bodies = (event: GivenEvent | undefined): unknown[] => (event?.Records ?? []).map(({ body }) => body);
const all = (): unknown[][] => trial.events.map(bodies);
const counts = (queue = 'q') => {
  const { visible, inFlight } = trial.port.attributes(scope, queueArn(queue)) ?? {
    visible: -1,
    inFlight: -1,
  };
  return { visible, inFlight };
};
const empty = { visible: 0, inFlight: 0 };
const idOf = (event: GivenEvent, body: string): unknown =>
  event.Records.find((record) => record['body'] === body)?.['messageId'];

describe('messages of a queue', () => {
  it('are given to the function in the documented shape, and deleted', async () => {
    const EventSourceArn = await trial.queue('q');
    await trial.map({ EventSourceArn, FunctionName: 'f' });
    trial.port.send(scope, EventSourceArn, {
      body: 'hello',
      messageAttributes: { colour: { dataType: 'String', stringValue: 'red' } },
      traceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793',
    });
    await expect.poll(() => trial.events.length).toBe(1);
    expect(trial.events[0]).toEqual({
      Records: [
        {
          messageId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          receiptHandle: expect.any(String) as string,
          body: 'hello',
          attributes: {
            ApproximateReceiveCount: '1',
            AWSTraceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793',
            SentTimestamp: expect.stringMatching(/^\d{13}$/) as string,
            SenderId: account,
            ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/) as string,
          },
          messageAttributes: {
            colour: { stringValue: 'red', stringListValues: [], binaryListValues: [], dataType: 'String' },
          },
          md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
          md5OfBody: '5d41402abc4b2a76b9719d911017c592',
          eventSource: 'aws:sqs',
          eventSourceARN: EventSourceArn,
          awsRegion: region,
        },
      ],
    });
    await expect.poll(counts).toEqual(empty);
  });

  it('are batched up to the size, and a window waits for more', async () => {
    const EventSourceArn = await trial.queue('q');
    await trial.map({ EventSourceArn, FunctionName: 'f', BatchSize: 3 });
    trial.send('q', '1', '2', '3', '4');
    await expect.poll(counts).toEqual(empty);
    expect(all().map((batch) => batch.length)).toEqual([3, 1]);

    const slow = await trial.queue('slow');
    await trial.map({
      EventSourceArn: slow,
      FunctionName: 'f',
      BatchSize: 25,
      MaximumBatchingWindowInSeconds: 20,
    });
    for (let at = 0; at < 20; at += 1) trial.send('slow', `s${at}`);
    await trial.pass(19_000);
    expect(trial.events).toHaveLength(2);
    await trial.pass(1000);
    await expect.poll(() => all()[2]?.length).toBe(20);
    for (let at = 0; at < 30; at += 1) trial.send('slow', `t${at}`);
    // A batch that is full does not wait.
    await expect.poll(() => all()[3]?.length).toBe(25);
    expect(all()).toHaveLength(4);
    await trial.pass(20_000);
    await expect.poll(() => all()[4]?.length).toBe(5);
  });

  it('are split where they are more than 6 MB together', async () => {
    const EventSourceArn = await trial.queue('q');
    const large = 'x'.repeat(900_000);
    trial.send('q', ...Array.from({ length: 9 }, () => large));
    await trial.map({ EventSourceArn, FunctionName: 'f' });
    await expect.poll(counts).toEqual(empty);
    expect(all().map((batch) => batch.length)).toEqual([6, 3]);
    expect(trial.small.execution.ran.every(({ invocation }) => invocation.payload.length <= 6_291_456)).toBe(
      true,
    );
  });

  it('come back after the visibility timeout where the function failed, and go to the dead-letter queue at last', async () => {
    const dead = await trial.queue('dead');
    const EventSourceArn = await trial.queue('q', {
      VisibilityTimeout: '30',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead, maxReceiveCount: 2 }),
    });
    trial.answer(() => fail);
    await trial.map({ EventSourceArn, FunctionName: 'f' });
    trial.send('q', 'poison');
    await expect.poll(() => trial.events.length).toBe(1);
    await trial.pass(29_000);
    expect(counts()).toEqual({ visible: 0, inFlight: 1 });
    await trial.pass(1000);
    await expect.poll(() => trial.events.length).toBe(2);
    await trial.pass(30_000);
    await expect.poll(() => counts('dead')).toEqual({ visible: 1, inFlight: 0 });
    expect(trial.events).toHaveLength(2);
    expect(trial.events[1]?.Records[0]?.['attributes']).toMatchObject({ ApproximateReceiveCount: '2' });
  });

  it('that the function reports come back alone; a report that is wrong fails them all', async () => {
    const EventSourceArn = await trial.queue('q', { VisibilityTimeout: '30' });
    await trial.map({
      EventSourceArn,
      FunctionName: 'f',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumBatchingWindowInSeconds: 1,
    });
    trial.answer((event) => ({ batchItemFailures: [{ itemIdentifier: idOf(event, 'bad') }] }));
    trial.send('q', 'good', 'bad', 'fine');
    await trial.pass(1000);
    await expect.poll(counts).toEqual({ visible: 0, inFlight: 1 });
    for (const failures of [
      [{ itemIdentifier: '' }],
      [{ itemIdentifier: null }],
      [{ foo: 'x' }],
      [{ itemIdentifier: 'unknown' }],
      'text',
    ]) {
      trial.answer(() => ({ batchItemFailures: failures }));
      const before = trial.events.length;
      await trial.pass(30_000);
      await trial.pass(1000);
      await expect.poll(() => trial.events.length).toBe(before + 1);
      expect(all().at(-1)).toEqual(['bad']);
      expect(counts()).toEqual({ visible: 0, inFlight: 1 });
    }
    trial.answer(() => ({ batchItemFailures: [] }));
    await trial.pass(30_000);
    await trial.pass(1000);
    await expect.poll(counts).toEqual(empty);
  });

  it('that no filter matches are deleted without an invocation', async () => {
    const EventSourceArn = await trial.queue('q');
    await trial.map({
      EventSourceArn,
      FunctionName: 'f',
      FilterCriteria: {
        Filters: [
          { Pattern: '{"body":{"price":[{"numeric":[">",100]}]}}' },
          { Pattern: '{"body":["plain"]}' },
        ],
      },
    });
    trial.send('q', '{"price":5}', '{"price":105}', 'plain', 'other', '"plain"', '{not json');
    await expect.poll(counts).toEqual(empty);
    expect(all().flat()).toEqual(['{"price":105}', 'plain']);
  });

  it('of a FIFO queue keep their order: a group has one batch at a time', async () => {
    const EventSourceArn = await trial.queue('q.fifo', {
      FifoQueue: 'true',
      ContentBasedDeduplication: 'true',
      VisibilityTimeout: '30',
    });
    const open: (() => void)[] = [];
    trial.answer(
      () =>
        new Promise((resolve) => {
          open.push(() => resolve(null));
        }),
    );
    await trial.map({ EventSourceArn, FunctionName: 'f', BatchSize: 1 });
    for (const [groupId, body] of [
      ['a', 'a1'],
      ['a', 'a2'],
      ['b', 'b1'],
    ] as const) {
      trial.port.send(scope, EventSourceArn, { body, groupId });
    }
    await expect.poll(() => all().flat()).toEqual(['a1', 'b1']);
    expect(trial.events[0]?.Records[0]?.['attributes']).toMatchObject({
      MessageGroupId: 'a',
      SequenceNumber: expect.stringMatching(/^\d+$/) as string,
    });
    open.shift()?.();
    await expect.poll(() => all().flat()).toEqual(['a1', 'b1', 'a2']);
    while (open.length > 0) open.shift()?.();
    await expect.poll(() => counts('q.fifo')).toEqual(empty);
  });

  it('wait for their function while it is throttled, and go back to the queue then', async () => {
    const EventSourceArn = await trial.queue('q', { VisibilityTimeout: '30' });
    await trial.small.call('PutFunctionConcurrency', { FunctionName: 'f', ReservedConcurrentExecutions: 0 });
    await trial.map({ EventSourceArn, FunctionName: 'f' });
    trial.send('q', 'late');
    await expect.poll(() => counts().inFlight).toBe(1);
    for (let at = 0; at < 6; at += 1) await trial.pass(5000);
    // 30 seconds after it was received it is received again.
    await expect.poll(() => counts().inFlight).toBe(1);
    expect(trial.events).toHaveLength(0);
    await trial.small.call('DeleteFunctionConcurrency', { FunctionName: 'f' });
    for (let at = 0; at < 6; at += 1) await trial.pass(5000);
    await expect.poll(counts).toEqual(empty);
    expect(trial.events[0]?.Records[0]?.['attributes']).toMatchObject({ ApproximateReceiveCount: '2' });
  });

  it('go to up to five batches at a time at first, and to no more than MaximumConcurrency', async () => {
    const EventSourceArn = await trial.queue('q');
    trial.answer(() => new Promise(() => undefined));
    const UUID = await trial.map({ EventSourceArn, FunctionName: 'f', BatchSize: 1 });
    trial.send('q', ...Array.from({ length: 9 }, (_, at) => String(at)));
    await expect.poll(() => trial.events.length).toBe(5);
    await trial.small.call('DeleteEventSourceMapping', { UUID });
    const limited = await trial.queue('limited');
    await trial.map({
      EventSourceArn: limited,
      FunctionName: 'f',
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    trial.send('limited', ...Array.from({ length: 9 }, (_, at) => String(at)));
    await expect.poll(() => trial.events.length).toBe(7);
    await trial.pass(10_000);
    expect(trial.events).toHaveLength(7);
  });

  it('are not lost where the cloud ends while the function runs, nor run again once it has answered', async () => {
    const EventSourceArn = await trial.queue('q', { VisibilityTimeout: '30' });
    await trial.map({ EventSourceArn, FunctionName: 'f' });
    trial.send('q', 'done');
    await expect.poll(counts).toEqual(empty);
    trial.answer(() => new Promise(() => undefined));
    trial.send('q', 'cut off');
    await expect.poll(() => trial.events.length).toBe(2);
    await trial.restart();
    trial.answer(() => null);
    expect(counts()).toEqual({ visible: 0, inFlight: 1 });
    await trial.pass(30_000);
    await expect.poll(counts).toEqual(empty);
    expect(all()).toEqual([['done'], ['cut off'], ['cut off']]);
  });

  it('that waited for more when the mapping was changed, or for a throttled function, are back at once', async () => {
    const EventSourceArn = await trial.queue('q');
    const UUID = await trial.map({
      EventSourceArn,
      FunctionName: 'f',
      MaximumBatchingWindowInSeconds: 300,
    });
    trial.send('q', 'x');
    await expect.poll(() => counts().inFlight).toBe(1);
    await trial.small.call('UpdateEventSourceMapping', { UUID, MaximumBatchingWindowInSeconds: 0 });
    await trial.pass(1000);
    await expect.poll(counts).toEqual(empty);
    await trial.small.call('PutFunctionConcurrency', { FunctionName: 'f', ReservedConcurrentExecutions: 0 });
    trial.send('q', 'y');
    await expect.poll(() => counts().inFlight).toBe(1);
    await trial.pass(500);
    await trial.small.call('UpdateEventSourceMapping', { UUID, Enabled: false });
    await expect.poll(counts).toEqual({ visible: 1, inFlight: 0 });
    expect(all()).toEqual([['x']]);
  });

  it('are read again once the function’s role may, and once the function is there again', async () => {
    const EventSourceArn = await trial.queue('q');
    await trial.map({ EventSourceArn, FunctionName: 'f' });
    trial.small.allowed = () => false;
    trial.send('q', 'x');
    await trial.pass(20_000);
    expect(counts()).toEqual({ visible: 1, inFlight: 0 });
    trial.small.allowed = () => true;
    await trial.pass(10_000);
    await expect.poll(counts).toEqual(empty);
    await trial.small.call('DeleteFunction', { FunctionName: 'f' });
    trial.send('q', 'y');
    await trial.pass(20_000);
    expect(counts()).toEqual({ visible: 1, inFlight: 0 });
    await trial.small.ready('f');
    await trial.pass(10_000);
    await expect.poll(counts).toEqual(empty);
  });

  it('that go round in circles are stopped, and moved to the dead-letter queue', async () => {
    const dead = await trial.queue('dead');
    const EventSourceArn = await trial.queue('q', {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead, maxReceiveCount: 100 }),
    });
    await trial.map({ EventSourceArn, FunctionName: 'f' });
    // What a function does that sends its message to its own queue with the SDK.
    trial.small.execution.answer = (_version, { traceHeader }) => {
      trial.port.send(scope, EventSourceArn, {
        body: 'again',
        ...(traceHeader === undefined ? {} : { traceHeader }),
      });
      return Promise.resolve({ payload: Buffer.from('null') });
    };
    trial.send('q', 'first');
    await expect.poll(() => counts('dead').visible, { timeout: 5000 }).toBe(1);
    expect(trial.events).toHaveLength(16);
    expect(counts()).toEqual(empty);
  });
});

it('the trail leads from the message through the poll to the invocation', async () => {
  const EventSourceArn = await trial.queue('q');
  const UUID = await trial.map({ EventSourceArn, FunctionName: 'f' });
  const sent = await trial.sqs('SendMessage', {
    QueueUrl: `http://127.0.0.1:4566/${account}/q`,
    MessageBody: 'x',
  });
  expect(sent.MessageId).toBeDefined();
  await expect.poll(() => trial.events.length).toBe(1);
  const entries = trial.small.cloud.trail.read(scope);
  const cause = trial.small.execution.ran[0]?.invocation.cause;
  const poll = entries.find(({ id }) => id === cause);
  expect(poll).toMatchObject({
    kind: 'decision',
    facts: { by: `arn:aws:lambda:${region}:${account}:event-source-mapping:${UUID}`, outcome: 'polled' },
  });
  expect(entries.find(({ id }) => id === poll?.cause)).toMatchObject({
    kind: 'api.call',
    facts: { operation: 'SendMessage' },
  });
});
