import { PutBucketNotificationConfigurationCommand } from '@aws-sdk/client-s3';
import type { NotificationConfiguration, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { account } from '../trial-s3.ts';

/** A record of S3 as a test looks at it. */
export interface SeenRecord {
  readonly eventName: string;
  readonly eventVersion: string;
  readonly s3: {
    readonly configurationId: string;
    readonly object: Readonly<Record<string, string | number | undefined>>;
  };
}

/** Queues and topics that buckets of the account may send to, for tests. */
export interface Listeners {
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  queue(name: string, open?: boolean): Promise<{ readonly arn: string; readonly url: string }>;
  topic(name: string, open?: boolean): Promise<string>;
  /** Bodies of messages, once there are so many. */
  bodies(url: string, count: number): Promise<string[]>;
  records(url: string, count: number): Promise<SeenRecord[]>;
  stop(): void;
}

/** A policy that lets the buckets of the account do one thing. */
function policy(Action: string, Resource: string): string {
  const Condition = {
    ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' },
    StringEquals: { 'aws:SourceAccount': account },
  };
  const Principal = { Service: 's3.amazonaws.com' };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action, Resource, Condition }],
  });
}

export function listenersAt(origin: string): Listeners {
  const settings = {
    region: 'us-east-1',
    endpoint: origin,
    maxAttempts: 1,
    credentials: { accessKeyId: account, secretAccessKey: 'x' },
  };
  const sqs = new SQSClient(settings);
  const sns = new SNSClient(settings);
  const bodies: Listeners['bodies'] = async (QueueUrl, count) => {
    const texts: string[] = [];
    for (let polls = 0; texts.length < count && polls < count; polls += 1) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 10 }),
      );
      texts.push(...Messages.map(({ Body = '' }) => Body));
    }
    return texts;
  };
  return {
    sqs,
    sns,
    queue: async (QueueName, open = true) => {
      const arn = `arn:aws:sqs:us-east-1:${account}:${QueueName}`;
      const Attributes = open && { Attributes: { Policy: policy('sqs:SendMessage', arn) } };
      const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, ...Attributes }));
      return { arn, url: QueueUrl };
    },
    topic: async (Name, open = true) => {
      const arn = `arn:aws:sns:us-east-1:${account}:${Name}`;
      await sns.send(
        new CreateTopicCommand({ Name, ...(open && { Attributes: { Policy: policy('sns:Publish', arn) } }) }),
      );
      return arn;
    },
    bodies,
    records: async (url, count) =>
      (await bodies(url, count)).flatMap(
        (text) => (JSON.parse(text) as { Records?: SeenRecord[] }).Records ?? [],
      ),
    stop: () => {
      sqs.destroy();
      sns.destroy();
    },
  };
}

/** Sets a bucket's configuration. */
export async function notify(
  s3: S3Client,
  Bucket: string,
  NotificationConfiguration: NotificationConfiguration,
  more: object = {},
): Promise<void> {
  await s3.send(
    new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration, ...more }),
  );
}

/** A filter by the beginning and the end of keys. */
export const filter = (prefix?: string, suffix?: string) => ({
  Key: {
    FilterRules: [
      ...(prefix === undefined ? [] : [{ Name: 'prefix' as const, Value: prefix }]),
      ...(suffix === undefined ? [] : [{ Name: 'suffix' as const, Value: suffix }]),
    ],
  },
});
