import {
  AddPermissionCommand,
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  RemovePermissionCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import type { QueueAttributeName } from '@aws-sdk/client-sqs';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, trialSqs } from '../trial-sqs.ts';
import type { TrialSqs } from '../trial-sqs.ts';

let trial: TrialSqs;
beforeAll(async () => {
  trial = await trialSqs();
});
afterAll(() => trial.stop());

const attributesOf = async (QueueUrl: string, ...AttributeNames: QueueAttributeName[]) =>
  (await trial.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }))).Attributes;
const set = (QueueUrl: string, Attributes: Partial<Record<QueueAttributeName, string>>) =>
  trial.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
const other = '444455556666';

describe('a queue', () => {
  it('is made, found, listed, and deleted', async () => {
    const url = await trial.queue('life');
    expect(url).toBe(`${trial.running.origin}/${account}/life`);
    expect((await trial.sqs.send(new GetQueueUrlCommand({ QueueName: 'life' }))).QueueUrl).toBe(url);
    await trial.queue('life-2');
    const list = (more: object) =>
      trial.sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'life', ...more }));
    expect((await list({})).QueueUrls).toEqual([url, `${url}-2`]);
    const first = await list({ MaxResults: 1 });
    expect(first.QueueUrls).toEqual([url]);
    expect((await list({ MaxResults: 1, NextToken: first.NextToken })).QueueUrls).toEqual([`${url}-2`]);
    await trial.sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
    await trial.sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
    await expect(trial.sqs.send(new GetQueueUrlCommand({ QueueName: 'life' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
      Error: { Code: 'AWS.SimpleQueueService.NonExistentQueue' },
      $metadata: { httpStatusCode: 400 },
    });
    await expect(attributesOf('nonsense', 'All')).rejects.toMatchObject({ name: 'InvalidAddress' });
  });

  it('has AWS’s attributes', async () => {
    expect(await attributesOf(await trial.queue('plain'), 'All')).toEqual({
      QueueArn: `arn:aws:sqs:us-east-1:${account}:plain`,
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      ApproximateNumberOfMessagesDelayed: '0',
      CreatedTimestamp: expect.stringMatching(/^\d{10}$/) as string,
      LastModifiedTimestamp: expect.stringMatching(/^\d{10}$/) as string,
      VisibilityTimeout: '30',
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      DelaySeconds: '0',
      ReceiveMessageWaitTimeSeconds: '0',
      SqsManagedSseEnabled: 'true',
    });
    const fifo = await trial.queue('plain.fifo', { FifoQueue: 'true' });
    expect(await attributesOf(fifo, 'All')).toMatchObject({
      FifoQueue: 'true',
      ContentBasedDeduplication: 'false',
      DeduplicationScope: 'queue',
      FifoThroughputLimit: 'perQueue',
    });
    await set(fifo, { VisibilityTimeout: '69', FifoQueue: 'true', ContentBasedDeduplication: 'true' });
    expect(await attributesOf(fifo, 'VisibilityTimeout', 'ContentBasedDeduplication')).toEqual({
      VisibilityTimeout: '69',
      ContentBasedDeduplication: 'true',
    });
  });

  it('can be made twice only with what it has', async () => {
    const url = await trial.queue('twice', { DelaySeconds: '1' });
    expect(await trial.queue('twice', { DelaySeconds: '1' })).toBe(url);
    expect(await trial.queue('twice', { VisibilityTimeout: '30' })).toBe(url);
    await expect(trial.queue('twice', { DelaySeconds: '2' })).rejects.toMatchObject({
      name: 'QueueNameExists',
      message: 'A queue already exists with the same name and a different value for attribute DelaySeconds',
      Error: { Code: 'QueueAlreadyExists' },
    });
  });

  it.each<[string, object, string]>([
    ['a.b', {}, 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length'],
    [
      'x'.repeat(81),
      {},
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    ],
    ['a.fifo', {}, 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length'],
    ['a', { FifoQueue: 'true' }, 'must end with .fifo suffix and be 1 to 80 in length'],
    ['a', { VisibilityTimeout: '43201' }, 'Invalid value for the parameter VisibilityTimeout.'],
    ['a', { MaximumMessageSize: '1023' }, 'Invalid value for the parameter MaximumMessageSize.'],
    ['a', { Policy: 'nonsense' }, 'Invalid value for the parameter Policy.'],
    ['a', { ContentBasedDeduplication: 'true' }, 'Unknown Attribute ContentBasedDeduplication.'],
    [
      'a',
      { DeduplicationScope: 'queue' },
      'You can specify the DeduplicationScope only when FifoQueue is set to true.',
    ],
    ['a', { Colour: 'red' }, 'Unknown Attribute Colour.'],
  ])('%s with %j is refused', async (name, attributes, message) => {
    await expect(trial.queue(name, attributes)).rejects.toMatchObject({
      message: expect.stringContaining(message) as string,
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('stays the kind of queue that it is', async () => {
    const fifo = await trial.queue('kind.fifo', { FifoQueue: 'true' });
    await expect(set(fifo, { FifoQueue: 'false' })).rejects.toMatchObject({
      message: 'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
    });
    await expect(set(await trial.queue('kind'), { FifoQueue: 'true' })).rejects.toMatchObject({
      message: 'Unknown Attribute FifoQueue.',
    });
  });

  it('has tags', async () => {
    const { QueueUrl = '' } = await trial.sqs.send(
      new CreateQueueCommand({ QueueName: 'tagged', tags: { a: '1' } }),
    );
    await trial.sqs.send(new TagQueueCommand({ QueueUrl, Tags: { 팀: 'x y', b: '' } }));
    await trial.sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['a'] }));
    expect((await trial.sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ 팀: 'x y', b: '' });
  });

  it('is emptied, but not twice in a minute', async () => {
    const QueueUrl = await trial.queue('purged');
    await trial.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }));
    await trial.sqs.send(new PurgeQueueCommand({ QueueUrl }));
    expect(await trial.receive(QueueUrl)).toEqual([]);
    await expect(trial.sqs.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toMatchObject({
      name: 'PurgeQueueInProgress',
      message: 'Only one PurgeQueue operation on purged is allowed every 60 seconds.',
    });
    await trial.running.cloud.clock.advance(60_000);
    await trial.sqs.send(new PurgeQueueCommand({ QueueUrl }));
  });

  it('lets another account in by its policy alone', async () => {
    const QueueUrl = await trial.queue('shared');
    const stranger = trial.clientOf(other);
    const ask = () => stranger.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    await expect(ask()).rejects.toMatchObject({
      Error: { Code: 'AccessDenied' },
      $metadata: { httpStatusCode: 403 },
    });
    const allow = (Label: string) =>
      trial.sqs.send(
        new AddPermissionCommand({ QueueUrl, Label, AWSAccountIds: [other], Actions: ['SendMessage'] }),
      );
    await allow('they');
    await expect(allow('they')).rejects.toMatchObject({
      message: 'Value they for parameter Label is invalid. Reason: Already exists.',
    });
    const { Policy = '' } = (await attributesOf(QueueUrl, 'Policy')) ?? {};
    expect(JSON.parse(Policy)).toEqual({
      Version: '2008-10-17',
      Id: `arn:aws:sqs:us-east-1:${account}:shared/SQSDefaultPolicy`,
      Statement: [
        {
          Sid: 'they',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${other}:root` },
          Action: 'SQS:SendMessage',
          Resource: `arn:aws:sqs:us-east-1:${account}:shared`,
        },
      ],
    });
    await ask();
    expect((await trial.receive(QueueUrl))[0]?.Attributes?.SenderId).toBe(other);
    await expect(stranger.send(new ReceiveMessageCommand({ QueueUrl }))).rejects.toMatchObject({
      Error: { Code: 'AccessDenied' },
    });
    await trial.sqs.send(new RemovePermissionCommand({ QueueUrl, Label: 'they' }));
    await expect(ask()).rejects.toMatchObject({ Error: { Code: 'AccessDenied' } });
    expect(await attributesOf(QueueUrl, 'Policy')).toBeUndefined();
  });
});

describe('clients of the query protocol', () => {
  it('are served as well, and told the codes that they know', async () => {
    const client = new SQSClient({
      region: 'us-east-1',
      endpoint: trial.running.origin,
      maxAttempts: 1,
      credentials: { accessKeyId: account, secretAccessKey: 'x' },
      protocol: AwsQueryProtocol,
    });
    const { QueueUrl = '' } = await client.send(
      new CreateQueueCommand({ QueueName: 'query', Attributes: { DelaySeconds: '0' }, tags: { a: 'b' } }),
    );
    await client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: 'a & b',
        MessageAttributes: { n: { DataType: 'Number', StringValue: '1' } },
      }),
    );
    const { Messages } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    expect(Messages).toMatchObject([
      { Body: 'a & b', MessageAttributes: { n: { StringValue: '1' } }, Attributes: { SenderId: account } },
    ]);
    await expect(client.send(new GetQueueUrlCommand({ QueueName: 'missing' }))).rejects.toMatchObject({
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
    });
    await expect(
      client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 })),
    ).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
      message:
        'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
    });
    client.destroy();
  });

  it('may send to the queue’s own address', async () => {
    const url = await trial.queue('address');
    const ask = async (form: string) =>
      await (
        await fetch(url, {
          method: 'POST',
          body: form,
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
            'x-amz-date': '20260101T000000Z',
          },
        })
      ).text();
    expect(await ask('Action=SendMessage&Version=2012-11-05&MessageBody=hi')).toContain('<MD5OfMessageBody>');
    expect(await ask('Action=ReceiveMessage&Version=2012-11-05')).toContain('<Body>hi</Body>');
    expect(await ask('Action=SendMessage&Version=2012-11-05')).toContain(
      '<Code>MissingParameter</Code><Message>The request must contain the parameter MessageBody.</Message>',
    );
  });
});
