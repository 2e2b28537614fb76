import { CreateFunctionCommand, LambdaClient, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { startCloud } from '../../emulator/start.ts';
import { startAccountProxy } from '../../tooling/account-proxy/account-proxy.ts';
import type { FaultRates } from '../../tooling/account-proxy/faults.ts';
import { viewOf } from '../targets/clients/view.ts';
import { openTarget } from '../targets/open.ts';
import { invoke, requestIdOf } from './invoke.ts';

const tail =
  'START RequestId: inner Version: $LATEST\nhello\nEND RequestId: inner\nREPORT RequestId: inner\tDuration: 1 ms\n';

it.each([
  // As on AWS.
  ['inner', tail, 'inner'],
  // A server whose answers have ids of their own.
  ['outer', tail, 'inner'],
  ['outer', 'no line of Lambda', 'outer'],
  ['outer', '', 'outer'],
  // What a function writes does not take the place of an id that the log has.
  ['inner', `END RequestId: forged\n${tail}`, 'inner'],
])('the id of an invocation that was answered with %s, and logged %j, is %s', (answered, log, id) => {
  expect(requestIdOf(answered, log)).toBe(id);
});

it.each<[string, FaultRates, { calls: number; lost: number }]>([
  [
    'were answered with a 5xx after the function had run',
    { throttled: 0, failed: 1, lost: 1 },
    { calls: 4, lost: 3 },
  ],
  ['may have been, as nobody can know', { throttled: 0, failed: 1 }, { calls: 1, lost: 3 }],
  ['were refused', { throttled: 1, failed: 0 }, { calls: 1, lost: 0 }],
])('attempts that %s are told from the answer', async (_, rates, { calls, lost }) => {
  const cloud = await startCloud({ port: 0, home: 'unused', ephemeral: true });
  const credentials = { accessKeyId: '322222222222', secretAccessKey: 'x' };
  const settings = { endpoint: cloud.origin, region: 'us-east-1', credentials };
  const calm = { lagMs: 0, delayMs: 0, controlRates: false, allows: () => true };
  const proxy = await startAccountProxy({ upstream: cloud.origin, seed: 'one', rates, ...calm });
  const standIn = { endpoint: proxy.origin, ...credentials };
  const target = await openTarget({ name: 'aws', env: {}, standIn }, 'en');
  try {
    const { Role } = await new IAMClient(settings).send(
      new CreateRoleCommand({ RoleName: 'counts', AssumeRolePolicyDocument: trust }),
    );
    const client = new LambdaClient(settings);
    await client.send(
      new CreateFunctionCommand({
        FunctionName: 'counts',
        Role: Role?.Arn,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: zipSync({ 'index.mjs': strToU8(counting) }) },
      }),
    );
    await waitUntilFunctionActiveV2({ client, maxWaitTime: 30 }, { FunctionName: 'counts' });
    const watch = {
      during: <T>(_what: string, work: Promise<T>) => work,
      signal: new AbortController().signal,
    };
    expect(await invoke(viewOf(target.pool, watch), 'counts', {})).toMatchObject({ payload: calls, lost });
  } finally {
    target.close();
    await proxy.stop();
    await cloud.stop();
  }
});

const counting = 'let calls = 0; export const handler = async () => (calls += 1);';
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
