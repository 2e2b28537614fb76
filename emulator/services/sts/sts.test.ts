import { IAMClient, CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCloud } from '../../start.ts';
import type { RunningCloud } from '../../start.ts';

const account = '111122223333';
const settings = {
  region: 'ap-northeast-2',
  credentials: { accessKeyId: account, secretAccessKey: 'x' },
  maxAttempts: 1,
};
let running: RunningCloud;
let sts: STSClient;
let iam: IAMClient;

beforeAll(async () => {
  running = await startCloud({ port: 0, home: 'unused', ephemeral: true });
  sts = new STSClient({ ...settings, endpoint: running.origin });
  iam = new IAMClient({ ...settings, endpoint: running.origin });
});
afterAll(async () => {
  sts.destroy();
  iam.destroy();
  await running.stop();
});

async function role(name: string, principal: object, condition?: object): Promise<string> {
  const statement = {
    Effect: 'Allow',
    Principal: principal,
    Action: 'sts:AssumeRole',
    ...(condition !== undefined && { Condition: condition }),
  };
  const document = JSON.stringify({ Version: '2012-10-17', Statement: statement });
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: document }),
  );
  return Role?.Arn ?? '';
}

function as(
  credentials: { AccessKeyId?: string; SecretAccessKey?: string; SessionToken?: string } | undefined,
): STSClient {
  return new STSClient({
    ...settings,
    endpoint: running.origin,
    credentials: {
      accessKeyId: credentials?.AccessKeyId ?? '',
      secretAccessKey: credentials?.SecretAccessKey ?? '',
      sessionToken: credentials?.SessionToken ?? '',
    },
  });
}

const assume = (client: STSClient, RoleArn: string, more: object = {}) =>
  client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'tester', ...more }));

describe('GetCallerIdentity', () => {
  it('names the root of the account for a 12-digit key', async () => {
    expect(await sts.send(new GetCallerIdentityCommand())).toMatchObject({
      UserId: account,
      Account: account,
      Arn: `arn:aws:iam::${account}:root`,
    });
  });

  it('names role and session for session credentials', async () => {
    const arn = await role('who', { AWS: account });
    const { Credentials, AssumedRoleUser } = await assume(sts, arn);
    expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${account}:assumed-role/who/tester`);
    const session = as(Credentials);
    const told = await session.send(new GetCallerIdentityCommand());
    expect(told.Arn).toBe(AssumedRoleUser?.Arn);
    expect(told.UserId).toBe(AssumedRoleUser?.AssumedRoleId);
    expect(told.UserId).toMatch(/^AROA[A-Z2-7]{17}:tester$/);
    session.destroy();
  });
});

describe('AssumeRole', () => {
  it('refuses a role that trusts somebody else, and one that is not there, alike', async () => {
    const arn = await role('for-lambda', { Service: 'lambda.amazonaws.com' });
    const text = (wanted: string) =>
      `User: arn:aws:iam::${account}:root is not authorized to perform: sts:AssumeRole on resource: ${wanted}`;
    await expect(assume(sts, arn)).rejects.toMatchObject({ name: 'AccessDenied', message: text(arn) });
    const absent = `arn:aws:iam::${account}:role/absent`;
    await expect(assume(sts, absent)).rejects.toMatchObject({ name: 'AccessDenied', message: text(absent) });
  });

  it('asks for the external id of the trust policy', async () => {
    const arn = await role('external', { AWS: account }, { StringEquals: { 'sts:ExternalId': 'secret' } });
    await expect(assume(sts, arn)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(assume(sts, arn, { ExternalId: 'wrong' })).rejects.toMatchObject({ name: 'AccessDenied' });
    expect((await assume(sts, arn, { ExternalId: 'secret' })).Credentials?.SessionToken).toBeTruthy();
  });

  it('lets a role session on only where its own policies allow it', async () => {
    const first = await role('first', { AWS: account });
    const second = await role('second', { AWS: `arn:aws:iam::${account}:root` });
    const session = as((await assume(sts, first)).Credentials);
    await expect(assume(session, second)).rejects.toMatchObject({ name: 'AccessDenied' });
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: 'first',
        PolicyName: 'onwards',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: second },
        }),
      }),
    );
    expect((await assume(session, second)).AssumedRoleUser?.Arn).toContain('/second/');
    await expect(assume(session, second, { DurationSeconds: 3601 })).rejects.toMatchObject({
      name: 'ValidationError',
    });
    session.destroy();
  });

  it.each([['arn::b:::something/test-role'], ['arn:a:a::aaaaaaaaaa:'], ['nothing-valid-in-here']])(
    'says that %s is no ARN of a role',
    async (arn) => {
      await expect(assume(sts, arn)).rejects.toMatchObject({
        name: 'ValidationError',
        message: `${arn} is invalid`,
      });
    },
  );

  it('refuses more time than the role gives, doubled tags, and what is not built', async () => {
    const arn = await role('limits', { AWS: account });
    await expect(assume(sts, arn, { DurationSeconds: 7200 })).rejects.toMatchObject({
      message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    });
    const Tags = [
      { Key: 'a', Value: '1' },
      { Key: 'A', Value: '2' },
    ];
    await expect(assume(sts, arn, { Tags })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    });
    await expect(assume(sts, arn, { TransitiveTagKeys: ['x'] })).rejects.toMatchObject({
      message: 'The specified transitive tag key must be included in the requested tags.',
    });
    const Policy = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}';
    await expect(assume(sts, arn, { Policy })).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});

describe('keys', () => {
  it('gives root a session that is the same root', async () => {
    const { Credentials } = await sts.send(new GetSessionTokenCommand());
    const session = as(Credentials);
    expect((await session.send(new GetCallerIdentityCommand())).Arn).toBe(`arn:aws:iam::${account}:root`);
    session.destroy();
  });

  it('says whose a key is', async () => {
    const other = await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: '444455556666AAAA' }));
    expect(other.Account).toBe('000000000000');
    await expect(
      sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: 'ASIAAAAAAAAAAAAAAAAA' })),
    ).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });
});
