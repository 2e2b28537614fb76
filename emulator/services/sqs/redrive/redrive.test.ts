import {
  CancelMessageMoveTaskCommand,
  DeleteMessageCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, trialSqs } from '../trial-sqs.ts';
import type { TrialSqs } from '../trial-sqs.ts';

let trial: TrialSqs;
beforeAll(async () => {
  trial = await trialSqs();
});
afterAll(() => trial.stop());

const arn = (name: string) => `arn:aws:sqs:us-east-1:${account}:${name}`;
const redrive = (to: string, maxReceiveCount: number) => ({
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn(to), maxReceiveCount }),
});
const send = (QueueUrl: string, MessageBody: string, more: object = {}) =>
  trial.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
const pass = (seconds: number) => trial.running.cloud.clock.advance(seconds * 1000);
const waiting = { WaitTimeSeconds: 1 };

describe('a redrive policy', () => {
  it('moves a message that was received too often, and keeps what it was', async () => {
    const dead = await trial.queue('dead');
    const url = await trial.queue('source', { ...redrive('dead', 2), VisibilityTimeout: '30' });
    const { MessageId } = await send(url, 'poison', {
      MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
    });
    for (const count of ['1', '2']) {
      const [message] = await trial.receive(url);
      expect(message?.Attributes?.ApproximateReceiveCount).toBe(count);
      await pass(30);
    }
    // It is the next receive that finds it was received too often.
    expect(await trial.receive(dead)).toEqual([]);
    expect(await trial.receive(url)).toEqual([]);
    const [message] = await trial.receive(dead);
    expect(message).toMatchObject({
      MessageId,
      Body: 'poison',
      MessageAttributes: { a: { StringValue: 'b' } },
      Attributes: { DeadLetterQueueSourceArn: arn('source'), ApproximateReceiveCount: '3' },
    });
    const { queueUrls } = await trial.sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }));
    expect(queueUrls).toEqual([url]);
    const told = trial.running.cloud.trail
      .read({ account, region: 'us-east-1' })
      .filter((entry) => entry.kind === 'decision' && entry.facts.outcome === 'dead-lettered');
    expect(told).toMatchObject([{ facts: { by: arn('source') }, cause: expect.any(String) as string }]);
  });

  it('wakes who polls the dead-letter queue', async () => {
    const dead = await trial.queue('dead-polled');
    const url = await trial.queue('source-polled', { ...redrive('dead-polled', 1), VisibilityTimeout: '0' });
    await send(url, 'poison');
    const poll = trial.receive(dead, { WaitTimeSeconds: 20 });
    await trial.receive(url);
    await expect.poll(async () => (await trial.receive(url)).length).toBe(0);
    expect((await poll).map(({ Body }) => Body)).toEqual(['poison']);
  });

  it('moves a message of a group away, so that the next of the group comes', async () => {
    await trial.queue('dead.fifo', { FifoQueue: 'true' });
    const url = await trial.queue('source.fifo', {
      FifoQueue: 'true',
      ContentBasedDeduplication: 'true',
      VisibilityTimeout: '10',
      ...redrive('dead.fifo', 1),
    });
    for (const body of ['1', '2']) await send(url, body, { MessageGroupId: 'g' });
    await trial.receive(url, { MaxNumberOfMessages: 1 });
    await pass(10);
    expect((await trial.receive(url)).map(({ Body }) => Body)).toEqual(['2']);
  });

  it.each([
    ['{"deadLetterTargetArn": "dummy", "maxReceiveCount": 42}', 'Invalid value for deadLetterTargetArn.'],
    [
      JSON.stringify({ deadLetterTargetArn: arn('nowhere'), maxReceiveCount: 1 }),
      'Dead letter target does not exist.',
    ],
    [
      JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 0 }),
      'Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive.',
    ],
    ['nonsense', 'Redrive policy is not a valid JSON map.'],
    [
      JSON.stringify({ maxReceiveCount: 1 }),
      'Redrive policy does not contain mandatory attribute: deadLetterTargetArn.',
    ],
  ])('%s is refused', async (RedrivePolicy, reason) => {
    await trial.queue('dead');
    await expect(trial.queue('refused', { RedrivePolicy })).rejects.toMatchObject({
      Error: { Code: 'InvalidParameterValue' },
      message: `Value ${RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
    });
  });

  it('is refused by a queue that does not allow the source', async () => {
    const dead = await trial.queue('picky', {
      RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [arn('friend')] }),
    });
    await trial.queue('friend', redrive('picky', 1));
    await expect(trial.queue('stranger', redrive('picky', 1))).rejects.toMatchObject({
      Error: { Code: 'InvalidParameterValue' },
    });
    await expect(
      trial.sqs.send(
        new SetQueueAttributesCommand({ QueueUrl: dead, Attributes: { RedriveAllowPolicy: '{}' } }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidAttributeValue' });
  });
});

describe('a task that moves messages back', () => {
  it('moves them as new messages to where they came from', async () => {
    const dead = await trial.queue('dead-back');
    const url = await trial.queue('source-back', { ...redrive('dead-back', 1), VisibilityTimeout: '10' });
    for (const body of ['1', '2', '3']) await send(url, body);
    const first = await trial.receive(url);
    await pass(10);
    expect(await trial.receive(url)).toEqual([]);
    const { TaskHandle } = await trial.sqs.send(
      new StartMessageMoveTaskCommand({ SourceArn: arn('dead-back'), MaxNumberOfMessagesPerSecond: 2 }),
    );
    expect(TaskHandle).toBeTruthy();
    await expect(
      trial.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arn('dead-back') })),
    ).rejects.toMatchObject({
      message:
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    });
    await pass(0);
    await pass(2);
    const messages = await trial.receive(url, waiting);
    expect(messages.map(({ Body }) => Body)).toEqual(['1', '2', '3']);
    expect(messages[0]?.Attributes?.ApproximateReceiveCount).toBe('1');
    expect(messages[0]?.MessageId).not.toBe(first[0]?.MessageId);
    const { Results } = await trial.sqs.send(
      new ListMessageMoveTasksCommand({ SourceArn: arn('dead-back'), MaxResults: 10 }),
    );
    expect(Results).toMatchObject([
      { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3, ApproximateNumberOfMessagesToMove: 3 },
    ]);
    expect(await trial.receive(dead)).toEqual([]);
  });

  it('can be cancelled, and is refused where it has no sense', async () => {
    const dead = await trial.queue('dead-slow');
    await trial.queue('source-slow', redrive('dead-slow', 1));
    await trial.queue('elsewhere');
    for (const body of ['1', '2', '3']) await send(dead, body);
    const { TaskHandle } = await trial.sqs.send(
      new StartMessageMoveTaskCommand({
        SourceArn: arn('dead-slow'),
        DestinationArn: arn('elsewhere'),
        MaxNumberOfMessagesPerSecond: 1,
      }),
    );
    await pass(0);
    const cancelled = await trial.sqs.send(
      new CancelMessageMoveTaskCommand({ TaskHandle: TaskHandle ?? '' }),
    );
    expect(cancelled.ApproximateNumberOfMessagesMoved).toBeLessThan(3);
    await expect(
      trial.sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: 'nonsense' })),
    ).rejects.toMatchObject({ message: 'Value for parameter TaskHandle is invalid.' });
    await expect(
      trial.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arn('elsewhere') })),
    ).rejects.toMatchObject({ message: 'Source queue must be configured as a Dead Letter Queue.' });
    await expect(
      trial.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arn('nowhere') })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "The resource that you specified for the SourceArn parameter doesn't exist.",
    });
    const [message] = await trial.receive(dead, { MaxNumberOfMessages: 1 });
    await trial.sqs.send(
      new DeleteMessageCommand({ QueueUrl: dead, ReceiptHandle: message?.ReceiptHandle ?? '' }),
    );
  });
});
