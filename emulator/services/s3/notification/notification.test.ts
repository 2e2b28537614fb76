import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectTaggingCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { Event, NotificationConfiguration } from '@aws-sdk/client-s3';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { DeleteQueueCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, trialS3 } from '../trial-s3.ts';
import type { TrialS3 } from '../trial-s3.ts';
import { filter, listenersAt, notify } from './trial.ts';
import type { Listeners } from './trial.ts';

let trial: TrialS3;
let listeners: Listeners;
beforeAll(async () => {
  trial = await trialS3();
  listeners = listenersAt(trial.running.origin);
});
afterAll(async () => {
  listeners.stop();
  await trial.stop();
});

const configuration = async (Bucket: string): Promise<NotificationConfiguration> => {
  const { $metadata, ...told } = await trial.s3.send(
    new GetBucketNotificationConfigurationCommand({ Bucket }),
  );
  expect($metadata.httpStatusCode).toBe(200);
  return told;
};
const decisions = (Bucket: string) =>
  trial.running.cloud.trail
    .read({ account, region: 'us-east-1' })
    .flatMap((entry) =>
      entry.kind === 'decision' && entry.facts.by === `arn:aws:s3:::${Bucket}` ? [entry] : [],
    );

describe('a queue that a bucket notifies', () => {
  it('is sent a test event, and a record of each object that the filter lets through', async () => {
    const Bucket = await trial.bucket('notes');
    const queue = await listeners.queue('notes');
    const rule = {
      QueueArn: queue.arn,
      Events: ['s3:ObjectCreated:*' as Event],
      Filter: filter('in/', '.txt'),
    };
    await notify(trial.s3, Bucket, { QueueConfigurations: [{ Id: 'mine', ...rule }] });
    expect(await configuration(Bucket)).toEqual({
      QueueConfigurations: [
        {
          Id: 'mine',
          QueueArn: queue.arn,
          Events: ['s3:ObjectCreated:*'],
          // Capitals as on AWS (recorded).
          Filter: {
            Key: {
              FilterRules: [
                { Name: 'Prefix', Value: 'in/' },
                { Name: 'Suffix', Value: '.txt' },
              ],
            },
          },
        },
      ],
    });
    const [test] = await listeners.bodies(queue.url, 1);
    expect(JSON.parse(test ?? '')).toEqual({
      Service: 'Amazon S3',
      Event: 's3:TestEvent',
      Time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      Bucket,
      RequestId: expect.any(String) as string,
      HostId: expect.any(String) as string,
    });

    await trial.put(Bucket, 'out/a.txt', 'no');
    await trial.put(Bucket, 'in/a.jpg', 'no');
    const { ETag = '', $metadata } = await trial.put(Bucket, "in/안녕 it's a+b(1).txt", 'hello');
    const [body] = await listeners.bodies(queue.url, 1);
    expect(JSON.parse(body ?? '')).toEqual({
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: 'us-east-1',
          eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/) as string,
          eventName: 'ObjectCreated:Put',
          userIdentity: { principalId: `AWS:${account}` },
          requestParameters: { sourceIPAddress: '127.0.0.1' },
          responseElements: {
            'x-amz-request-id': $metadata.requestId,
            'x-amz-id-2': $metadata.extendedRequestId,
          },
          s3: {
            s3SchemaVersion: '1.0',
            configurationId: 'mine',
            bucket: {
              name: Bucket,
              ownerIdentity: { principalId: expect.stringMatching(/^A[A-Z2-7]{13}$/) as string },
              arn: 'arn:aws:s3:::notes',
            },
            object: {
              key: 'in/%EC%95%88%EB%85%95+it%27s+a%2Bb%281%29.txt',
              size: 5,
              eTag: ETag.replaceAll('"', ''),
              sequencer: expect.stringMatching(/^[0-9A-F]{16,}$/) as string,
            },
          },
        },
      ],
    });
  });

  it('gets every kind of event, in an order that the sequencers tell', async () => {
    const Bucket = await trial.bucket('kinds');
    const queue = await listeners.queue('kinds');
    const Events: Event[] = ['s3:ObjectCreated:*', 's3:ObjectRemoved:*', 's3:ObjectTagging:*'];
    const QueueConfigurations = [{ QueueArn: queue.arn, Events }];
    await notify(trial.s3, Bucket, { QueueConfigurations });
    expect((await configuration(Bucket)).QueueConfigurations?.[0]?.Id).toMatch(/^[\w+/]{48}$/);

    const { s3 } = trial;
    await trial.put(Bucket, 'a', '1');
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` }));
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'c' }));
    const part = { Bucket, Key: 'c', UploadId, PartNumber: 1 };
    const { ETag } = await s3.send(new UploadPartCommand({ ...part, Body: 'part' }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'c', UploadId, MultipartUpload }));
    const Tagging = { TagSet: [{ Key: 'k', Value: 'v' }] };
    await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging }));
    await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'a' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'never-there' }));
    const Objects = [{ Key: 'b' }, { Key: 'c' }];
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    const VersioningConfiguration = { Status: 'Enabled' as const };
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    const { VersionId } = await trial.put(Bucket, 'a', '2');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId }));

    // The test event first.
    const records = await listeners.records(queue.url, 12);
    const told = records.map(({ eventName, s3: { object } }) => `${eventName} ${String(object['key'])}`);
    expect(told).toEqual([
      'ObjectCreated:Put a',
      'ObjectCreated:Copy b',
      'ObjectCreated:CompleteMultipartUpload c',
      'ObjectTagging:Put a',
      'ObjectTagging:Delete a',
      'ObjectRemoved:Delete a',
      'ObjectRemoved:Delete b',
      'ObjectRemoved:Delete c',
      'ObjectCreated:Put a',
      'ObjectRemoved:DeleteMarkerCreated a',
      'ObjectRemoved:Delete a',
    ]);
    const sequencers = records.flatMap(({ s3: { object } }) => object['sequencer'] ?? []);
    expect(sequencers).toHaveLength(9);
    expect(sequencers.toSorted()).toEqual(sequencers);
    const objects = records.map(({ s3: { object } }) => Object.keys(object).sort().join());
    expect(objects[2]).toBe('eTag,key,sequencer,size');
    expect(objects[3]).toBe('eTag,key');
    expect(objects[5]).toBe('key,sequencer');
    expect(objects[8]).toBe('eTag,key,sequencer,size,versionId');
    expect(records[9]?.s3.object['eTag']).toBe('d41d8cd98f00b204e9800998ecf8427e');
    expect(records.map(({ eventVersion }) => eventVersion).join(' ')).toBe(
      '2.1 2.1 2.1 2.3 2.3 2.1 2.1 2.1 2.1 2.1 2.1',
    );
  });

  it('that is gone or closed gets nothing, and the trail says why with its cause', async () => {
    const Bucket = await trial.bucket('dropped');
    const queue = await listeners.queue('dropped');
    await notify(trial.s3, Bucket, {
      QueueConfigurations: [{ QueueArn: queue.arn, Events: ['s3:ObjectCreated:Put'] }],
    });
    await listeners.sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes: { Policy: '' } }),
    );
    await trial.put(Bucket, 'a', '1');
    await expect.poll(() => decisions(Bucket).length).toBe(1);
    await listeners.sqs.send(new DeleteQueueCommand({ QueueUrl: queue.url }));
    await trial.put(Bucket, 'b', '1');
    await expect.poll(() => decisions(Bucket).length).toBe(2);
    const [closed, gone] = decisions(Bucket);
    expect(closed?.facts).toMatchObject({
      outcome: 'dropped',
      why: expect.stringContaining('AccessDenied') as string,
    });
    expect(gone?.facts.why).toContain('QueueDoesNotExist');
    const cause = trial.running.cloud.trail
      .read({ account, region: 'us-east-1' })
      .find(({ id }) => id === closed?.cause);
    expect(cause).toMatchObject({ kind: 'api.call', facts: { operation: 'PutObject' } });
  });
});

describe('a topic and EventBridge', () => {
  it('are told in their own forms', async () => {
    const Bucket = await trial.bucket('both');
    const topic = await listeners.topic('both');
    const inbox = await listeners.queue('inbox');
    const open = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
    });
    await listeners.sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: inbox.url, Attributes: { Policy: open } }),
    );
    await listeners.sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint: inbox.arn }));
    await notify(trial.s3, Bucket, {
      TopicConfigurations: [{ TopicArn: topic, Events: ['s3:ObjectRemoved:Delete'] }],
      EventBridgeConfiguration: {},
    });
    expect((await configuration(Bucket)).EventBridgeConfiguration).toEqual({});
    const [test] = await listeners.bodies(inbox.url, 1);
    expect(JSON.parse(test ?? '')).toMatchObject({ Type: 'Notification', Subject: 'Amazon S3 Notification' });

    const events = new EventBridgeClient({
      region: 'us-east-1',
      endpoint: trial.running.origin,
      credentials: { accessKeyId: account, secretAccessKey: 'x' },
    });
    const bus = await listeners.queue('bus');
    await listeners.sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: bus.url, Attributes: { Policy: open } }),
    );
    const EventPattern = JSON.stringify({ source: ['aws.s3'], detail: { bucket: { name: [Bucket] } } });
    await events.send(new PutRuleCommand({ Name: 'all', EventPattern }));
    await events.send(new PutTargetsCommand({ Rule: 'all', Targets: [{ Id: '1', Arn: bus.arn }] }));
    events.destroy();
    const { $metadata } = await trial.put(Bucket, 'a b.txt', 'four');
    await trial.s3.send(new DeleteObjectCommand({ Bucket, Key: 'a b.txt' }));

    const [notification] = await listeners.bodies(inbox.url, 1);
    const { Message } = JSON.parse(notification ?? '') as { Message: string };
    expect(JSON.parse(Message)).toMatchObject({
      Records: [{ eventName: 'ObjectRemoved:Delete', s3: { object: { key: 'a+b.txt' } } }],
    });
    const told = (await listeners.bodies(bus.url, 2)).map((text) => JSON.parse(text) as { detail: object });
    const ofKind = (kind: string) => told.find((event) => JSON.stringify(event).includes(kind));
    // Recorded on AWS: test_s3_notifications_eventbridge.
    expect(ofKind('Object Created')).toEqual({
      version: '0',
      id: expect.any(String) as string,
      'detail-type': 'Object Created',
      source: 'aws.s3',
      account,
      time: expect.any(String) as string,
      region: 'us-east-1',
      resources: [`arn:aws:s3:::${Bucket}`],
      detail: {
        version: '0',
        bucket: { name: Bucket },
        object: {
          key: 'a b.txt',
          size: 4,
          etag: '8cbad96aced40b3838dd9f07f6ef5772',
          sequencer: expect.any(String) as string,
        },
        'request-id': $metadata.requestId,
        requester: account,
        'source-ip-address': '127.0.0.1',
        reason: 'PutObject',
      },
    });
    expect(ofKind('Object Deleted')?.detail).toMatchObject({
      object: { key: 'a b.txt', sequencer: expect.any(String) as string },
      reason: 'DeleteObject',
      'deletion-type': 'Permanently Deleted',
    });
  });
});
