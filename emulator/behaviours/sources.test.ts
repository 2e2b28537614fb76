import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  PutRecordCommand,
} from '@aws-sdk/client-kinesis';
import {
  CreateEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect } from 'vitest';
import { prove } from './prove.ts';
import { scope, TrialCloud } from './trial-cloud.ts';

let cloud: TrialCloud;
let logs: CloudWatchLogsClient;
beforeAll(async () => {
  cloud = await TrialCloud.start(['logs:*', 'sqs:*', 'kinesis:*', 'dynamodb:*']);
  logs = new CloudWatchLogsClient(cloud.gateway.settings());
});
afterAll(async () => {
  logs.destroy();
  await cloud.stop();
});

/** A function that writes `GOT <what>` for each record of its source. @param what an expression over `record` */
async function reading(
  name: string,
  what: string,
  source: Omit<CreateEventSourceMappingCommandInput, 'FunctionName'>,
): Promise<void> {
  await cloud.make(name, `for (const record of event.Records) console.log('GOT', ${what});`);
  const { lambda } = cloud.student;
  const made = await lambda.send(new CreateEventSourceMappingCommand({ FunctionName: name, ...source }));
  await expect
    .poll(async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID: made.UUID }))).State)
    .toBe('Enabled');
}

/** Waits until a function has written that it got something. */
const got = async (name: string, text: string) =>
  expect
    .poll(async () => {
      const filter = { logGroupName: `/aws/lambda/${name}`, filterPattern: `GOT "${text}"` };
      const found = await logs.send(new FilterLogEventsCommand(filter)).catch(() => undefined);
      return found?.events?.length ?? 0;
    })
    .toBe(1);

prove('sqs-source', async () => {
  const sqs = new SQSClient(cloud.gateway.settings());
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
  const EventSourceArn = `arn:aws:sqs:${scope.region}:${scope.account}:orders`;
  await reading('of-queue', 'record.body', { EventSourceArn });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'order-1' }));
  await got('of-queue', 'order-1');
  sqs.destroy();
});

prove('kinesis-source', async () => {
  const kinesis = new KinesisClient(cloud.gateway.settings());
  const StreamName = 'clicks';
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  const summary = async () =>
    (await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }))).StreamDescriptionSummary;
  await expect.poll(async () => (await summary())?.StreamStatus).toBe('ACTIVE');
  const EventSourceArn = (await summary())?.StreamARN;
  const text = `Buffer.from(record.kinesis.data, 'base64').toString()`;
  await reading('of-stream', text, { EventSourceArn, StartingPosition: 'TRIM_HORIZON' });
  const Data = Buffer.from('click-1');
  await kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: 'a', Data }));
  await got('of-stream', 'click-1');
  kinesis.destroy();
});

prove('dynamodb-source', async () => {
  const dynamodb = new DynamoDBClient(cloud.gateway.settings());
  const TableName = 'notes';
  const { TableDescription } = await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  );
  await waitUntilTableExists({ client: dynamodb, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }, { TableName });
  const EventSourceArn = TableDescription?.LatestStreamArn;
  const text = 'record.dynamodb.NewImage.id.S';
  await reading('of-table', text, { EventSourceArn, StartingPosition: 'TRIM_HORIZON' });
  await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: 'note-1' } } }));
  await got('of-table', 'note-1');
  dynamodb.destroy();
});
