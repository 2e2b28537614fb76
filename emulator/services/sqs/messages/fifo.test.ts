import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trialSqs } from '../trial-sqs.ts';
import type { TrialSqs } from '../trial-sqs.ts';

let trial: TrialSqs;
beforeAll(async () => {
  trial = await trialSqs();
});
afterAll(() => trial.stop());

const fifo = (name: string, attributes: object = {}) =>
  trial.queue(`${name}.fifo`, { FifoQueue: 'true', ContentBasedDeduplication: 'true', ...attributes });
const send = (QueueUrl: string, MessageBody: string, group: string, more: object = {}) =>
  trial.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: group, ...more }));
const bodies = (messages: readonly Message[]) => messages.map(({ Body }) => Body);
const remove = (QueueUrl: string, message: Message | undefined) =>
  trial.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle ?? '' }));
const pass = (seconds: number) => trial.running.cloud.clock.advance(seconds * 1000);

describe('a FIFO queue', () => {
  it('keeps each group in order, and a group waits while one of its messages is in flight', async () => {
    const url = await fifo('ordered');
    for (const body of ['a1', 'b1', 'a2', 'b2', 'a3']) await send(url, body, body.charAt(0));
    const first = await trial.receive(url, { MaxNumberOfMessages: 2 });
    // An answer is filled with one group's messages before another group's.
    expect(bodies(first)).toEqual(['a1', 'a2']);
    const second = await trial.receive(url);
    expect(bodies(second)).toEqual(['b1', 'b2']);
    expect(await trial.receive(url)).toEqual([]);
    await remove(url, first[0]);
    expect(await trial.receive(url)).toEqual([]);
    await remove(url, first[1]);
    const third = await trial.receive(url);
    expect(bodies(third)).toEqual(['a3']);
    const numbers = [...first, ...third].map(({ Attributes }) => Attributes?.SequenceNumber ?? '');
    expect(numbers).toEqual([...numbers].sort());
    expect(numbers[0]).toMatch(/^\d{20}$/);
    expect(third[0]?.Attributes).toMatchObject({ MessageGroupId: 'a', ApproximateReceiveCount: '1' });
  });

  it('gives a message that came back before those behind it', async () => {
    const url = await fifo('returned', { VisibilityTimeout: '10' });
    for (const body of ['1', '2', '3']) await send(url, body, 'g');
    const [one, two] = await trial.receive(url, { MaxNumberOfMessages: 2 });
    await remove(url, two);
    await trial.sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: url,
        ReceiptHandle: one?.ReceiptHandle ?? '',
        VisibilityTimeout: 0,
      }),
    );
    const again = await trial.receive(url);
    expect(bodies(again)).toEqual(['1', '3']);
    await pass(11);
    await expect(remove(url, again[0])).rejects.toMatchObject({
      Error: { Code: 'InvalidParameterValue' },
      message: `Value ${again[0]?.ReceiptHandle ?? ''} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
    });
    expect(bodies(await trial.receive(url, { MaxNumberOfMessages: 1 }))).toEqual(['1']);
  });

  it('wakes who polls long when a group is free again', async () => {
    const url = await fifo('woken');
    await send(url, '1', 'g');
    await send(url, '2', 'g');
    const [one] = await trial.receive(url, { MaxNumberOfMessages: 1 });
    const waiting = trial.receive(url, { WaitTimeSeconds: 20 });
    await remove(url, one);
    expect(bodies(await waiting)).toEqual(['2']);
  });

  it('delivers what has the same id once in five minutes, even after it was deleted', async () => {
    const url = await fifo('once');
    const sent = await send(url, 'same', 'g');
    await remove(url, (await trial.receive(url))[0]);
    const repeated = await send(url, 'same', 'other');
    expect([repeated.MessageId, repeated.SequenceNumber]).toEqual([sent.MessageId, sent.SequenceNumber]);
    expect(await trial.receive(url)).toEqual([]);
    await send(url, 'same', 'g', { MessageDeduplicationId: 'another' });
    expect((await trial.receive(url)).map(({ Attributes }) => Attributes?.MessageDeduplicationId)).toEqual([
      'another',
    ]);
    await pass(300);
    expect((await send(url, 'same', 'other')).MessageId).not.toBe(sent.MessageId);
    expect(bodies(await trial.receive(url, { MaxNumberOfMessages: 1 }))).toHaveLength(1);
  });

  it('remembers ids for each group where its scope is the group', async () => {
    const url = await fifo('scoped', {
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });
    for (const group of ['a', 'b', 'a']) await send(url, 'same', group);
    expect((await trial.receive(url)).map(({ Attributes }) => Attributes?.MessageGroupId)).toEqual([
      'a',
      'b',
    ]);
  });

  it('refuses what is not for it', async () => {
    const url = await trial.queue('strict.fifo', { FifoQueue: 'true' });
    await expect(
      trial.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'm' })),
    ).rejects.toMatchObject({
      Error: { Code: 'MissingParameter' },
      message: 'The request must contain the parameter MessageGroupId.',
    });
    await expect(send(url, 'm', 'g')).rejects.toMatchObject({
      message:
        'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    });
    await expect(send(url, 'm', 'g', { MessageDeduplicationId: '' })).rejects.toMatchObject({
      message:
        'Value  for parameter MessageDeduplicationId is invalid. Reason: MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
    });
    await expect(send(url, 'm', 'g', { MessageDeduplicationId: 'd', DelaySeconds: 2 })).rejects.toMatchObject(
      {
        message:
          'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
      },
    );
    const batch = await trial.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: '1', MessageBody: 'a', MessageGroupId: 'g', MessageDeduplicationId: '1' },
          { Id: '2', MessageBody: 'b', MessageGroupId: 'g' },
        ],
      }),
    );
    expect(batch.Successful?.map(({ Id }) => Id)).toEqual(['1']);
    expect(batch.Failed).toMatchObject([{ Id: '2', Code: 'InvalidParameterValue' }]);
  });
});
