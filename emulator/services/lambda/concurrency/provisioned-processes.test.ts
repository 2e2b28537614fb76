import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { AttachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  InvokeCommand,
  PublishVersionCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startCloud } from '../../../start.ts';
import type { RunningCloud } from '../../../start.ts';
import { archive } from '../testing/archive.ts';
import { account } from '../testing/small-cloud.ts';
import { clientSettings, patience, studentAt } from '../testing/student.ts';
import type { Student } from '../testing/student.ts';

/* The real SDK client against the real server with real processes. */
const HANDLER = `
import { randomUUID } from 'node:crypto';
if (process.env.BROKEN === 'yes') throw new Error('does not start');
const boot = randomUUID();
const born = Date.now();
export const handler = async ({ wait = 0, exit = false } = {}) => {
  if (exit) process.exit(1);
  if (wait > 0) await new Promise((done) => setTimeout(done, wait));
  return { boot, born, type: process.env.AWS_LAMBDA_INITIALIZATION_TYPE, version: process.env.AWS_LAMBDA_FUNCTION_VERSION };
};`;
interface Told {
  readonly boot: string;
  readonly born: number;
  readonly type: string;
  readonly version: string;
}

let running: RunningCloud;
let student: Student;
let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-lambda-'));
  running = await startCloud({ port: 0, home });
  student = await studentAt(running.origin);
  const iam = new IAMClient(clientSettings(running.origin));
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'worker', PolicyArn }));
  iam.destroy();
}, 60_000);
afterAll(async () => {
  student.lambda.destroy();
  await running.stop();
  rmSync(home, { recursive: true, force: true });
}, 30_000);

/** Makes a function with a published version 1 and an alias `live` for it. */
async function make(name: string, more: object = {}): Promise<void> {
  await student.make(name, archive({ 'index.mjs': HANDLER }), more);
  await student.lambda.send(new PublishVersionCommand({ FunctionName: name }));
  await student.lambda.send(
    new CreateAliasCommand({ FunctionName: name, Name: 'live', FunctionVersion: '1' }),
  );
}
const put = (FunctionName: string, ProvisionedConcurrentExecutions: number) =>
  student.lambda.send(
    new PutProvisionedConcurrencyConfigCommand({
      FunctionName,
      Qualifier: 'live',
      ProvisionedConcurrentExecutions,
    }),
  );
const progress = (FunctionName: string) =>
  student.lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier: 'live' }));
const settled = (name: string, Status: string) =>
  vi.waitFor(
    async () => {
      const found = await progress(name);
      expect(found.Status).toBe(Status);
      return found;
    },
    { timeout: 20_000, interval: 20 },
  );
async function invoke(FunctionName: string, event: object = {}, Qualifier = 'live') {
  const { Payload, LogResult, FunctionError } = await student.lambda.send(
    new InvokeCommand({ FunctionName, Qualifier, Payload: JSON.stringify(event), LogType: 'Tail' }),
  );
  return {
    told: JSON.parse(Buffer.from(Payload ?? []).toString()) as Told,
    log: Buffer.from(LogResult ?? '', 'base64').toString(),
    FunctionError,
  };
}
const ended = (name: string) =>
  running.cloud.trail
    .read({ account, region: 'us-east-1' })
    .filter((entry) => entry.kind === 'lambda.environment')
    .filter(({ facts }) => facts.functionArn.includes(`:${name}:`) && facts.phase === 'ended')
    .map(({ facts }) => facts.why);

describe('provisioned environments', () => {
  it('are initialised before the first invocation, which has no Init Duration', async () => {
    await make('ahead');
    expect(await put('ahead', 2)).toMatchObject({ Status: 'IN_PROGRESS' });
    const ready = await settled('ahead', 'READY');
    expect(ready).toMatchObject({
      AllocatedProvisionedConcurrentExecutions: 2,
      AvailableProvisionedConcurrentExecutions: 2,
    });
    const asked = Date.now();
    const { told, log } = await invoke('ahead');
    expect(told).toMatchObject({ type: 'provisioned-concurrency', version: '1' });
    expect(told.born).toBeLessThan(asked);
    expect(log).toMatch(/REPORT RequestId: \S+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms/);
    expect(log).not.toContain('Init Duration');
    const logs = new CloudWatchLogsClient(clientSettings(running.origin));
    const lines = await vi.waitFor(
      async () => {
        const { events = [] } = await logs.send(
          new FilterLogEventsCommand({ logGroupName: '/aws/lambda/ahead', filterPattern: 'INIT_REPORT' }),
        );
        expect(events).toHaveLength(2);
        return events.map(({ message }) => message);
      },
      { timeout: 15_000 },
    );
    logs.destroy();
    for (const line of lines) expect(line).toMatch(/^INIT_REPORT Init Duration: \d+\.\d\d ms\n$/);
    expect((await invoke('ahead', {}, '$LATEST')).told.type).toBe('on-demand');
  }, 60_000);

  it('are used before others; what is more spills over, and is counted', async () => {
    await make('spill');
    await put('spill', 2);
    await settled('spill', 'READY');
    const three = await Promise.all([1, 2, 3].map(() => invoke('spill', { wait: 700 })));
    expect(three.map(({ told }) => told.type).sort()).toEqual([
      'on-demand',
      'provisioned-concurrency',
      'provisioned-concurrency',
    ]);
    expect(new Set(three.map(({ told }) => told.boot)).size).toBe(3);
    const again = await invoke('spill');
    expect(again.told.type).toBe('provisioned-concurrency');
    const metrics = new CloudWatchClient(clientSettings(running.origin));
    const sum = async (MetricName: string) => {
      const now = running.cloud.clock.now();
      const { Datapoints = [] } = await metrics.send(
        new GetMetricStatisticsCommand({
          Namespace: 'AWS/Lambda',
          MetricName,
          Dimensions: [
            { Name: 'FunctionName', Value: 'spill' },
            { Name: 'Resource', Value: 'spill:live' },
          ],
          StartTime: new Date(now - 3_600_000),
          EndTime: new Date(now + 3_600_000),
          Period: 7_200,
          Statistics: ['Sum', 'Maximum'],
        }),
      );
      return Datapoints[0];
    };
    await vi.waitFor(
      async () => {
        expect(await sum('ProvisionedConcurrencyInvocations')).toMatchObject({ Sum: 3 });
      },
      { timeout: 15_000 },
    );
    expect(await sum('ProvisionedConcurrencySpilloverInvocations')).toMatchObject({ Sum: 1 });
    expect(await sum('ProvisionedConcurrentExecutions')).toMatchObject({ Maximum: 2 });
    expect(await sum('ProvisionedConcurrencyUtilization')).toMatchObject({ Maximum: 1 });
    metrics.destroy();
  }, 60_000);

  it('are replaced when they crash, without an invocation that waits for it', async () => {
    await make('crash');
    await put('crash', 1);
    await settled('crash', 'READY');
    const before = await invoke('crash');
    expect((await invoke('crash', { exit: true })).FunctionError).toBe('Unhandled');
    await settled('crash', 'READY');
    const after = await invoke('crash');
    expect(after.told.type).toBe('provisioned-concurrency');
    expect(after.told.boot).not.toBe(before.told.boot);
    expect(after.log).not.toContain('Init Duration');
    // Its successor does not wait until all that it left is gone.
    await expect.poll(() => ended('crash')).toEqual(['crashed']);
  }, 60_000);

  it('follow their alias to another version, and end with the configuration', async () => {
    await make('moves');
    await put('moves', 1);
    await settled('moves', 'READY');
    await student.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'moves', Timeout: 9 }));
    await waitUntilFunctionUpdatedV2(patience(student.lambda), { FunctionName: 'moves' });
    await student.lambda.send(new PublishVersionCommand({ FunctionName: 'moves' }));
    await student.lambda.send(
      new UpdateAliasCommand({ FunctionName: 'moves', Name: 'live', FunctionVersion: '2' }),
    );
    // The environments of the version before are there until the new ones are (recorded: moves_with_alias).
    expect(await progress('moves')).toMatchObject({
      AllocatedProvisionedConcurrentExecutions: 1,
      Status: 'IN_PROGRESS',
    });
    await settled('moves', 'READY');
    expect((await invoke('moves')).told).toMatchObject({ type: 'provisioned-concurrency', version: '2' });
    await vi.waitFor(
      () => {
        expect(ended('moves')).toEqual(['no longer provisioned']);
      },
      { timeout: 15_000 },
    );
    expect((await invoke('moves', {}, '1')).told.type).toBe('on-demand');
    const Qualifier = 'live';
    await student.lambda.send(
      new DeleteProvisionedConcurrencyConfigCommand({ FunctionName: 'moves', Qualifier }),
    );
    await vi.waitFor(
      () => {
        expect(ended('moves')).toHaveLength(2);
      },
      { timeout: 15_000 },
    );
    expect((await invoke('moves')).told.type).toBe('on-demand');
  }, 60_000);

  it('fail where the Init phase does, and on-demand environments are used', async () => {
    await make('broken', { Environment: { Variables: { BROKEN: 'yes' } } });
    await put('broken', 2);
    expect(await settled('broken', 'FAILED')).toMatchObject({
      AllocatedProvisionedConcurrentExecutions: 0,
      StatusReason: 'FUNCTION_ERROR_INIT_FAILURE',
    });
    expect((await invoke('broken')).FunctionError).toBe('Unhandled');
  }, 60_000);

  it('are renewed after two hours, and are there again after a restart of the cloud', async () => {
    await make('lasts');
    await put('lasts', 1);
    await settled('lasts', 'READY');
    const before = await invoke('lasts');
    await running.cloud.clock.advance(121 * 60_000);
    await vi.waitFor(
      () => {
        expect(ended('lasts')).toEqual(['lifetime']);
      },
      { timeout: 15_000 },
    );
    await settled('lasts', 'READY');
    const renewed = await invoke('lasts');
    expect(renewed.told.boot).not.toBe(before.told.boot);
    expect(renewed.told.type).toBe('provisioned-concurrency');
    student.lambda.destroy();
    await running.stop();
    running = await startCloud({ port: 0, home });
    student = await studentAt(running.origin).catch(async () => {
      const { LambdaClient } = await import('@aws-sdk/client-lambda');
      return { ...student, lambda: new LambdaClient(clientSettings(running.origin)) };
    });
    // Nobody has called yet: the service is started with the cloud.
    await vi.waitFor(
      () => {
        const init = running.cloud.trail
          .read({ account, region: 'us-east-1' })
          .filter((entry) => entry.kind === 'lambda.environment' && entry.facts.phase === 'ready');
        expect(init.length).toBeGreaterThan(0);
      },
      { timeout: 20_000 },
    );
    await settled('lasts', 'READY');
    const { told, log } = await invoke('lasts');
    expect(told.type).toBe('provisioned-concurrency');
    expect(log).not.toContain('Init Duration');
  }, 60_000);
});
