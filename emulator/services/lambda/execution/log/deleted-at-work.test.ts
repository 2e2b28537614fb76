import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { AttachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { DeleteFunctionCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { startCloud } from '../../../../start.ts';
import { archive } from '../../testing/archive.ts';
import { clientSettings, studentAt } from '../../testing/student.ts';

it('the last lines of a function that is deleted while it works make no log group anew', async () => {
  const running = await startCloud({ port: 0, home: 'unused', ephemeral: true });
  const student = await studentAt(running.origin);
  const logs = new CloudWatchLogsClient(clientSettings(running.origin));
  const iam = new IAMClient(clientSettings(running.origin));
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'worker', PolicyArn }));
  const server = createServer();
  // The handler is at work until its question is answered.
  let answer = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    server.once('request', (_request, response) => {
      answer = () => response.end('go on');
      resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await student.make(
    'busy',
    archive({
      'index.mjs': `export const handler = async ({ url }) => { console.log(await (await fetch(url)).text()); };`,
    }),
  );
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const called = student.lambda.send(
    new InvokeCommand({ FunctionName: 'busy', Payload: JSON.stringify({ url }), LogType: 'Tail' }),
  );
  await asked;
  await student.lambda.send(new DeleteFunctionCommand({ FunctionName: 'busy' }));
  await logs.send(new DeleteLogGroupCommand({ logGroupName: '/aws/lambda/busy' }));
  answer();
  const { LogResult = '' } = await called;
  expect(Buffer.from(LogResult, 'base64').toString()).toContain('go on');
  expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([]);
  for (const client of [logs, iam, student.lambda]) client.destroy();
  server.close();
  await running.stop();
});
