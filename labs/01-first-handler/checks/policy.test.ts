import { describe, expect, it } from 'vitest';
import { allows, covers, readPolicy } from './policy.ts';

const policy = (...statements: object[]) =>
  readPolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
const group = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/lab01-greeter';

describe('readPolicy', () => {
  it('reads what IAM answers: percent-encoded, single values without a list', () => {
    const document =
      '{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"lambda.amazonaws.com"}}}';
    expect(readPolicy(encodeURIComponent(document))).toEqual(readPolicy(document));
    expect(readPolicy(document)).toMatchObject([
      { actions: ['sts:AssumeRole'], principals: [{ kind: 'Service', name: 'lambda.amazonaws.com' }] },
    ]);
  });

  it.each([[{ Principal: '*' }], [{ Principal: { AWS: '*' } }], [{ Principal: { AWS: ['*'] } }]])(
    'sees anybody in %j',
    (principal) => {
      expect(policy({ Effect: 'Allow', ...principal })[0]?.principals[0]?.kind).toBe('*');
    },
  );

  it.each(['NotAction', 'NotResource', 'NotPrincipal'])(
    'sees a statement that is turned round by %s',
    (key) => {
      expect(policy({ Effect: 'Allow', [key]: 'x' })[0]?.negated).toBe(true);
    },
  );
});

describe('covers', () => {
  it.each([
    ['*', 'anything', true],
    ['logs:Put*', 'logs:PutLogEvents', true],
    ['logs:Put?ogEvents', 'logs:PutLogEvents', true],
    ['LOGS:putlogevents', 'logs:PutLogEvents', true],
    ['logs:Put.ogEvents', 'logs:PutLogEvents', false],
    ['logs:Put', 'logs:PutLogEvents', false],
  ])('%s and %s: %s', (pattern, value, expected) => {
    expect(covers(pattern, value, { ignoreCase: true })).toBe(expected);
  });

  it('keeps apart resources that differ in case', () => {
    expect(covers('log-group:A', 'log-group:a')).toBe(false);
  });
});

describe('allows', () => {
  const put = (resource: string, extra: object = {}) => ({
    Effect: 'Allow',
    Action: ['logs:PutLogEvents'],
    Resource: resource,
    ...extra,
  });
  const stream = `${group}:log-stream:s`;

  it.each([['*'], [`${group}:*`], ['arn:aws:logs:*:*:*']])('finds the stream in %s', (resource) => {
    expect(allows(policy(put(resource)), 'logs:PutLogEvents', [stream])).toBe(true);
  });

  it.each([[`${group}2:*`], [group], ['arn:aws:logs:eu-west-1:*:*']])(
    'does not find it in %s',
    (resource) => {
      expect(allows(policy(put(resource)), 'logs:PutLogEvents', [stream])).toBe(false);
    },
  );

  it('heeds a Deny, unless a condition may keep it from applying', () => {
    const deny = put('*', { Effect: 'Deny' });
    expect(allows(policy(put('*'), deny), 'logs:PutLogEvents', [stream])).toBe(false);
    const sometimes = { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(allows(policy(put('*'), sometimes), 'logs:PutLogEvents', [stream])).toBe(true);
  });
});
