import {
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { FilterLogEventsCommand, CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect } from 'vitest';
import { patience } from '../services/lambda/testing/student.ts';
import { prove } from './prove.ts';
import { scope, TrialCloud } from './trial-cloud.ts';

let cloud: TrialCloud;
let sqs: SQSClient;
let logs: CloudWatchLogsClient;
beforeAll(async () => {
  cloud = await TrialCloud.start(['logs:*', 'sqs:*']);
  sqs = new SQSClient(cloud.gateway.settings());
  logs = new CloudWatchLogsClient(cloud.gateway.settings());
});
afterAll(async () => {
  sqs.destroy();
  logs.destroy();
  await cloud.stop();
});

/** A function that fails where its event says so. */
const failing = async (name: string) =>
  cloud.make(name, `if (event.fail) throw new Error('no'); return { n: event.n };`);
const send = async (FunctionName: string, event: object) => {
  const Payload = Buffer.from(JSON.stringify(event));
  const { StatusCode } = await cloud.invoke(FunctionName, { InvocationType: 'Event', Payload });
  expect(StatusCode).toBe(202);
};
/** How often a function was run, by its log. */
const runs = async (name: string): Promise<number> => {
  const filter = { logGroupName: `/aws/lambda/${name}`, filterPattern: '"START RequestId"' };
  const found = await logs.send(new FilterLogEventsCommand(filter)).catch(() => undefined);
  return found?.events?.length ?? 0;
};
const queue = async (QueueName: string) => {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
  const received: string[] = [];
  return {
    arn: `arn:aws:sqs:${scope.region}:${scope.account}:${QueueName}`,
    first: async () => {
      await expect
        .poll(async () => {
          const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
          received.push(...Messages.map(({ Body = '' }) => Body));
          return received.length;
        })
        .toBeGreaterThan(0);
      return JSON.parse(received[0] ?? '') as unknown;
    },
  };
};
const configure = async (FunctionName: string, OnSuccess: string, OnFailure: string) =>
  cloud.student.lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName,
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnSuccess: { Destination: OnSuccess }, OnFailure: { Destination: OnFailure } },
    }),
  );

prove('asynchronous-retries', async () => {
  await failing('retried');
  const begun = cloud.now();
  await send('retried', { fail: true });
  /** Lets time pass, some ten times as fast as outside, until it was run so often. @returns ms since it was sent */
  const until = async (count: number): Promise<number> => {
    await expect
      .poll(async () => {
        await cloud.pass(200);
        return await runs('retried');
      })
      .toBe(count);
    return cloud.now() - begun;
  };
  await until(1);
  await cloud.pass(50_000);
  const second = await until(2);
  await cloud.pass(110_000);
  const third = await until(3);
  // Never too early, on any machine. How late a run is seen is as many cloud seconds as the machine is slow.
  expect(second).toBeGreaterThanOrEqual(60_000);
  expect(third).toBeGreaterThanOrEqual(180_000);
  expect(third).toBeLessThan(600_000);
  await cloud.pass(3_600_000);
  expect(await runs('retried')).toBe(3);
});

prove('dead-letter-queue', async () => {
  const dead = await queue('dead');
  await failing('dying');
  const { lambda } = cloud.student;
  const DeadLetterConfig = { TargetArn: dead.arn };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'dying', DeadLetterConfig }));
  await waitUntilFunctionUpdatedV2(patience(lambda), { FunctionName: 'dying' });
  await lambda.send(
    new PutFunctionEventInvokeConfigCommand({ FunctionName: 'dying', MaximumRetryAttempts: 0 }),
  );
  await send('dying', { fail: true, n: 7 });
  expect(await dead.first()).toEqual({ fail: true, n: 7 });
});

prove('destinations', async () => {
  const [good, bad] = [await queue('good'), await queue('bad')];
  await failing('reporting');
  await configure('reporting', good.arn, bad.arn);
  await send('reporting', { n: 1 });
  expect(await good.first()).toMatchObject({
    version: '1.0',
    requestContext: { condition: 'Success', approximateInvokeCount: 1 },
    requestPayload: { n: 1 },
    responsePayload: { n: 1 },
  });
  await send('reporting', { fail: true });
  expect(await bad.first()).toMatchObject({
    requestContext: { condition: 'RetriesExhausted' },
    requestPayload: { fail: true },
    responseContext: { functionError: 'Unhandled' },
    responsePayload: { errorMessage: 'no' },
  });
});
