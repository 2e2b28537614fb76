import { CreateRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  InvokeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startCloud, type RunningCloud } from '../../../emulator/start.ts';
import { startAccountProxy, type AccountProxy } from '../../../tooling/account-proxy/account-proxy.ts';
import { openTarget } from '../open.ts';
import type { Target } from '../target.ts';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

let cloud: RunningCloud;
let proxy: AccountProxy;
let target: Target;
beforeEach(async () => {
  cloud = await startCloud({ port: 0, home: 'unused', ephemeral: true });
  proxy = await startAccountProxy({
    upstream: cloud.origin,
    // One by which what settles takes seconds.
    seed: 'seventeen',
    // Other faults would have the SDK wait until all has settled.
    rates: { throttled: 0, failed: 0 },
    // Longer than a busy machine takes between two calls.
    lagMs: 8000,
    delayMs: 0,
    controlRates: true,
    allows: () => true,
  });
  const standIn = { endpoint: proxy.origin, accessKeyId: '311111111111', secretAccessKey: 'x' };
  target = await openTarget({ name: 'aws', env: {}, standIn }, 'en');
});
afterEach(async () => {
  target.close();
  await proxy.stop();
  await cloud.stop();
});
const verdicts = (operation: string) =>
  proxy.calls.filter((call) => call.operation === operation).map(({ verdict }) => verdict);

describe('a client of an account that lags', { timeout: 60_000 }, () => {
  it('sees what it has made, and uses it, though the account does not at once', async () => {
    const iam = await target.pool.load('iam');
    const lambda = await target.pool.load('lambda');
    await iam.send(new CreateRoleCommand({ RoleName: 'own', AssumeRolePolicyDocument: trust }));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'own' }));
    expect(verdicts('GetRole')).toContain('stale');
    await iam.send(new CreateRoleCommand({ RoleName: 'other', AssumeRolePolicyDocument: trust }));
    const FunctionName = 'own';
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role: Role?.Arn?.replace('/own', '/other'),
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: zipSync({ 'index.mjs': strToU8('export const handler = async () => 1;') }) },
      }),
    );
    expect(verdicts('CreateFunction')).toContain('too soon');
    const answer = await lambda.send(new InvokeCommand({ FunctionName }));
    expect(Buffer.from(answer.Payload ?? []).toString()).toBe('1');
    const update = new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 256 });
    await lambda.send(update);
    await lambda.send(update);
    expect(verdicts('UpdateFunctionConfiguration')).toContain('too soon');
  });

  it('believes at once that there is nothing of a name that it did not make', async () => {
    const iam = await target.pool.load('iam');
    const begun = performance.now();
    await expect(iam.send(new GetRoleCommand({ RoleName: 'nobody' }))).rejects.toThrow('cannot be found');
    expect(verdicts('GetRole').filter((verdict) => verdict === 'passed')).toHaveLength(1);
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});

describe('a stand-in for an account', () => {
  it('must be on this machine', async () => {
    const standIn = { endpoint: 'https://203.0.113.7', accessKeyId: 'a', secretAccessKey: 'b' };
    await expect(openTarget({ name: 'aws', env: {}, standIn }, 'en')).rejects.toThrow(
      'https://203.0.113.7 is not on this machine',
    );
  });
});
