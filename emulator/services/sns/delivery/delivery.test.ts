import {
  DeleteTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { AddPermissionCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archive } from '../../lambda/testing/archive.ts';
import { studentAt } from '../../lambda/testing/student.ts';
import type { DeliveryRow } from '../rows.ts';
import { account, queueArn, trialSns } from '../trial-sns.ts';
import type { TrialSns } from '../trial-sns.ts';

let trial: TrialSns;
beforeAll(async () => {
  trial = await trialSns();
});
afterAll(() => trial.stop());

const publish = (TopicArn: string, Message: string, more: object = {}) =>
  trial.sns.send(new PublishCommand({ TopicArn, Message, ...more }));
const decisions = (by: string) =>
  trial.running.cloud.trail
    .read({ account, region: 'us-east-1' })
    .flatMap((entry) => (entry.kind === 'decision' && entry.facts.by === by ? [entry.facts] : []));
const waiting = () =>
  trial.running.cloud.state.table<DeliveryRow>('sns.deliveries').in({ account, region: 'us-east-1' }).size;

describe('a queue that is subscribed', () => {
  it('gets notifications, or the message alone where it asked for that', async () => {
    const topic = await trial.topic('news');
    const enveloped = await trial.queue('enveloped');
    const raw = await trial.queue('raw');
    const subscription = await trial.subscribe(topic, 'enveloped');
    await trial.subscribe(topic, 'raw', { RawMessageDelivery: 'true' });
    const { MessageId } = await publish(topic, '안녕 "you"', {
      Subject: 'Hello',
      MessageAttributes: { attr1: { DataType: 'Number', StringValue: '99.12' } },
    });
    const [notification] = await trial.receive(enveloped, 1);
    expect(notification?.Body?.split('\n')[1]).toBe('  "Type" : "Notification",');
    expect(JSON.parse(notification?.Body ?? '')).toEqual({
      Type: 'Notification',
      MessageId,
      TopicArn: topic,
      Subject: 'Hello',
      Message: '안녕 "you"',
      Timestamp: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/) as string,
      SignatureVersion: '1',
      Signature: expect.stringMatching(/^[\w+/=]+$/) as string,
      SigningCertURL: expect.stringContaining('https://sns.us-east-1.amazonaws.com/Simple') as string,
      UnsubscribeURL: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscription}`,
      MessageAttributes: { attr1: { Type: 'Number', Value: '99.12' } },
    });
    expect(notification?.MessageAttributes).toBeUndefined();
    expect((await trial.receive(raw, 1))[0]).toMatchObject({
      Body: '안녕 "you"',
      // Recorded on AWS.
      MD5OfMessageAttributes: 'd302007e9aa062660afc85fd0a482472',
      MessageAttributes: { attr1: { DataType: 'Number', StringValue: '99.12' } },
    });
  });

  it('gets what its filter lets through, and of a structured message the text for queues', async () => {
    const topic = await trial.topic('filtered');
    const url = await trial.queue('some');
    const arn = await trial.subscribe(topic, 'some', {
      FilterPolicy: '{"kind":["order"]}',
      RawMessageDelivery: 'true',
    });
    const kind = (StringValue: string) => ({
      MessageAttributes: { kind: { DataType: 'String', StringValue } },
    });
    await publish(topic, 'no');
    await publish(topic, 'nor this', kind('other'));
    await publish(topic, '{"default":"D","sqs":"Q","lambda":"L"}', {
      ...kind('order'),
      MessageStructure: 'json',
    });
    expect((await trial.receive(url, 1)).map(({ Body }) => Body)).toEqual(['Q']);
    const set = (AttributeName: string, AttributeValue: string) =>
      trial.sns.send(
        new SetSubscriptionAttributesCommand({ SubscriptionArn: arn, AttributeName, AttributeValue }),
      );
    await set('FilterPolicyScope', 'MessageBody');
    await set('FilterPolicy', '{"a":{"b":[{"numeric":[">",1]}]}}');
    await publish(topic, '{"a":{"b":1}}', kind('order'));
    await publish(topic, '{"a":{"b":2}}');
    expect((await trial.receive(url, 1)).map(({ Body }) => Body)).toEqual(['{"a":{"b":2}}']);
    await trial.sns.send(new DeleteTopicCommand({ TopicArn: topic }));
    await expect(publish(topic, 'gone')).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('that does not let SNS send gets nothing: the trail says why, and the dead-letter queue has the message', async () => {
    const topic = await trial.topic('refused');
    await trial.queue('closed', false);
    const dead = await trial.queue('dead-letters');
    const arn = await trial.subscribe(topic, 'closed', {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead-letters') }),
    });
    await publish(topic, 'lost?');
    const [message] = await trial.receive(dead, 1);
    expect(JSON.parse(message?.Body ?? '')).toMatchObject({ Type: 'Notification', Message: 'lost?' });
    expect(decisions(arn)).toMatchObject([
      { outcome: 'dead-lettered', why: expect.stringContaining('AccessDenied') as string },
    ]);

    const url = await trial.queue('soon-gone');
    const gone = await trial.subscribe(topic, 'soon-gone');
    await trial.sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
    await publish(topic, 'nobody');
    await expect
      .poll(() => decisions(gone))
      .toMatchObject([{ outcome: 'dropped', why: expect.stringContaining('QueueDoesNotExist') as string }]);
    await expect.poll(waiting).toBe(0);
  });

  it('gets every message of a batch, and of a FIFO topic each once and in order', async () => {
    const topic = await trial.topic('orders.fifo', { FifoTopic: 'true', ContentBasedDeduplication: 'true' });
    const url = await trial.queue('orders.fifo');
    await trial.subscribe(topic, 'orders.fifo', { RawMessageDelivery: 'true' });
    const PublishBatchRequestEntries = ['1', '2', '3', '1'].map((Message, index) => ({
      Id: String(index),
      Message,
      MessageGroupId: 'g',
    }));
    const { Successful, Failed } = await trial.sns.send(
      new PublishBatchCommand({ TopicArn: topic, PublishBatchRequestEntries }),
    );
    expect(Failed).toEqual([]);
    expect(Successful?.[3]?.MessageId).toBe(Successful?.[0]?.MessageId);
    expect(Successful?.[0]?.SequenceNumber).toMatch(/^\d{20}$/);
    await expect.poll(waiting).toBe(0);
    const messages = await trial.receive(url, 1);
    expect(messages.map(({ Body }) => Body)).toEqual(['1', '2', '3']);
    expect(messages[0]?.Attributes?.MessageGroupId).toBe('g');
    await expect(publish(topic, 'm')).rejects.toMatchObject({
      message: 'Invalid parameter: The MessageGroupId parameter is required for FIFO topics',
    });
  });
});

describe('a function that is subscribed', () => {
  it('is invoked with the event of SNS when its policy lets the topic', async () => {
    const { lambda, make } = await studentAt(trial.running.origin);
    await make(
      'listener',
      archive({
        'index.mjs':
          'const seen = []; export const handler = async (event) => { if (event.Records) seen.push(event); return seen; };',
      }),
    );
    const topic = await trial.topic('calls');
    const Endpoint = `arn:aws:lambda:us-east-1:${account}:function:listener`;
    const { SubscriptionArn = '' } = await trial.sns.send(
      new SubscribeCommand({ TopicArn: topic, Protocol: 'lambda', Endpoint }),
    );
    await publish(topic, 'too early');
    await expect
      .poll(() => decisions(SubscriptionArn))
      .toMatchObject([
        { outcome: 'dropped', why: expect.stringContaining('resource-based policy') as string },
      ]);
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: 'listener',
        StatementId: 'sns',
        Action: 'lambda:InvokeFunction',
        Principal: 'sns.amazonaws.com',
        SourceArn: topic,
      }),
    );
    const { MessageId } = await publish(topic, 'now', {
      MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
    });
    const ended = () =>
      trial.running.cloud.trail
        .read({ account, region: 'us-east-1' })
        .filter((entry) => entry.kind === 'lambda.invocation' && entry.facts.outcome !== undefined).length;
    await expect.poll(ended, { timeout: 15_000 }).toBe(1);
    // The environment of the event is warm and free: it answers with what it got.
    const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'listener', Payload: '{}' }));
    const seen: unknown = JSON.parse(Buffer.from(Payload ?? []).toString());
    expect(seen).toMatchObject([
      {
        Records: [
          {
            EventSource: 'aws:sns',
            EventVersion: '1.0',
            EventSubscriptionArn: SubscriptionArn,
            Sns: {
              Type: 'Notification',
              MessageId,
              TopicArn: topic,
              Subject: null,
              Message: 'now',
              MessageAttributes: { a: { Type: 'String', Value: 'b' } },
            },
          },
        ],
      },
    ]);
    lambda.destroy();
  });
});
