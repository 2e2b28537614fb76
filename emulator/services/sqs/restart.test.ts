import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bundleCloud } from '../../server/fixture/processes.ts';
import type { CloudProcess, CloudProgram } from '../../server/fixture/processes.ts';

let home: string;
let program: CloudProgram;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-sqs-'));
  program = await bundleCloud();
});
afterEach(async () => {
  await program.remove();
  rmSync(home, { recursive: true, force: true });
});

function clientOf(cloud: CloudProcess): SQSClient {
  return new SQSClient({
    region: 'us-east-1',
    endpoint: cloud.said.origin ?? '',
    maxAttempts: 1,
    credentials: { accessKeyId: '111122223333', secretAccessKey: 'x' },
  });
}

it('messages, their places in flight and deduplication ids outlive kill -9', async () => {
  let cloud = await program.start({ port: 0, home });
  let sqs = clientOf(cloud);
  const { QueueUrl: made = '' } = await sqs.send(
    new CreateQueueCommand({
      QueueName: 'kept.fifo',
      Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' },
    }),
  );
  const send = (QueueUrl: string, MessageBody: string, MessageGroupId: string) =>
    sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId }));
  for (const body of ['a1', 'a2', 'b1', 'b2', 'c1']) await send(made, body, body.charAt(0));
  const receive = async (QueueUrl: string, MaxNumberOfMessages = 10) =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages }))).Messages ?? [];
  const [a1] = await receive(made, 1);
  const [b1] = await receive(made, 1);
  await sqs.send(new DeleteMessageCommand({ QueueUrl: made, ReceiptHandle: b1?.ReceiptHandle ?? '' }));
  sqs.destroy();
  await cloud.kill();

  cloud = await program.start({ port: 0, home });
  sqs = clientOf(cloud);
  const QueueUrl = made.replace(/:\d+\//, `:${new URL(cloud.said.origin ?? '').port}/`);
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  expect(Attributes).toMatchObject({
    ApproximateNumberOfMessages: '3',
    ApproximateNumberOfMessagesNotVisible: '1',
  });
  // The group whose message is in flight still waits; the handle of before is still good.
  expect((await receive(QueueUrl)).map(({ Body }) => Body).sort()).toEqual(['b2', 'c1']);
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: a1?.ReceiptHandle ?? '' }));
  expect((await receive(QueueUrl)).map(({ Body }) => Body)).toEqual(['a2']);
  // It was sent before.
  await send(QueueUrl, 'c1', 'd');
  expect(await receive(QueueUrl)).toEqual([]);
  sqs.destroy();
  await cloud.kill();
});
