import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetQueryResultsCommand,
  PutMetricFilterCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect } from 'vitest';
import { archive } from '../services/lambda/testing/archive.ts';
import { refusal } from '../services/lambda/testing/student.ts';
import { prove } from './prove.ts';
import { scope, TrialCloud } from './trial-cloud.ts';

let cloud: TrialCloud;
let logs: CloudWatchLogsClient;
let cloudwatch: CloudWatchClient;
beforeAll(async () => {
  cloud = await TrialCloud.start();
  logs = new CloudWatchLogsClient(cloud.gateway.settings());
  cloudwatch = new CloudWatchClient(cloud.gateway.settings());
});
afterAll(async () => {
  logs.destroy();
  cloudwatch.destroy();
  await cloud.stop();
});

const lines = async (name: string): Promise<string[]> => {
  const logGroupName = `/aws/lambda/${name}`;
  const found = await logs.send(new FilterLogEventsCommand({ logGroupName })).catch(() => undefined);
  return (found?.events ?? []).map(({ message = '' }) => message.trimEnd());
};
/** Waits for the lines of a function that was called so often. */
const linesOf = async (name: string, calls: number, end: RegExp): Promise<string[]> => {
  await expect.poll(async () => (await lines(name)).filter((line) => end.test(line)).length).toBe(calls);
  return await lines(name);
};
const sum = async (Namespace: string, MetricName: string, FunctionName?: string) => {
  const { Datapoints = [] } = await cloudwatch.send(
    new GetMetricStatisticsCommand({
      Namespace,
      MetricName,
      ...(FunctionName !== undefined && { Dimensions: [{ Name: 'FunctionName', Value: FunctionName }] }),
      StartTime: new Date(cloud.now() - 600_000),
      EndTime: new Date(cloud.now() + 600_000),
      Period: 60,
      Statistics: ['Sum'],
    }),
  );
  return Datapoints.reduce((total, { Sum = 0 }) => total + Sum, 0);
};

prove('log-lines', async () => {
  await cloud.make('talking', `console.log('seen', event.n); return calls;`);
  await cloud.invoke('talking', { Payload: Buffer.from('{"n":1}') });
  await cloud.invoke('talking', { Payload: Buffer.from('{"n":2}') });
  const id = '[0-9a-f-]{36}';
  const shapes = [
    /^INIT_START Runtime Version: nodejs:24\.\S+\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}/,
    new RegExp(`^START RequestId: ${id} Version: \\$LATEST$`),
    new RegExp(`^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\\t${id}\\tINFO\\tseen 1$`),
    new RegExp(`^END RequestId: ${id}$`),
    new RegExp(
      `^REPORT RequestId: ${id}\\tDuration: [\\d.]+ ms\\tBilled Duration: \\d+ ms\\tMemory Size: 128 MB\\tMax Memory Used: \\d+ MB\\tInit Duration: [\\d.]+ ms`,
    ),
  ];
  const written = await linesOf('talking', 2, /^REPORT/);
  for (const [at, shape] of shapes.entries()) expect(written[at]).toMatch(shape);
  expect(written.slice(5).map((line) => line.split(' ')[0])).toEqual([
    'START',
    expect.any(String),
    'END',
    'REPORT',
  ]);
  expect(written.at(-1)).not.toContain('Init Duration');
  const { logStreams = [] } = await logs.send(
    new DescribeLogStreamsCommand({ logGroupName: '/aws/lambda/talking' }),
  );
  expect(logStreams.map(({ logStreamName }) => logStreamName)).toEqual([
    expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
  ]);
});

prove('log-tail', async () => {
  await cloud.make('tailed', `console.warn('careful'); return 1;`);
  const { LogResult = '' } = await cloud.invoke('tailed', { LogType: 'Tail' });
  const tail = Buffer.from(LogResult, 'base64').toString();
  expect(tail).toMatch(/START RequestId: [\s\S]*\tWARN\tcareful\n[\s\S]*REPORT RequestId: /);
  expect((await cloud.invoke('tailed')).LogResult).toBeUndefined();
});

prove('json-logs', async () => {
  const code = archive({
    'index.mjs': `export const handler = async () => { console.error({ order: 7 }); };`,
  });
  await cloud.student.make('structured', code, { LoggingConfig: { LogFormat: 'JSON' } });
  await cloud.invoke('structured');
  const written = await linesOf('structured', 1, /platform\.report/);
  const parsed = written.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(parsed.map(({ type, level }) => type ?? level)).toEqual([
    'platform.initStart',
    'platform.start',
    'ERROR',
    'platform.report',
  ]);
  expect(parsed[2]).toEqual({
    timestamp: expect.any(String) as unknown,
    level: 'ERROR',
    requestId: expect.any(String) as unknown,
    message: { order: 7 },
  });
  expect(parsed[3]).toMatchObject({
    record: { metrics: { initDurationMs: expect.any(Number) as unknown }, status: 'success' },
  });
});

prove('function-metrics', async () => {
  await cloud.make('measured', `if (event.fail) throw new Error('no'); return 1;`);
  await cloud.invoke('measured');
  await cloud.invoke('measured', { Payload: Buffer.from('{"fail":true}') });
  const FunctionName = 'measured';
  await cloud.student.lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }),
  );
  await refusal(cloud.invoke('measured'));
  for (const [name, expected] of [
    ['Invocations', 2],
    ['Errors', 1],
    ['Throttles', 1],
  ] as const)
    await expect.poll(async () => sum('AWS/Lambda', name, 'measured')).toBe(expected);
  await expect.poll(async () => sum('AWS/Lambda', 'Duration', 'measured')).toBeGreaterThan(0);
});

prove('metric-filters', async () => {
  await cloud.make(
    'declining',
    `console.log(JSON.stringify({ level: 'ERROR', n: event.n })); console.log('fine');`,
  );
  await cloud.invoke('declining', { Payload: Buffer.from('{"n":0}') });
  await linesOf('declining', 1, /^REPORT/);
  await logs.send(
    new PutMetricFilterCommand({
      logGroupName: '/aws/lambda/declining',
      filterName: 'declined',
      filterPattern: '"ERROR"',
      metricTransformations: [{ metricNamespace: 'Shop', metricName: 'Declined', metricValue: '1' }],
    }),
  );
  await cloud.invoke('declining', { Payload: Buffer.from('{"n":1}') });
  await cloud.invoke('declining', { Payload: Buffer.from('{"n":2}') });
  await expect.poll(async () => sum('Shop', 'Declined')).toBe(2);
});

prove('alarms', async () => {
  const sqs = new SQSClient(cloud.gateway.settings());
  const sns = new SNSClient(cloud.gateway.settings());
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'alerts' }));
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'alerts' }));
  const Endpoint = `arn:aws:sqs:${scope.region}:${scope.account}:alerts`;
  const Statement = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: Endpoint,
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'errors',
      Namespace: 'Trial',
      MetricName: 'Errors',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [TopicArn],
    }),
  );
  const state = async () => {
    const { MetricAlarms = [] } = await cloudwatch.send(
      new DescribeAlarmsCommand({ AlarmNames: ['errors'] }),
    );
    return MetricAlarms[0]?.StateValue;
  };
  const after = async (expected: string) =>
    expect
      .poll(async () => {
        await cloud.pass(60_000);
        return await state();
      })
      .toBe(expected);
  await after('OK');
  const MetricData = [{ MetricName: 'Errors', Value: 1, Timestamp: new Date(cloud.now()) }];
  await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'Trial', MetricData }));
  await after('ALARM');
  const told: string[] = [];
  await expect
    .poll(async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      told.push(...Messages.map(({ Body = '' }) => Body));
      return told.length;
    })
    .toBe(1);
  const { Message } = JSON.parse(told[0] ?? '') as { Message: string };
  expect(JSON.parse(Message)).toMatchObject({ AlarmName: 'errors', NewStateValue: 'ALARM' });
  await after('OK');
  sqs.destroy();
  sns.destroy();
});

prove('insights', async () => {
  await cloud.make('queried', `console.log('handled', event.n); return 1;`);
  for (const n of [1, 2, 3]) await cloud.invoke('queried', { Payload: Buffer.from(JSON.stringify({ n })) });
  await linesOf('queried', 3, /^REPORT/);
  const query = async (queryString: string) => {
    const { queryId } = await logs.send(
      new StartQueryCommand({
        logGroupName: '/aws/lambda/queried',
        startTime: Math.floor(cloud.now() / 1000) - 600,
        endTime: Math.floor(cloud.now() / 1000) + 600,
        queryString,
      }),
    );
    const answer = async () => logs.send(new GetQueryResultsCommand({ queryId }));
    await expect.poll(async () => (await answer()).status).toBe('Complete');
    const { results = [] } = await answer();
    return results.map((row) => Object.fromEntries(row.map(({ field = '', value = '' }) => [field, value])));
  };
  expect(await query('filter @message like /handled 2/ | stats count(*) as n')).toEqual([{ n: '1' }]);
  expect(
    await query(
      'filter @type = "REPORT" | stats count(*) as calls, sum(ispresent(@initDuration)) as cold, max(@duration) > 0 as took',
    ),
  ).toEqual([{ calls: '3', cold: '1', took: '1' }]);
});
