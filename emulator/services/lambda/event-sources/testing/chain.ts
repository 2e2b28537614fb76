import { CreateTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateEventSourceMappingCommand, GetEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { archive } from '../../testing/archive.ts';
import { account } from '../../testing/small-cloud.ts';
import { clientSettings, studentAt } from '../../testing/student.ts';

const code = archive({
  'index.mjs': `
    import { BatchWriteItemCommand, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
    const client = new DynamoDBClient({});
    export const write = async ({ Records }) => {
      const orders = Records.map(({ body }) => ({ PutRequest: { Item: { id: { S: body } } } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { orders } }));
    };
    export const audit = async ({ Records }) => {
      for (let at = 0; at < Records.length; at += 25) {
        const seen = Records.slice(at, at + 25).map(({ dynamodb }) => ({ PutRequest: { Item: dynamodb.Keys } }));
        await client.send(new BatchWriteItemCommand({ RequestItems: { seen } }));
      }
      await client.send(new UpdateItemCommand({
        TableName: 'counts',
        Key: { id: { S: 'records' } },
        UpdateExpression: 'ADD n :n',
        ExpressionAttributeValues: { ':n': { N: String(Records.length) } },
      }));
    };`,
});

/** A queue whose messages a function writes to a table, whose changes a second function writes to another one. */
export interface Chain {
  send(from: number, to: number): Promise<void>;
  /** Messages that are in the queue, in flight or not. */
  left(): Promise<number>;
  /** Ids of a table's items, sorted. */
  ids(TableName: 'orders' | 'seen'): Promise<string[]>;
  /** How many records of the stream the second function was given, repeated ones included. */
  records(): Promise<number>;
  destroy(): void;
}

/** What looks at a chain from outside. @param origin where its cloud listens */
export function chainAt(origin: string): Chain {
  const settings = clientSettings(origin);
  const sqs = new SQSClient(settings);
  const db = new DynamoDBClient(settings);
  const QueueUrl = `${origin}/${account}/orders`;
  const scan = async (TableName: string): Promise<Record<string, { S?: string; N?: string }>[]> => {
    const items: Record<string, { S?: string; N?: string }>[] = [];
    let ExclusiveStartKey: ScanCommandOutput['LastEvaluatedKey'];
    do {
      const page: ScanCommandOutput = await db.send(new ScanCommand({ TableName, ExclusiveStartKey }));
      items.push(...((page.Items ?? []) as Record<string, { S?: string; N?: string }>[]));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    return items;
  };
  return {
    async send(from, to) {
      for (let at = from; at < to; at += 10) {
        const numbers = Array.from({ length: Math.min(10, to - at) }, (_, index) => at + index);
        const Entries = numbers.map((number) => ({ Id: String(number), MessageBody: idOf(number) }));
        await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      }
    },
    async left() {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
      );
      return (
        Number(Attributes['ApproximateNumberOfMessages']) +
        Number(Attributes['ApproximateNumberOfMessagesNotVisible'])
      );
    },
    ids: async (TableName) => (await scan(TableName)).map(({ id }) => id?.S ?? '').sort(),
    records: async () => Number((await scan('counts'))[0]?.['n']?.N ?? 0),
    destroy: () => {
      sqs.destroy();
      db.destroy();
    },
  };
}

/** The id of a message by its number; ids sort as their numbers do. */
export const idOf = (number: number): string => `order-${String(number).padStart(6, '0')}`;

/** Makes queue, tables, functions and mappings, and waits until they are ready. */
export async function makeChain(origin: string, auditBatch = 100): Promise<void> {
  const settings = clientSettings(origin);
  const [sqs, db, iam] = [new SQSClient(settings), new DynamoDBClient(settings), new IAMClient(settings)];
  const { lambda, make } = await studentAt(origin);
  const statement = {
    Effect: 'Allow',
    Action: ['sqs:*', 'dynamodb:*', 'logs:*'],
    Resource: '*',
  };
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'worker',
      PolicyName: 'chain',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    }),
  );
  await sqs.send(new CreateQueueCommand({ QueueName: 'orders', Attributes: { VisibilityTimeout: '60' } }));
  let streamArn: string | undefined;
  for (const TableName of ['orders', 'seen', 'counts']) {
    const made = await db.send(
      new CreateTableCommand({
        TableName,
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        ...(TableName === 'orders'
          ? { StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' as const } }
          : {}),
      }),
    );
    streamArn ??= made.TableDescription?.LatestStreamArn;
  }
  await make('write', code, { Handler: 'index.write', Timeout: 10, MemorySize: 256 });
  await make('audit', code, { Handler: 'index.audit', Timeout: 10, MemorySize: 256 });
  const mappings = [
    await lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: 'write',
        EventSourceArn: `arn:aws:sqs:us-east-1:${account}:orders`,
      }),
    ),
    await lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: 'audit',
        EventSourceArn: streamArn,
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: auditBatch,
      }),
    ),
  ];
  for (const { UUID } of mappings) {
    await expect
      .poll(async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State, {
        timeout: 10_000,
      })
      .toBe('Enabled');
  }
  for (const client of [sqs, db, iam, lambda]) client.destroy();
}
