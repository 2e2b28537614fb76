import { IAMClient } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { fakeContext } from './testing/fake-context.ts';
import { roleChecks } from './role.ts';

const lambda = { Service: 'lambda.amazonaws.com' };
const document = (...statements: object[]) =>
  encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
const actions = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const group = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/lab01-greeter';

/** A role with one inline policy, as IAM answers for it. */
function contextWith(trust: string, permissions: string) {
  const answers: Record<string, object> = {
    GetRoleCommand: { Role: { RoleName: 'r', AssumeRolePolicyDocument: trust } },
    ListRolePoliciesCommand: { PolicyNames: ['own'] },
    GetRolePolicyCommand: { PolicyDocument: permissions },
    ListAttachedRolePoliciesCommand: { AttachedPolicies: [] },
  };
  // The SDK's paginators ask whether they were given a client of their service.
  const iam = Object.assign(Object.create(IAMClient.prototype) as IAMClient, {
    send: (command: object) => Promise.resolve(answers[command.constructor.name]),
  });
  const ready = {
    Role: 'arn:aws:iam::123456789012:role/service-role/r',
    FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:lab01-greeter',
  };
  return fakeContext({ earlier: { ready }, clients: { iam } });
}

describe('role-trust', () => {
  const check = (...statements: object[]) =>
    roleChecks.trust.run(contextWith(document(...statements), document()));
  const assume = { Effect: 'Allow', Action: 'sts:AssumeRole' };

  it('passes where Lambda alone is admitted, with a condition or without', async () => {
    await check({ ...assume, Principal: lambda });
    await check({ ...assume, Principal: lambda, Condition: { StringEquals: { 'aws:SourceAccount': '1' } } });
  });

  it.each([
    ['nobody', [{ ...assume, Effect: 'Deny', Principal: lambda }], 'does not let'],
    ['another action', [{ ...assume, Action: 'sts:TagSession', Principal: lambda }], 'does not let'],
    [
      'another service',
      [{ ...assume, Principal: { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] } }],
      'also admits `ec2.amazonaws.com`',
    ],
    [
      'an account',
      [{ ...assume, Principal: { ...lambda, AWS: 'arn:aws:iam::123456789012:root' } }],
      'also admits `arn:aws:iam::123456789012:root`',
    ],
    [
      'anybody in a second statement',
      [
        { ...assume, Principal: lambda },
        { ...assume, Principal: '*' },
      ],
      'also admits everybody',
    ],
    ['all but one', [{ ...assume, NotPrincipal: { AWS: '1' } }], 'says who may not'],
  ])('fails for %s', async (_, statements, why) => {
    await expect(check(...statements)).rejects.toThrow(why);
  });
});

describe('role-permissions', () => {
  const check = (...statements: object[]) =>
    roleChecks.permissions.run(contextWith(document(), document(...statements)));
  const allow = { Effect: 'Allow', Action: actions, Resource: '*' };

  it('passes for the three actions, in the forms that people and consoles write', async () => {
    await check(allow);
    await check({ ...allow, Resource: `${group}:*` });
    await check(
      { Effect: 'Allow', Action: 'logs:CreateLogGroup', Resource: 'arn:aws:logs:us-east-1:123456789012:*' },
      { Effect: 'Allow', Action: actions.slice(1), Resource: [`${group}:*`] },
    );
    await check(allow, { Effect: 'Deny', Action: '*', Resource: 'arn:aws:s3:::secret' });
  });

  it.each([
    ['nothing', [], 'does not allow `logs:CreateLogGroup`, `logs:CreateLogStream` and `logs:PutLogEvents`'],
    [
      'no stream',
      [{ ...allow, Action: ['logs:CreateLogGroup', 'logs:PutLogEvents'] }],
      'does not allow `logs:CreateLogStream`',
    ],
    ['the log group of another function', [{ ...allow, Resource: `${group}-2:*` }], 'does not allow'],
    ['everything', [{ ...allow, Action: '*:*' }], 'allows every action'],
    ['a wildcard', [{ ...allow, Action: 'logs:*' }], 'allows `logs:*`'],
    ['one more', [{ ...allow, Action: [...actions, 's3:GetObject'] }], 'also allows `s3:GetObject`'],
    ['all but one', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], 'NotAction'],
  ])('fails for %s', async (_, statements, why) => {
    await expect(check(...statements)).rejects.toThrow(why);
  });
});
