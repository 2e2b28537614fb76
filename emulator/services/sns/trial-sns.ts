import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';
import { account } from '../lambda/testing/small-cloud.ts';
import { startCloud } from '../../start.ts';
import type { RunningCloud } from '../../start.ts';

export { account };

/** The ARN of a queue that lets every topic of the account send. */
export function queueArn(name: string): string {
  return `arn:aws:sqs:us-east-1:${account}:${name}`;
}

/** A running cloud with clients of SNS and SQS, for tests. */
export interface TrialSns {
  readonly running: RunningCloud;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  topic(name: string, attributes?: Record<string, string>): Promise<string>;
  /** Makes a queue. @param open whether its policy lets SNS send */
  queue(name: string, open?: boolean): Promise<string>;
  subscribe(topicArn: string, queue: string, attributes?: Record<string, string>): Promise<string>;
  /** Receives until so many messages have come. */
  receive(queueUrl: string, count: number): Promise<Message[]>;
  stop(): Promise<void>;
}

export async function trialSns(): Promise<TrialSns> {
  const running = await startCloud({ port: 0, home: 'unused', ephemeral: true });
  const connection = {
    region: 'us-east-1',
    endpoint: running.origin,
    maxAttempts: 1,
    credentials: { accessKeyId: account, secretAccessKey: 'x' },
  };
  const sns = new SNSClient(connection);
  const sqs = new SQSClient(connection);
  return {
    running,
    sns,
    sqs,
    topic: async (Name, Attributes = {}) =>
      (await sns.send(new CreateTopicCommand({ Name, Attributes }))).TopicArn ?? '',
    queue: async (QueueName, open = true) => {
      const Policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'sns.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: queueArn(QueueName),
            Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${account}:*` } },
          },
        ],
      });
      const Attributes = {
        ...(open && { Policy }),
        ...(QueueName.endsWith('.fifo') && { FifoQueue: 'true' }),
      };
      return (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
    },
    subscribe: async (TopicArn, queue, Attributes = {}) => {
      const { SubscriptionArn = '' } = await sns.send(
        new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn(queue), Attributes }),
      );
      return SubscriptionArn;
    },
    receive: async (QueueUrl, count) => {
      const messages: Message[] = [];
      // Each poll waits for ten seconds at most, and answers as soon as there is a message.
      for (let polls = 0; messages.length < count && polls < count; polls += 1) {
        const answer = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl,
            MaxNumberOfMessages: 10,
            WaitTimeSeconds: 10,
            MessageAttributeNames: ['All'],
            MessageSystemAttributeNames: ['All'],
          }),
        );
        messages.push(...(answer.Messages ?? []));
      }
      return messages;
    },
    stop: async () => {
      sns.destroy();
      sqs.destroy();
      await running.stop();
    },
  };
}
