import type {
  AttributeValue,
  CreateTableCommandInput,
  QueryCommandInput,
  ScanCommandInput,
  TableDescription,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record,
  type ShardIteratorType,
} from '@aws-sdk/client-dynamodb-streams';
import { startCloud, type RunningCloud } from '../../../start.ts';

/** The account and region that the tests act in. */
export const scope = { account: '111122223333', region: 'us-east-1' };

export type Attributes = Record<string, AttributeValue>;

/** A running cloud with clients of DynamoDB and its streams, for tests. */
export interface TrialDynamodb {
  readonly running: RunningCloud;
  readonly db: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  clientOf(account: string, region?: string): DynamoDBClient;
  /** Makes a table with the key `id`, or `id` and `at` (a number), that is paid by request; resolves when it is active. */
  table(
    name: string,
    more?: Partial<CreateTableCommandInput> & { sorted?: boolean },
  ): Promise<TableDescription>;
  put(TableName: string, ...items: Attributes[]): Promise<void>;
  get(TableName: string, Key: Attributes): Promise<Attributes | undefined>;
  update(
    TableName: string,
    Key: Attributes,
    more: Partial<UpdateItemCommandInput>,
  ): Promise<Attributes | undefined>;
  /** Every page of a query. */
  query(input: QueryCommandInput): Promise<Attributes[]>;
  scan(input: ScanCommandInput): Promise<Attributes[]>;
  /** Every record of a stream's shard from a position on. */
  records(streamArn: string, type?: ShardIteratorType, SequenceNumber?: string): Promise<_Record[]>;
  stop(): Promise<void>;
}

/** @param home a folder that keeps the state; nothing is kept without one */
export async function trialDynamodb(home?: string): Promise<TrialDynamodb> {
  const running = await startCloud({ port: 0, home: home ?? 'unused', ephemeral: home === undefined });
  const settings = (account: string, region: string) => ({
    region,
    endpoint: running.origin,
    maxAttempts: 1,
    credentials: { accessKeyId: account, secretAccessKey: 'x' },
  });
  const clients: { destroy(): void }[] = [];
  const clientOf = (account: string, region = scope.region): DynamoDBClient => {
    const client = new DynamoDBClient(settings(account, region));
    clients.push(client);
    return client;
  };
  const db = clientOf(scope.account);
  const streams = new DynamoDBStreamsClient(settings(scope.account, scope.region));
  clients.push(streams);
  const pages = async (
    read: (start: Attributes | undefined) => Promise<{ Items?: Attributes[]; LastEvaluatedKey?: Attributes }>,
  ): Promise<Attributes[]> => {
    const items: Attributes[] = [];
    let start: Attributes | undefined;
    do {
      const page = await read(start);
      items.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return items;
  };
  return {
    running,
    db,
    streams,
    clientOf,
    async table(TableName, { sorted = false, ...more } = {}) {
      await db.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [
            { AttributeName: 'id', AttributeType: 'S' },
            ...(sorted ? [{ AttributeName: 'at', AttributeType: 'N' } as const] : []),
          ],
          KeySchema: [
            { AttributeName: 'id', KeyType: 'HASH' },
            ...(sorted ? [{ AttributeName: 'at', KeyType: 'RANGE' } as const] : []),
          ],
          ...more,
        }),
      );
      const { Table } = await db.send(new DescribeTableCommand({ TableName }));
      if (Table?.TableStatus !== 'ACTIVE') throw new Error('The table is not active.');
      return Table;
    },
    async put(TableName, ...items) {
      for (const Item of items) await db.send(new PutItemCommand({ TableName, Item }));
    },
    get: async (TableName, Key) => (await db.send(new GetItemCommand({ TableName, Key }))).Item,
    update: async (TableName, Key, more) =>
      (await db.send(new UpdateItemCommand({ TableName, Key, ...more }))).Attributes,
    query: async (input) =>
      await pages(async (start) => await db.send(new QueryCommand({ ...input, ExclusiveStartKey: start }))),
    scan: async (input) =>
      await pages(async (start) => await db.send(new ScanCommand({ ...input, ExclusiveStartKey: start }))),
    async records(StreamArn, ShardIteratorType = 'TRIM_HORIZON', SequenceNumber) {
      const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
      const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
      const { ShardIterator } = await streams.send(
        new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType, SequenceNumber }),
      );
      return (await streams.send(new GetRecordsCommand({ ShardIterator }))).Records ?? [];
    },
    async stop() {
      for (const client of clients) client.destroy();
      await running.stop();
    },
  };
}

/** What a request is refused with: its error's name and message. */
export async function refusal(request: Promise<unknown>): Promise<string> {
  try {
    await request;
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
    throw error;
  }
  throw new Error('The request was not refused.');
}
