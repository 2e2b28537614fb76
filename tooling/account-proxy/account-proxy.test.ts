import {
  CreateRestApiCommand,
  APIGatewayClient,
  DeleteRestApiCommand,
  GetRestApisCommand,
} from '@aws-sdk/client-api-gateway';
import { CloudWatchClient, PutMetricAlarmCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  IAMClient,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, HeadBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { strToU8, zipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startCloud, type RunningCloud } from '../../emulator/start.ts';
import { startAccountProxy, type AccountProxy, type AccountProxyOptions } from './account-proxy.ts';

let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await startCloud({ port: 0, home: 'unused', ephemeral: true });
});
afterAll(() => cloud.stop());

let proxy: AccountProxy;
let accounts = 0;
afterEach(() => proxy.stop());

const calm = { throttled: 0, failed: 0 };
async function open(options: Partial<AccountProxyOptions> = {}) {
  proxy = await startAccountProxy({
    upstream: cloud.origin,
    seed: 'one',
    rates: calm,
    lagMs: 0,
    delayMs: 0,
    controlRates: false,
    allows: (_, name) => name.startsWith('lab01-'),
    ...options,
  });
  accounts += 1;
  return (maxAttempts: number) => ({
    endpoint: proxy.origin,
    region: 'us-east-1',
    credentials: { accessKeyId: String(200_000_000_000 + accounts), secretAccessKey: 'x' },
    maxAttempts,
    forcePathStyle: true,
  });
}

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const code = { ZipFile: zipSync({ 'index.mjs': strToU8('export const handler = async () => 1;') }) };
const functionOf = (Role: string, FunctionName = 'lab01-a') =>
  new CreateFunctionCommand({
    FunctionName,
    Role,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: code,
  });
const nameOf = (error: unknown) => (error instanceof Error ? error.name : '');

describe('a busy account', { timeout: 90_000 }, () => {
  it('throttles in each service’s own words, which every client knows for throttling', async () => {
    const settings = (await open({ rates: { throttled: 1, failed: 0 } }))(1);
    const refusals: readonly [string, number, () => Promise<unknown>][] = [
      ['TooManyRequestsException', 429, () => new LambdaClient(settings).send(new ListFunctionsCommand({}))],
      [
        'TooManyRequestsException',
        429,
        () => new APIGatewayClient(settings).send(new GetRestApisCommand({})),
      ],
      ['Throttling', 400, () => new IAMClient(settings).send(new ListRolesCommand({}))],
      [
        'ThrottlingException',
        400,
        () => new CloudWatchLogsClient(settings).send(new DescribeLogGroupsCommand({})),
      ],
      ['SlowDown', 503, () => new S3Client(settings).send(new ListBucketsCommand({}))],
    ];
    for (const [name, httpStatusCode, ask] of refusals)
      await expect(ask()).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
    expect(proxy.calls.map(({ verdict }) => verdict)).toEqual(refusals.map(() => 'throttled'));
    // The same calls by clients that may try again: nobody is refused for ever.
    expect(
      await new LambdaClient({ ...settings, maxAttempts: 5 }).send(new ListFunctionsCommand({})),
    ).toMatchObject({
      Functions: [],
    });
    expect(await new IAMClient({ ...settings, maxAttempts: 5 }).send(new ListRolesCommand({}))).toMatchObject(
      {
        Roles: [],
      },
    );
  });

  it('fails with 5xx, before anything is done, and a client that tries again wins', async () => {
    const settings = await open({ rates: { throttled: 0, failed: 1 } });
    const iam = new IAMClient(settings(1));
    const create = new CreateRoleCommand({ RoleName: 'lab01-role', AssumeRolePolicyDocument: trust });
    await expect(iam.send(create)).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
    await expect(new S3Client(settings(1)).send(new ListBucketsCommand({}))).rejects.toMatchObject({
      name: 'InternalError',
      $metadata: { httpStatusCode: 500 },
    });
    expect((await new IAMClient(settings(5)).send(create)).Role?.RoleName).toBe('lab01-role');
  });

  it('refuses the same calls for the same seed, whatever their order, and about as many as it should', async () => {
    const run = async (seed: string, backwards: boolean) => {
      const settings = (await open({ seed, rates: { throttled: 0.1, failed: 0.05 } }))(1);
      const credentials = { accessKeyId: '299999999999', secretAccessKey: 'x' };
      const logs = new CloudWatchLogsClient({ ...settings, credentials });
      const numbers = Array.from({ length: 150 }, (_, at) => (backwards ? 149 - at : at));
      const refused: number[] = [];
      for (const number of numbers)
        await logs
          .send(new DescribeLogGroupsCommand({ logGroupNamePrefix: `g${String(number)}` }))
          .catch(() => refused.push(number));
      await proxy.stop();
      return refused.sort((a, b) => a - b);
    };
    const first = await run('a', false);
    expect(await run('a', true)).toEqual(first);
    expect(await run('b', false)).not.toEqual(first);
    expect(first.length).toBeGreaterThan(8);
    expect(first.length).toBeLessThan(45);
  });

  it('takes one deletion of a REST API in thirty seconds', async () => {
    const settings = (await open({ controlRates: true }))(1);
    const apigateway = new APIGatewayClient(settings);
    const create = new CreateRestApiCommand({ name: 'lab01-api' });
    const { id: restApiId } = await apigateway.send(create);
    await expect(apigateway.send(create)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    await apigateway.send(new DeleteRestApiCommand({ restApiId }));
    const again = apigateway.send(new DeleteRestApiCommand({ restApiId }));
    await expect(again).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    expect(proxy.calls.map(({ verdict }) => verdict)).toEqual(['passed', 'rate', 'passed', 'rate']);
  });
});

describe('reads that lag behind writes', () => {
  it('do not know what was made a moment ago, and know it soon', async () => {
    const settings = (await open({ lagMs: 2000 }))(1);
    const iam = new IAMClient(settings);
    const logs = new CloudWatchLogsClient(settings);
    await iam.send(new CreateRoleCommand({ RoleName: 'lab01-role', AssumeRolePolicyDocument: trust }));
    const get = new GetRoleCommand({ RoleName: 'lab01-role' });
    await expect(iam.send(get)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/x/lab01-group' })).catch(() => undefined);
    await expect
      .poll(async () => (await iam.send(get).catch(() => undefined))?.Role?.RoleName)
      .toBe('lab01-role');
    const verdicts = proxy.calls
      .filter(({ operation }) => operation === 'GetRole')
      .map(({ verdict }) => verdict);
    expect(verdicts[0]).toBe('stale');
    expect(verdicts.at(-1)).toBe('passed');
  });

  it('tell a list as it was, and never again for ever', async () => {
    const settings = (await open({ lagMs: 2000, allows: () => true }))(1);
    const s3 = new S3Client(settings);
    const apigateway = new APIGatewayClient(settings);
    const names = async () =>
      (await apigateway.send(new GetRestApisCommand({}))).items?.map(({ name }) => name) ?? [];
    await apigateway.send(new CreateRestApiCommand({ name: 'lab01-first' }));
    await expect.poll(names).toEqual(['lab01-first']);
    await apigateway.send(new CreateRestApiCommand({ name: 'lab01-second' }));
    expect(await names()).toEqual(['lab01-first']);
    await expect.poll(async () => (await names()).length).toBe(2);
    await s3.send(new CreateBucketCommand({ Bucket: 'lab01-bucket-of-a-lag' }));
    const head = new HeadBucketCommand({ Bucket: 'lab01-bucket-of-a-lag' });
    expect(await s3.send(head).catch(nameOf)).toBe('NotFound');
    await expect.poll(() => s3.send(head).then(() => 'there', nameOf)).toBe('there');
  });

  it('keep a role from Lambda, and a function from being called or changed while it settles', async () => {
    const settings = (await open({ lagMs: 2000 }))(1);
    const iam = new IAMClient(settings);
    const client = new LambdaClient(settings);
    const { Role } = await iam.send(
      new CreateRoleCommand({ RoleName: 'lab01-role', AssumeRolePolicyDocument: trust }),
    );
    const create = functionOf(Role?.Arn ?? '');
    await expect(client.send(create)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'The role defined for the function cannot be assumed by Lambda.',
    });
    await expect.poll(() => client.send(create).then(({ State }) => State, nameOf)).toBe('Pending');
    await waitUntilFunctionActiveV2(
      { client, maxWaitTime: 30, minDelay: 0.1, maxDelay: 0.5 },
      { FunctionName: 'lab01-a' },
    );
    const update = new UpdateFunctionConfigurationCommand({ FunctionName: 'lab01-a', MemorySize: 256 });
    expect(await client.send(update)).toMatchObject({ LastUpdateStatus: 'InProgress' });
    await expect(client.send(update)).rejects.toMatchObject({ name: 'ResourceConflictException' });
    const get = new GetFunctionConfigurationCommand({ FunctionName: 'lab01-a' });
    await expect.poll(async () => (await client.send(get)).LastUpdateStatus).toBe('Successful');
  });
});

describe('what is not the lab’s', () => {
  it('may be read and not changed: each change is a violation, and does not happen', async () => {
    const settings = await open();
    const iam = new IAMClient(settings(1));
    const direct = new IAMClient({ ...settings(1), endpoint: cloud.origin });
    await direct.send(new CreateRoleCommand({ RoleName: 'payroll', AssumeRolePolicyDocument: trust }));
    expect((await iam.send(new GetRoleCommand({ RoleName: 'payroll' }))).Role?.RoleName).toBe('payroll');
    expect((await iam.send(new ListRolesCommand({}))).Roles).toHaveLength(1);
    expect(proxy.violations).toEqual([]);
    await expect(iam.send(new DeleteRoleCommand({ RoleName: 'payroll' }))).rejects.toThrow();
    expect(proxy.violations).toEqual(['iam DeleteRole changes payroll']);
    expect((await direct.send(new ListRolesCommand({}))).Roles).toHaveLength(1);
  });

  it('is known behind an ARN and behind an id', async () => {
    const settings = (await open())(1);
    const arn = 'arn:aws:lambda:us-east-1:200000000000:function:payroll:live';
    const lambda = new LambdaClient(settings);
    await lambda.send(new DeleteFunctionCommand({ FunctionName: arn })).catch(() => undefined);
    const direct = new APIGatewayClient({ ...settings, endpoint: cloud.origin });
    const { id: restApiId = '' } = await direct.send(new CreateRestApiCommand({ name: 'payroll' }));
    const apigateway = new APIGatewayClient(settings);
    const remove = () => apigateway.send(new DeleteRestApiCommand({ restApiId })).catch(() => undefined);
    await remove();
    await apigateway.send(new GetRestApisCommand({}));
    await remove();
    expect(proxy.violations).toEqual([
      'lambda DeleteFunction changes payroll',
      `apigateway DeleteRestApi changes ${restApiId}, and nobody has asked what that is`,
      'apigateway DeleteRestApi changes payroll',
    ]);
  });

  it('is not what an alarm watches, and is what metrics are put into', async () => {
    const cloudwatch = new CloudWatchClient((await open())(1));
    await cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName: 'lab01-errors',
        Namespace: 'AWS/Lambda',
        MetricName: 'Errors',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      }),
    );
    expect(proxy.violations).toEqual([]);
    const put = (Namespace: string) =>
      cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData: [{ MetricName: 'a', Value: 1 }] }));
    await put('lab01-shop');
    await expect(put('payroll')).rejects.toThrow();
    expect(proxy.violations).toEqual(['cloudwatch PutMetricData changes payroll']);
  });

  it('is not what a function does with its role: that is neither refused nor recorded', async () => {
    const settings = (await open({ rates: { throttled: 1, failed: 0 }, allows: () => false }))(1);
    const direct = { ...settings, endpoint: cloud.origin };
    const anybody = JSON.parse(trust) as { Statement: [{ Principal: object }] };
    anybody.Statement[0].Principal = { AWS: '*' };
    const iam = new IAMClient(direct);
    const { Role } = await iam.send(
      new CreateRoleCommand({ RoleName: 'lab01-role', AssumeRolePolicyDocument: JSON.stringify(anybody) }),
    );
    const PolicyArn = 'arn:aws:iam::aws:policy/CloudWatchLogsFullAccess';
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'lab01-role', PolicyArn }));
    const { Credentials } = await new STSClient(direct).send(
      new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'function' }),
    );
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    const logs = new CloudWatchLogsClient({ ...settings, credentials });
    await logs.send(new CreateLogGroupCommand({ logGroupName: 'anything' }));
    expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).toHaveLength(1);
    expect(proxy.calls).toEqual([]);
    expect(proxy.violations).toEqual([]);
  });

  it('is told account by account', async () => {
    const settings = (await open({ allows: () => false }))(1);
    const create = new CreateRoleCommand({ RoleName: 'lab01-role', AssumeRolePolicyDocument: trust });
    await expect(new IAMClient(settings).send(create)).rejects.toThrow('changes lab01-role');
    const { accessKeyId } = settings.credentials;
    expect(proxy.violationsOf(accessKeyId)).toEqual(['iam CreateRole changes lab01-role']);
    expect(proxy.violationsOf('299999999999')).toEqual([]);
  });

  it('is recorded with service, operation, names and tags', async () => {
    const settings = (await open())(1);
    await new STSClient(settings).send(new GetCallerIdentityCommand({}));
    await new IAMClient(settings).send(
      new CreateRoleCommand({
        RoleName: 'lab01-role',
        AssumeRolePolicyDocument: trust,
        Tags: [{ Key: 'coldstart:lab', Value: '1' }],
      }),
    );
    expect(proxy.calls).toMatchObject([
      { service: 'sts', operation: 'GetCallerIdentity', names: [], verdict: 'passed' },
      {
        service: 'iam',
        operation: 'CreateRole',
        names: ['lab01-role'],
        tags: [{ Key: 'coldstart:lab', Value: '1' }],
        verdict: 'passed',
      },
    ]);
  });
});
