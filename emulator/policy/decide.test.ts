import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { parsePolicy } from './parse.ts';
import type { AccessRequest, Requester } from './policy.ts';

const policy = (...statements: object[]) =>
  parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), 'authorizer');
const allow = (more: object) => policy({ Effect: 'Allow', Action: '*', Resource: '*', ...more });
const ask = (more: Partial<AccessRequest> = {}): AccessRequest => ({
  action: 'lambda:InvokeFunction',
  resource: 'arn:aws:lambda:us-east-1:111122223333:function:greeter',
  ...more,
});
const outcome = (statements: object[], request: Partial<AccessRequest> = {}) =>
  decide([policy(...statements)], ask(request)).decision;

describe('decide', () => {
  it('denies what nothing allows, and lets an explicit deny win wherever it stands', () => {
    expect(decide([], ask()).decision).toBe('implicitDeny');
    const deny = { Effect: 'Deny', Action: 'lambda:*', Resource: '*' };
    const permit = { Effect: 'Allow', Action: '*', Resource: '*' };
    expect(outcome([permit])).toBe('allow');
    expect(outcome([permit, deny])).toBe('explicitDeny');
    expect(outcome([deny, permit])).toBe('explicitDeny');
    expect(decide([policy(permit), policy(deny)], ask())).toMatchObject({
      decision: 'explicitDeny',
      policy: 1,
    });
  });

  it('matches actions without regard to case, resources with it', () => {
    expect(outcome([{ Effect: 'Allow', Action: 'LAMBDA:invoke*', Resource: '*' }])).toBe('allow');
    const resource = (Resource: string) => outcome([{ Effect: 'Allow', Action: '*', Resource }]);
    expect(resource('arn:aws:lambda:*:*:function:gree?er')).toBe('allow');
    expect(resource('arn:aws:lambda:*:*:function:GREETER')).toBe('implicitDeny');
  });

  it('reads NotAction and NotResource', () => {
    expect(outcome([{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }])).toBe('allow');
    expect(outcome([{ Effect: 'Allow', NotAction: ['iam:*', 'lambda:*'], Resource: '*' }])).toBe(
      'implicitDeny',
    );
    expect(outcome([{ Effect: 'Allow', Action: '*', NotResource: '*:function:greeter' }])).toBe(
      'implicitDeny',
    );
    expect(outcome([{ Effect: 'Allow', Action: '*', NotResource: '*:function:other' }])).toBe('allow');
  });

  it('takes an unknown resource for any', () => {
    const request = { resource: undefined };
    expect(outcome([{ Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::b/*' }], request)).toBe('allow');
    expect(outcome([{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::b/*' }], request)).toBe(
      'implicitDeny',
    );
  });

  it('puts variables in as plain text, and only in the language that has them', () => {
    const Resource = 'arn:aws:s3:::home/${aws:username}/*';
    const request = (username: string, key: string) => ({
      resource: `arn:aws:s3:::home/${key}`,
      context: { 'aws:UserName': username },
    });
    const statement = { Effect: 'Allow', Action: '*', Resource };
    expect(outcome([statement], request('ada', 'ada/a.txt'))).toBe('allow');
    expect(outcome([statement], request('ada', 'bob/a.txt'))).toBe('implicitDeny');
    expect(outcome([statement], request('*', 'bob/a.txt'))).toBe('implicitDeny');
    expect(outcome([statement], { resource: 'arn:aws:s3:::home//x' })).toBe('implicitDeny');
    const old = parsePolicy(JSON.stringify({ Version: '2008-10-17', Statement: statement }), 'authorizer');
    expect(decide([old], ask(request('ada', 'ada/a.txt'))).decision).toBe('implicitDeny');
    const withDefault = { ...statement, Resource: "arn:aws:s3:::home/${aws:username, 'public'}/*" };
    expect(outcome([withDefault], { resource: 'arn:aws:s3:::home/public/x' })).toBe('allow');
    const escaped = { ...statement, Resource: 'arn:aws:s3:::home/${*}' };
    expect(outcome([escaped], { resource: 'arn:aws:s3:::home/*' })).toBe('allow');
    expect(outcome([escaped], { resource: 'arn:aws:s3:::home/x' })).toBe('implicitDeny');
  });
});

describe('principals', () => {
  const account = '111122223333';
  const role: Requester = {
    kind: 'aws',
    account,
    arn: `arn:aws:sts::${account}:assumed-role/worker/s1`,
    roleArn: `arn:aws:iam::${account}:role/worker`,
  };
  const lambda: Requester = { kind: 'service', name: 'lambda.amazonaws.com' };
  const by = (Principal: unknown, requester: Requester) => decide([allow({ Principal })], ask({ requester }));

  it.each<[string, unknown, Requester, string]>([
    ['everyone', '*', { kind: 'anonymous' }, 'allow'],
    ['everyone, as AWS', { AWS: '*' }, { kind: 'anonymous' }, 'allow'],
    ['a service', { Service: 'lambda.amazonaws.com' }, lambda, 'allow'],
    ['another service', { Service: ['s3.amazonaws.com'] }, lambda, 'implicitDeny'],
    ['a role, for its session', { AWS: `arn:aws:iam::${account}:role/worker` }, role, 'allow'],
    ['a session', { AWS: role.arn }, role, 'allow'],
    ['another role', { AWS: `arn:aws:iam::${account}:role/other` }, role, 'implicitDeny'],
    ['another account', { AWS: '999988887777' }, role, 'implicitDeny'],
    ['an account, for a service', { AWS: account }, lambda, 'implicitDeny'],
    [
      'a provider',
      { Federated: 'accounts.google.com' },
      { kind: 'federated', provider: 'accounts.google.com' },
      'allow',
    ],
  ])('%s', (_title, principal, requester, expected) => {
    expect(by(principal, requester).decision).toBe(expected);
  });

  it('tells a whole account from the requester itself', () => {
    expect(by({ AWS: account }, role)).toMatchObject({ decision: 'allow', delegated: true });
    expect(by({ AWS: [`arn:aws:iam::${account}:root`, role.roleArn] }, role)).toMatchObject({
      delegated: false,
    });
    const both = [allow({ Principal: { AWS: account } }), allow({ Principal: { AWS: role.arn } })];
    expect(decide(both, ask({ requester: role }))).toMatchObject({
      decision: 'allow',
      delegated: false,
      policy: 1,
    });
  });

  it('denies all but those of NotPrincipal', () => {
    const deny = (NotPrincipal: object) =>
      decide([policy({ Effect: 'Deny', NotPrincipal, Action: '*', Resource: '*' })], ask({ requester: role }))
        .decision;
    expect(deny({ AWS: role.arn })).toBe('implicitDeny');
    expect(deny({ AWS: '999988887777' })).toBe('explicitDeny');
  });
});

describe('any policies', () => {
  const word = fc.stringMatching(/^[a-c*?]{0,6}$/);
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.array(
      word.map((name) => `svc:${name}`),
      { minLength: 1, maxLength: 3 },
    ),
    Resource: fc.array(word, { minLength: 1, maxLength: 3 }),
  });
  const request = fc.record({
    action: fc.stringMatching(/^[a-c]{0,5}$/).map((name) => `svc:${name}`),
    resource: fc.stringMatching(/^[a-c]{0,5}$/),
  });

  it('decide the same in every order, and one more deny never allows more', () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 6 }), request, (statements, asked) => {
        const first = decide([policy(...statements)], asked).decision;
        expect(decide([policy(...statements.toReversed())], asked).decision).toBe(first);
        expect(
          decide(
            statements.map((one) => policy(one)),
            asked,
          ).decision,
        ).toBe(first);
        const more = decide(
          [policy(...statements, { Effect: 'Deny', Action: 'svc:a*', Resource: '*' })],
          asked,
        ).decision;
        if (first !== 'allow') expect(more).not.toBe('allow');
      }),
    );
  });
});
