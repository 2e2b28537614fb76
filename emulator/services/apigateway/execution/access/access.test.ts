import { UpdateRestApiCommand } from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { gatewayForTests } from '../../testing/for-tests.ts';
import { askSigned, sessionOf } from '../../testing/signed.ts';
import { ask, build, saying, seen } from '../../testing/trial-api.ts';
import { scope, TrialGateway } from '../../testing/trial-gateway.ts';

const trial = gatewayForTests();

const denied = (pattern: RegExp) => [
  403,
  { Message: expect.stringMatching(pattern) as unknown },
  'AccessDeniedException',
];

async function api(
  at: TrialGateway,
  policy?: object,
  authorizationType = 'AWS_IAM',
): Promise<{ restApiId: string; path: string }> {
  const made = await at.api();
  await build(at, made, {
    'GET /who': {
      ...saying('{"arn":"$context.identity.userArn","account":"$context.identity.accountId"}'),
      method: { authorizationType },
    },
  });
  if (policy !== undefined) {
    const value = JSON.stringify(policy);
    const patchOperations = [{ op: 'replace' as const, path: '/policy', value }];
    await at.client.send(new UpdateRestApiCommand({ restApiId: made.restApiId, patchOperations }));
  }
  await at.deploy(made.restApiId, { stageName: 'dev' });
  return { restApiId: made.restApiId, path: `/_aws/execute-api/${made.restApiId}/dev/who` };
}

const root = { accessKeyId: scope.account, secretAccessKey: 'any' };
const invoke = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' };

describe('AWS_IAM', () => {
  it('asks for a signature', async () => {
    const { path } = await api(trial.gateway);
    const missing = { message: 'Missing Authentication Token' };
    expect(seen(await ask(trial.gateway, path))).toEqual([
      403,
      missing,
      'MissingAuthenticationTokenException',
    ]);
    const bearer = await ask(trial.gateway, path, { headers: { authorization: 'Bearer abc' } });
    expect(seen(bearer)).toEqual([
      403,
      { message: expect.stringMatching(/^Invalid key=value pair \(missing equal-sign\)/) as unknown },
      'IncompleteSignatureException',
    ]);
    expect((await askSigned(trial.gateway, path, root)).json).toEqual({
      arn: `arn:aws:iam::${scope.account}:root`,
      account: scope.account,
    });
  });

  it('asks for permission', async () => {
    const { path, restApiId } = await api(trial.gateway);
    const may = await sessionOf(trial.gateway, 'may', [
      { ...invoke, Resource: `arn:aws:execute-api:*:*:${restApiId}/dev/GET/who` },
    ]);
    expect((await askSigned(trial.gateway, path, may)).status).toBe(200);
    const mayNot = await sessionOf(trial.gateway, 'may-not', []);
    expect(seen(await askSigned(trial.gateway, path, mayNot))).toEqual(
      denied(
        /^User: arn:aws:sts::111111111111:assumed-role\/may-not\/session is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:\*{8}1111:\w+\/dev\/GET\/who because no identity-based policy/,
      ),
    );
    const never = await sessionOf(trial.gateway, 'never', [invoke, { ...invoke, Effect: 'Deny' }]);
    expect(seen(await askSigned(trial.gateway, path, never))).toEqual(
      denied(/explicit deny in an identity-based policy$/),
    );
    // In the same account the API's own policy is enough.
    const open = await api(trial.gateway, {
      Version: '2012-10-17',
      Statement: [{ ...invoke, Principal: { AWS: `arn:aws:iam::${scope.account}:role/may-not` } }],
    });
    expect((await askSigned(trial.gateway, open.path, mayNot)).status).toBe(200);
  });

  it('lets other accounts in only by both policies', async () => {
    const other = { ...root, accessKeyId: '222222222222' };
    const closed = await api(trial.gateway);
    expect((await askSigned(trial.gateway, closed.path, other)).status).toBe(403);
    const open = await api(trial.gateway, {
      Version: '2012-10-17',
      Statement: [{ ...invoke, Principal: { AWS: '222222222222' } }],
    });
    expect((await askSigned(trial.gateway, open.path, other)).json).toMatchObject({
      account: '222222222222',
    });
  });

  it('verifies signatures where the cloud does', async () => {
    const at = await TrialGateway.start(undefined, 'verified');
    const secretAccessKey = at.running.cloud.identity.secretOf(scope.account, undefined) ?? '';
    try {
      const { path } = await api(at);
      expect((await askSigned(at, path, { accessKeyId: scope.account, secretAccessKey })).status).toBe(200);
      expect(
        seen(await askSigned(at, path, { accessKeyId: scope.account, secretAccessKey: 'wrong' })),
      ).toEqual([
        403,
        { message: expect.stringMatching(/^The request signature we calculated does not match/) as unknown },
        'InvalidSignatureException',
      ]);
    } finally {
      await at.stop();
    }
  });
});

describe("an API's own policy", () => {
  const open = { ...invoke, Principal: '*' };
  const from = (ip: string, Effect = 'Allow') => ({
    ...invoke,
    Effect,
    Principal: '*',
    Condition: { IpAddress: { 'aws:SourceIp': ip } },
  });
  it.each([
    ['the address', [from('127.0.0.0/8')], 200, undefined],
    ['another address', [from('203.0.113.0/24')], 403, /no resource-based policy allows/],
    ['the address, denied', [from('0.0.0.0/0'), from('127.0.0.1', 'Deny')], 403, /with an explicit deny/],
  ] as const)('for %s', async (_, Statement, status, message) => {
    const { path } = await api(trial.gateway, { Version: '2012-10-17', Statement }, 'NONE');
    const answer = await ask(trial.gateway, path);
    expect(answer.status).toBe(status);
    if (message === undefined) return;
    expect(seen(answer)).toEqual(denied(message));
    expect((answer.json as { Message: string }).Message).toMatch(
      /^User: anonymous is not authorized to perform: execute-api:Invoke on resource: /,
    );
  });

  // No request here comes from a VPC: what only holds for one never does.
  it.each([
    ['for one VPC endpoint', [{ ...open, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }], 403],
    ['for one VPC', [{ ...open, Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }], 403],
    [
      'but not for what is no VPC endpoint',
      [open, { ...open, Effect: 'Deny', Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } }],
      403,
    ],
    [
      'but not for one VPC endpoint',
      [open, { ...open, Effect: 'Deny', Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }],
      200,
    ],
    ['where there is no VPC endpoint', [{ ...open, Condition: { Null: { 'aws:SourceVpce': 'true' } } }], 200],
  ] as const)('%s', async (_, Statement, status) => {
    const { path } = await api(trial.gateway, { Version: '2012-10-17', Statement }, 'NONE');
    expect((await ask(trial.gateway, path)).status).toBe(status);
  });

  it('takes effect with the next deployment', async () => {
    const { restApiId, path } = await api(trial.gateway, undefined, 'NONE');
    const value = JSON.stringify({ Version: '2012-10-17', Statement: [from('203.0.113.1')] });
    const patchOperations = [{ op: 'replace' as const, path: '/policy', value }];
    await trial.gateway.client.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
    expect((await ask(trial.gateway, path)).status).toBe(200);
    await trial.gateway.deploy(restApiId, { stageName: 'dev' });
    expect((await ask(trial.gateway, path)).status).toBe(403);
  });
});
