import { GetApiKeysCommand, GetRestApisCommand, GetUsagePlansCommand } from '@aws-sdk/client-api-gateway';
import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListRolesCommand } from '@aws-sdk/client-iam';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCloud, type RunningCloud } from '../../emulator/start.ts';
import { capabilities } from '../capabilities.ts';
import { startLackingServer } from '../testing/lacking-server.ts';
import { openTarget } from '../targets/open.ts';
import type { Target } from '../targets/target.ts';
import { openProber } from './open.ts';

let cloud: RunningCloud;
let target: Target;
/** What everything begins with that a student of a class may make. */
const prefix = 'ada-';
beforeAll(async () => {
  // Ephemeral: `home` is not touched.
  cloud = await startCloud({ port: 0, home: 'unused', ephemeral: true });
  target = await openTarget({ name: 'embedded', env: {}, endpoint: cloud.origin }, 'en');
});
afterAll(async () => {
  target.close();
  await cloud.stop();
});

/** Names of everything on the target that a trial may have made. */
async function left(): Promise<string[]> {
  const [lambda, logs, iam, cloudwatch, apigateway, sqs] = await Promise.all([
    target.pool.load('lambda'),
    target.pool.load('logs'),
    target.pool.load('iam'),
    target.pool.load('cloudwatch'),
    target.pool.load('apigateway'),
    target.pool.load('sqs'),
  ]);
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({}));
  const named = await Promise.all([
    apigateway.send(new GetRestApisCommand({})),
    apigateway.send(new GetApiKeysCommand({})),
    apigateway.send(new GetUsagePlansCommand({})),
  ]);
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  return [
    ...QueueUrls.map((url) => url.slice(url.lastIndexOf('/') + 1)),
    ...named.flatMap(({ items = [] }) => items.map(({ name }) => name)),
    ...Functions.map(({ FunctionName }) => FunctionName),
    ...logGroups.map(({ logGroupName }) => logGroupName),
    ...Roles.map(({ RoleName }) => RoleName),
    ...MetricAlarms.map(({ AlarmName }) => AlarmName),
  ].filter((name) => name?.includes('coldstart-probe-')) as string[];
}

describe('on the embedded cloud', () => {
  it('every behaviour is found by trying, and nothing is left of the trials', async () => {
    const prober = openProber(target, new AbortController().signal, prefix);
    const shown = await Promise.all(
      capabilities.map(async (capability) => [capability, await prober.can(capability)] as const),
    );
    const made = await left();
    expect(made.length).toBeGreaterThan(0);
    const others = made.filter((name) => !name.replace('/aws/lambda/', '').startsWith(prefix));
    expect(others).toEqual([]);
    await prober.close();
    expect(Object.fromEntries(shown)).toEqual(
      Object.fromEntries(capabilities.map((capability) => [capability, true])),
    );
    expect(await left()).toEqual([]);
    // Some thirty trials at once: a dozen functions, three APIs, two stacks.
  }, 120_000);

  it('a run that is stopped leaves nothing either', async () => {
    const stopping = new AbortController();
    const prober = openProber(target, stopping.signal, prefix);
    await prober.can('functionErrors');
    const late = prober.can('jsonLogs');
    stopping.abort();
    await expect(late).rejects.toThrow();
    await prober.close();
    expect(await left()).toEqual([]);
  });

  it('nothing is made where nothing was asked', async () => {
    const prober = openProber(target, new AbortController().signal, prefix);
    await prober.close();
    expect(await left()).toEqual([]);
  });
});

describe('on a server that lacks them', () => {
  it('no behaviour is taken for granted, each is tried once, and the trials are removed', async () => {
    const server = await startLackingServer();
    const opened = await openTarget({ name: 'localstack', env: {}, endpoint: server.origin }, 'en');
    const impatient = { ...opened, deadlines: { ...opened.deadlines, logs: 0.1, metrics: 0.1 } };
    try {
      const prober = openProber(impatient, new AbortController().signal);
      const ask = () => Promise.all(capabilities.map(async (one) => [one, await prober.can(one)] as const));
      const shown = await ask();
      expect(Object.fromEntries(shown)).toEqual(
        Object.fromEntries(capabilities.map((capability) => [capability, false])),
      );
      const asked = server.requests.length;
      expect(await ask()).toEqual(shown);
      expect(server.requests).toHaveLength(asked);
      await prober.close();
      const count = (what: RegExp) => server.requests.filter((request) => what.test(request)).length;
      expect(count(/^DELETE .*coldstart-probe-/)).toBe(count(/^POST .*\/functions$/));
      expect(count(/^DeleteRole$/)).toBe(count(/^CreateRole$/));
    } finally {
      opened.close();
      await server.stop();
    }
  });

  it('a trial that could not be made is no answer', async () => {
    const nowhere = await openTarget({ name: 'localstack', env: {}, endpoint: 'http://127.0.0.1:1' }, 'en');
    const prober = openProber(nowhere, new AbortController().signal);
    await expect(prober.can('logTail')).rejects.toThrow(/ECONNREFUSED/);
    await prober.close();
    nowhere.close();
  });
});
