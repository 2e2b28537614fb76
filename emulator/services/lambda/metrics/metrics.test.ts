import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  AddPermissionCommand,
  DeleteFunctionConcurrencyCommand,
  InvokeCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { AttachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCloud, type RunningCloud } from '../../../start.ts';
import { archive } from '../testing/archive.ts';
import { clientSettings, studentAt, type Student } from '../testing/student.ts';

const HANDLER = `
import { gunzipSync } from 'node:zlib';
export const handler = async (event) => {
  if (event.fail) throw new Error('failed as asked');
  if (event.awslogs) console.log('got', gunzipSync(Buffer.from(event.awslogs.data, 'base64')).toString());
  return 'done';
};`;

let running: RunningCloud;
let student: Student;
let metrics: CloudWatchClient;
let logs: CloudWatchLogsClient;
beforeAll(async () => {
  running = await startCloud({ port: 0, home: 'unused', ephemeral: true });
  student = await studentAt(running.origin);
  const iam = new IAMClient(clientSettings(running.origin));
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'worker', PolicyArn }));
  iam.destroy();
  metrics = new CloudWatchClient(clientSettings(running.origin));
  logs = new CloudWatchLogsClient(clientSettings(running.origin));
  await student.make('measured', archive({ 'index.mjs': HANDLER }));
}, 60_000);
afterAll(async () => {
  for (const client of [student.lambda, metrics, logs]) client.destroy();
  await running.stop();
}, 30_000);

async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Not seen in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function sumOf(
  MetricName: string,
  dimensions: Record<string, string>,
  Stat = 'Sum',
): Promise<number | undefined> {
  const now = running.cloud.clock.now();
  const { MetricDataResults } = await metrics.send(
    new GetMetricDataCommand({
      StartTime: new Date(now - 3_600_000),
      EndTime: new Date(now + 3_600_000),
      MetricDataQueries: [
        {
          Id: 'm',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/Lambda',
              MetricName,
              Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
            },
            Period: 86_400,
            Stat,
          },
        },
      ],
    }),
  );
  const values = MetricDataResults?.[0]?.Values ?? [];
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}
const invoke = async (payload: object, more: object = {}) =>
  student.lambda.send(
    new InvokeCommand({ FunctionName: 'measured', Payload: Buffer.from(JSON.stringify(payload)), ...more }),
  );
const counted = async (
  metric: string,
  expected: number,
  dimensions: Record<string, string> = { FunctionName: 'measured' },
) =>
  until(
    async () => ((await sumOf(metric, dimensions)) === expected ? true : undefined),
    `${metric} = ${expected}`,
  );

describe('AWS/Lambda', () => {
  it('counts invocations, errors, durations and throttles, for function, resource and region', async () => {
    await invoke({});
    await invoke({ fail: true });
    await invoke({});
    const every: Record<string, string>[] = [
      { FunctionName: 'measured' },
      { FunctionName: 'measured', Resource: 'measured' },
      {},
    ];
    for (const dimensions of every) {
      await counted('Invocations', 3, dimensions);
      await counted('Errors', 1, dimensions);
    }
    expect(await sumOf('Duration', { FunctionName: 'measured' }, 'Maximum')).toBeGreaterThan(0);
    expect(await sumOf('Duration', { FunctionName: 'measured' }, 'SampleCount')).toBe(3);
    expect(await sumOf('ConcurrentExecutions', { FunctionName: 'measured' }, 'Maximum')).toBe(1);
    await student.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'measured', ReservedConcurrentExecutions: 0 }),
    );
    await expect(invoke({})).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    await counted('Throttles', 1);
    await counted('Invocations', 3);
    await student.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'measured' }));
  }, 60_000);

  it('counts events', async () => {
    await invoke({}, { InvocationType: 'Event' });
    await counted('AsyncEventsReceived', 1);
    await counted('Invocations', 4);
    expect(await sumOf('AsyncEventAge', { FunctionName: 'measured' })).toBeGreaterThanOrEqual(0);
  }, 60_000);
});

it('a subscription filter invokes a function that permits it', async () => {
  const logGroupName = '/shop/orders';
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 's' }));
  const destinationArn = 'arn:aws:lambda:us-east-1:111111111111:function:measured'.replace(
    '111111111111',
    student.Role.split(':')[4] ?? '',
  );
  const subscribe = async () =>
    logs.send(
      new PutSubscriptionFilterCommand({
        logGroupName,
        filterName: 'errors',
        filterPattern: 'ERROR',
        destinationArn,
      }),
    );
  await expect(subscribe()).rejects.toMatchObject({
    message: expect.stringContaining('Make sure you have given CloudWatch Logs permission') as string,
  });
  await student.lambda.send(
    new AddPermissionCommand({
      FunctionName: 'measured',
      StatementId: 'logs',
      Action: 'lambda:InvokeFunction',
      Principal: 'logs.us-east-1.amazonaws.com',
      SourceArn: `arn:aws:logs:us-east-1:${student.Role.split(':')[4] ?? ''}:log-group:${logGroupName}:*`,
    }),
  );
  await subscribe();
  const timestamp = running.cloud.clock.now();
  await logs.send(
    new PutLogEventsCommand({
      logGroupName,
      logStreamName: 's',
      logEvents: [
        { timestamp, message: 'fine' },
        { timestamp, message: 'ERROR no stock' },
      ],
    }),
  );
  const line = await until(async () => {
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({ logGroupName: '/aws/lambda/measured', filterPattern: '"DATA_MESSAGE"' }),
    );
    return events[0]?.message;
  }, 'the line of the function');
  expect(line).toContain('"logEvents":[{"id":"');
  expect(line).toContain('"message":"ERROR no stock"');
  expect(line).not.toContain('fine');
}, 60_000);
