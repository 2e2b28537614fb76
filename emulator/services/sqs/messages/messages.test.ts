import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, trialSqs } from '../trial-sqs.ts';
import type { TrialSqs } from '../trial-sqs.ts';

let trial: TrialSqs;
beforeAll(async () => {
  trial = await trialSqs();
});
afterAll(() => trial.stop());

const send = (QueueUrl: string, MessageBody: string, more: object = {}) =>
  trial.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
const pass = (seconds: number) => trial.running.cloud.clock.advance(seconds * 1000);
const counts = async (QueueUrl: string) => {
  const { Attributes } = await trial.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  return [
    Attributes?.ApproximateNumberOfMessages,
    Attributes?.ApproximateNumberOfMessagesNotVisible,
    Attributes?.ApproximateNumberOfMessagesDelayed,
  ];
};

describe('a message', () => {
  it('is sent, received with what was sent, and deleted; the client verifies the digests', async () => {
    const url = await trial.queue('whole');
    const MessageAttributes = {
      General: { DataType: 'String', StringValue: 'Kenobi' },
      Hello: { DataType: 'String', StringValue: 'There' },
      'Help.Me': { DataType: 'String', StringValue: 'Me' },
    };
    const sent = await send(url, 'msg', {
      MessageAttributes,
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-2-3' } },
    });
    // Digests recorded on AWS.
    expect(sent.MD5OfMessageAttributes).toBe('4c360f3fdafd970e05fae2f149d997f5');
    expect(sent.MD5OfMessageBody).toBe('6e2baaf3b97dbeef01c0043275f9a0e7');
    const [message] = await trial.receive(url, { VisibilityTimeout: 5 });
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'msg',
      MD5OfBody: '6e2baaf3b97dbeef01c0043275f9a0e7',
      MD5OfMessageAttributes: '4c360f3fdafd970e05fae2f149d997f5',
      MessageAttributes,
      Attributes: { SenderId: account, ApproximateReceiveCount: '1', AWSTraceHeader: 'Root=1-2-3' },
    });
    expect(Number(message?.Attributes?.SentTimestamp)).toBeGreaterThan(1_600_000_000_000);
    expect(await counts(url)).toEqual(['0', '1', '0']);
    await trial.sqs.send(
      new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle ?? '' }),
    );
    expect(await counts(url)).toEqual(['0', '0', '0']);
    await pass(10);
    expect(await trial.receive(url)).toEqual([]);
    // Once more is no error.
    await trial.sqs.send(
      new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle ?? '' }),
    );
  });

  it('comes with the attributes that are asked for, and their digest', async () => {
    const url = await trial.queue('chosen', { VisibilityTimeout: '0' });
    await send(url, 'msg', {
      MessageAttributes: {
        General: { DataType: 'String', StringValue: 'Kenobi' },
        Hello: { DataType: 'String', StringValue: 'There' },
        'Help.Me': { DataType: 'String', StringValue: 'Me' },
      },
    });
    const asking = async (...MessageAttributeNames: string[]) => {
      const { Messages } = await trial.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MessageAttributeNames,
          MessageSystemAttributeNames: ['SenderId'],
          WaitTimeSeconds: 5,
        }),
      );
      return [
        Messages?.[0]?.MD5OfMessageAttributes,
        Object.keys(Messages?.[0]?.MessageAttributes ?? {}),
        Messages?.[0]?.Attributes,
      ];
    };
    const system = { SenderId: account };
    expect(await asking()).toEqual([undefined, [], system]);
    expect(await asking('Hello', 'General')).toEqual([
      'fca026605781cb4126a1e9044df24232',
      ['General', 'Hello'],
      system,
    ]);
    expect(await asking('Hel.*')).toEqual(['83fee93c1bcd8b9a5a923ffacdc636c7', ['Hello', 'Help.Me'], system]);
    expect((await asking('.*'))[0]).toBe('4c360f3fdafd970e05fae2f149d997f5');
    expect(await asking('Foo', 'Hello')).toEqual(['a311262e065454b75da111d535b8dacd', ['Hello'], system]);
  });

  it('is hidden for its visibility timeout, which can be changed, and then comes again', async () => {
    const url = await trial.queue('hidden', { VisibilityTimeout: '40' });
    await send(url, 'again');
    const [first] = await trial.receive(url);
    await pass(39);
    expect(await trial.receive(url)).toEqual([]);
    await pass(1);
    const [second] = await trial.receive(url);
    expect(second?.Attributes?.ApproximateReceiveCount).toBe('2');
    expect(second?.Attributes?.ApproximateFirstReceiveTimestamp).toBe(
      first?.Attributes?.ApproximateFirstReceiveTimestamp,
    );
    const handle = second?.ReceiptHandle ?? '';
    expect(handle).not.toBe(first?.ReceiptHandle);
    const change = (VisibilityTimeout: number, ReceiptHandle = handle) =>
      trial.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout }));
    await change(100);
    await pass(99);
    expect(await trial.receive(url)).toEqual([]);
    await change(0);
    const [third] = await trial.receive(url);
    expect(third?.Attributes?.ApproximateReceiveCount).toBe('3');
    await expect(change(5)).rejects.toMatchObject({ name: 'MessageNotInflight' });
    await expect(change(43_201)).rejects.toMatchObject({
      message: expect.stringContaining('43200') as string,
    });
    await expect(change(5, 'nonsense')).rejects.toMatchObject({
      name: 'ReceiptHandleIsInvalid',
      $metadata: { httpStatusCode: 404 },
    });
    // An outdated handle deletes nothing.
    await trial.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: handle }));
    expect(await counts(url)).toEqual(['0', '1', '0']);
  });

  it('is delayed by its own delay or the queue’s, and expires', async () => {
    const url = await trial.queue('delayed', { DelaySeconds: '30', MessageRetentionPeriod: '60' });
    await send(url, 'queue');
    await send(url, 'own', { DelaySeconds: 10 });
    await send(url, 'now', { DelaySeconds: 0 });
    expect(await counts(url)).toEqual(['1', '0', '2']);
    const bodies = async () => (await trial.receive(url)).map(({ Body }) => Body);
    expect(await bodies()).toEqual(['now']);
    await pass(10);
    expect(await bodies()).toEqual(['own']);
    await pass(20);
    expect(await bodies()).toEqual(['queue', 'now']);
    await pass(30);
    expect(await counts(url)).toEqual(['0', '0', '0']);
  });

  it.each([
    [{ MessageBody: '' }, 'MissingParameter', 'The request must contain the parameter MessageBody.'],
    [{ DelaySeconds: 901 }, 'InvalidParameterValue', 'DelaySeconds must be >= 0 and <= 900.'],
    [
      { MessageBody: 'x'.repeat(1025) },
      'InvalidParameterValue',
      'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
    ],
    [{ MessageBody: '\u0000' }, 'InvalidMessageContents', 'Invalid characters found.'],
    [
      { MessageAttributes: { ErrorDetails: { DataType: 'String', StringValue: '' } } },
      'InvalidParameterValue',
      "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.",
    ],
    [
      { MessageGroupId: 'a'.repeat(129) },
      'InvalidParameterValue',
      'MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
    ],
  ])('%j is refused', async (more, code, message) => {
    const url = await trial.queue('strict', { MaximumMessageSize: '1024' });
    await expect(send(url, 'm', more)).rejects.toMatchObject({
      message: expect.stringContaining(message) as string,
      Error: { Code: code },
    });
  });
});

describe('long polling', () => {
  it('answers as soon as there is a message, in the order of asking, and empty when the time is over', async () => {
    const url = await trial.queue('awaited');
    const started = Date.now();
    const waiting = [1, 2].map(() => trial.receive(url, { WaitTimeSeconds: 20, MaxNumberOfMessages: 1 }));
    await send(url, 'first');
    await send(url, 'second');
    const bodies = (await Promise.all(waiting)).map((messages) => messages.map(({ Body }) => Body));
    expect(bodies.flat().sort()).toEqual(['first', 'second']);
    expect(Date.now() - started).toBeLessThan(5000);

    const empty = trial.receive(url, { WaitTimeSeconds: 20 });
    let answered = false;
    void empty.then(() => (answered = true));
    await expect.poll(() => trial.receive(url)).toEqual([]);
    expect(answered).toBe(false);
    // The wait is the cloud's time.
    await expect
      .poll(async () => {
        await pass(20);
        return answered;
      })
      .toBe(true);
    expect(await empty).toEqual([]);
  });

  it('lets go of a client that has gone: the message is for the next', async () => {
    const url = await trial.queue('deserted');
    const gone = new AbortController();
    const poll = trial.sqs
      .send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }), { abortSignal: gone.signal })
      .catch((error: unknown) => (error as Error).name);
    // The request has arrived when another on the same queue, sent later, was answered.
    await expect.poll(() => counts(url)).toEqual(['0', '0', '0']);
    gone.abort();
    expect(await poll).toBe('AbortError');
    await expect
      .poll(async () => {
        await send(url, 'for you');
        return (await trial.receive(url)).length;
      })
      .toBeGreaterThan(0);
  });

  it('ends with the cloud', async () => {
    const own = await trialSqs();
    const url = await own.queue('ending');
    const poll = own.receive(url, { WaitTimeSeconds: 20 }).catch(() => []);
    await own.stop();
    expect(await poll).toEqual([]);
  });
});

describe('batches', () => {
  it('succeed and fail entry by entry', async () => {
    const url = await trial.queue('batched');
    const sent = await trial.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: 'a', MessageBody: 'A' },
          { Id: 'b', MessageBody: 'B', DelaySeconds: 9999 },
          { Id: 'c', MessageBody: 'C' },
        ],
      }),
    );
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a', 'c']);
    expect(sent.Failed).toMatchObject([{ Id: 'b', SenderFault: true, Code: 'InvalidParameterValue' }]);
    const messages = await trial.receive(url);
    expect(messages.map(({ Body }) => Body)).toEqual(['A', 'C']);
    const entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    const hidden = await trial.sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: url,
        Entries: [
          { ...entries[0], Id: 'x', ReceiptHandle: entries[0]?.ReceiptHandle, VisibilityTimeout: 0 },
          { Id: 'y', ReceiptHandle: 'nonsense', VisibilityTimeout: 0 },
        ],
      }),
    );
    expect(hidden).toMatchObject({ Successful: [{ Id: 'x' }], Failed: [{ Id: 'y', SenderFault: true }] });
    const deleted = await trial.sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: entries }));
    expect(deleted.Successful?.length).toBe(2);
    expect(deleted.Failed).toBeUndefined();
    expect(await counts(url)).toEqual(['0', '0', '0']);
  });

  it.each([
    [[], 'EmptyBatchRequest', 'AWS.SimpleQueueService.EmptyBatchRequest'],
    [
      Array.from({ length: 20 }, (_, index) => String(index)),
      'Maximum number of entries per request are 10. You have sent 20.',
      'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
    ],
    [['a', 'a'], 'Id a repeated.', 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct'],
    [
      ['invalid:id'],
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      'AWS.SimpleQueueService.InvalidBatchEntryId',
    ],
  ])('with the ids %j are refused', async (ids, message, Code) => {
    const url = await trial.queue('batched');
    const Entries = ids.map((Id) => ({ Id, MessageBody: 'm' }));
    await expect(
      trial.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries })),
    ).rejects.toMatchObject({
      Error: { Code },
      ...(ids.length > 0 && { message }),
    });
  });

  it('are refused when they are too long together', async () => {
    const url = await trial.queue('batched');
    const Entries = ['a', 'b'].map((Id) => ({ Id, MessageBody: 'x'.repeat(524_289) }));
    await expect(
      trial.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries })),
    ).rejects.toMatchObject({
      name: 'BatchRequestTooLong',
      message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048578 bytes.',
    });
  });
});
