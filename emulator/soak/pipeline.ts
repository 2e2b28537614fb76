import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  paginateScan,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import { projectRoot } from '../../tooling/root.ts';

export const account = '111122223333';
const region = 'us-east-1';
const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

/** Clients of one run of the cloud: after a restart there are others. */
export function clientsOf(endpoint: string) {
  const settings = {
    endpoint,
    region,
    credentials: { accessKeyId: account, secretAccessKey: 'soak' },
    maxAttempts: 1,
  };
  const all = {
    iam: new IAMClient(settings),
    lambda: new LambdaClient(settings),
    sqs: new SQSClient(settings),
    dynamodb: new DynamoDBClient(settings),
  };
  return {
    ...all,
    close() {
      for (const client of Object.values(all)) client.destroy();
    },
  };
}
export type SoakClients = ReturnType<typeof clientsOf>;

async function bundled(handler: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: projectRoot(),
    entryPoints: [`emulator/soak/handlers/${handler}.ts`],
    bundle: true,
    write: false,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
  });
  return zipSync({ 'index.js': outputFiles[0]?.contents ?? new Uint8Array() });
}

export interface PipelineSettings {
  /** Seconds; the functions' timeout is two less. */
  readonly visibility: number;
}

/** Queue → worker → table → its stream → audit → another table, with a dead-letter queue after three receives. */
export async function makePipeline(clients: SoakClients, { visibility }: PipelineSettings): Promise<void> {
  const { iam, lambda, sqs, dynamodb } = clients;
  await sqs.send(new CreateQueueCommand({ QueueName: 'soak-dead' }));
  await sqs.send(
    new CreateQueueCommand({
      QueueName: 'soak',
      Attributes: {
        VisibilityTimeout: String(visibility),
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('sqs', 'soak-dead'), maxReceiveCount: 3 }),
      },
    }),
  );
  for (const TableName of ['soak', 'soak-audit']) {
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'n', AttributeType: 'N' }],
        KeySchema: [{ AttributeName: 'n', KeyType: 'HASH' }],
        ...(TableName === 'soak' && {
          StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
        }),
      }),
    );
    await waitUntilTableExists({ client: dynamodb, maxWaitTime: 60, minDelay: 1 }, { TableName });
  }
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: 'soak',
      AssumeRolePolicyDocument: document({
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'soak',
      PolicyName: 'soak',
      PolicyDocument: document({ Effect: 'Allow', Action: ['sqs:*', 'dynamodb:*', 'logs:*'], Resource: '*' }),
    }),
  );
  for (const [name, table] of [
    ['worker', 'soak'],
    ['audit', 'soak-audit'],
  ] as const) {
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Role: Role?.Arn,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Timeout: visibility - 2,
        MemorySize: 256,
        Environment: { Variables: { TABLE: table } },
        Code: { ZipFile: await bundled(name) },
      }),
    );
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 60, minDelay: 1 }, { FunctionName: name });
  }
  await lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: 'worker',
      EventSourceArn: arn('sqs', 'soak'),
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      // As many processes as a laptop has room for.
      ScalingConfig: { MaximumConcurrency: 4 },
    }),
  );
  const described = await lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: 'audit',
      EventSourceArn: await streamArn(clients),
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      ParallelizationFactor: 2,
    }),
  );
  if (described.UUID === undefined) throw new Error('the stream has no mapping');
}

async function streamArn({ dynamodb }: SoakClients): Promise<string | undefined> {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'soak' }));
  return Table?.LatestStreamArn;
}

const url = (name: string) => `https://sqs.${region}.amazonaws.com/${account}/${name}`;

/** Sends numbers as messages, ten at a time. */
export async function send({ sqs }: SoakClients, numbers: readonly number[]): Promise<void> {
  const batches = Array.from({ length: Math.ceil(numbers.length / 10) }, (_, at) =>
    numbers.slice(at * 10, at * 10 + 10),
  );
  const sender = async () => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      const { Failed = [] } = await sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: url('soak'),
          Entries: batch.map((n) => ({ Id: String(n), MessageBody: String(n) })),
        }),
      );
      if (Failed.length > 0) throw new Error(Failed[0]?.Message);
    }
  };
  await Promise.all([sender(), sender(), sender(), sender()]);
}

/** Messages that wait and that are in flight. */
export async function depth(
  { sqs }: SoakClients,
  name: string,
): Promise<{ waiting: number; inFlight: number }> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url(name), AttributeNames: ['All'] }),
  );
  return {
    waiting: Number(Attributes.ApproximateNumberOfMessages),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
  };
}

/** Everything that is in the dead-letter queue. */
export async function dead({ sqs }: SoakClients): Promise<number[]> {
  const found: number[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url('soak-dead'),
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 600,
      }),
    );
    if (Messages.length === 0) return found;
    found.push(...Messages.map(({ Body }) => Number(Body)));
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: url('soak-dead'),
        Entries: Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle })),
      }),
    );
  }
}

/** What a table counts, by number. */
export async function counts(
  { dynamodb }: SoakClients,
  table: 'soak' | 'soak-audit',
): Promise<ReadonlyMap<number, { readonly times: number; readonly changes: number }>> {
  const found = new Map<number, { times: number; changes: number }>();
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName: table }))
    for (const { n, deliveries, told, changes } of Items)
      found.set(Number(n?.N), { times: Number((deliveries ?? told)?.N), changes: changes?.SS?.length ?? 0 });
  return found;
}
