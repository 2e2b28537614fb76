import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Message, QueueAttributeName, ReceiveMessageCommandInput } from '@aws-sdk/client-sqs';
import { startCloud } from '../../start.ts';
import type { RunningCloud } from '../../start.ts';

/** The account that the tests of SQS act in. */
export const account = '111122223333';

/** A running cloud with a client of SQS, for tests. */
export interface TrialSqs {
  readonly running: RunningCloud;
  readonly sqs: SQSClient;
  clientOf(accessKeyId: string, more?: object): SQSClient;
  queue(name: string, attributes?: Partial<Record<QueueAttributeName, string>>): Promise<string>;
  /** What can be received now. */
  receive(QueueUrl: string, more?: Partial<ReceiveMessageCommandInput>): Promise<Message[]>;
  stop(): Promise<void>;
}

export async function trialSqs(): Promise<TrialSqs> {
  const running = await startCloud({ port: 0, home: 'unused', ephemeral: true });
  const clients: SQSClient[] = [];
  const clientOf = (accessKeyId: string, more: object = {}): SQSClient => {
    const client = new SQSClient({
      region: 'us-east-1',
      endpoint: running.origin,
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey: 'x' },
      ...more,
    });
    clients.push(client);
    return client;
  };
  const sqs = clientOf(account);
  return {
    running,
    sqs,
    clientOf,
    queue: async (QueueName, Attributes = {}) => {
      const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
      return QueueUrl;
    },
    receive: async (QueueUrl, more = {}) => {
      const answer = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
          ...more,
        }),
      );
      return answer.Messages ?? [];
    },
    stop: async () => {
      for (const client of clients) client.destroy();
      await running.stop();
    },
  };
}
