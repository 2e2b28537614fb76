import {
  CreateAuthorizerCommand,
  UpdateRestApiCommand,
  type CreateAuthorizerCommandInput,
} from '@aws-sdk/client-api-gateway';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { askSigned, sessionOf, type Keys } from '../services/apigateway/testing/signed.ts';
import { ask, build, permit, saying, uriOf } from '../services/apigateway/testing/trial-api.ts';
import { TrialGateway } from '../services/apigateway/testing/trial-gateway.ts';
import { openUserPool } from '../services/apigateway/testing/user-pool.ts';
import { prove } from './prove.ts';
import { scope, seen, TrialCloud } from './trial-cloud.ts';

let cloud: TrialCloud;
beforeAll(async () => {
  cloud = await TrialCloud.start();
});
afterAll(async () => cloud.stop());

const unauthorized = [401, { message: 'Unauthorized' }, 'UnauthorizedException'];

/** A stage whose `/` an authorizer guards. */
async function guarded(
  more: Pick<CreateAuthorizerCommandInput, 'type'> & Partial<CreateAuthorizerCommandInput>,
) {
  const api = await cloud.gateway.api();
  const source = {
    restApiId: api.restApiId,
    name: 'a',
    identitySource: 'method.request.header.Authorization',
  };
  const { id = '' } = await cloud.gateway.client.send(new CreateAuthorizerCommand({ ...source, ...more }));
  const authorizationType = more.type === 'COGNITO_USER_POOLS' ? 'COGNITO_USER_POOLS' : 'CUSTOM';
  const authorized = '{"decision":"$context.authorizer.decision","sub":"$context.authorizer.claims.sub"}';
  const stage = await cloud.serve(
    { 'GET /': { ...saying(authorized), method: { authorizationType, authorizerId: id } } },
    [],
    api,
  );
  if (authorizationType === 'CUSTOM')
    await permit(cloud.student.lambda, 'decider', api.restApiId, `authorizers/${id}`, id);
  return async (Authorization?: string, query = '') =>
    stage.ask(`/${query}`, { headers: Authorization === undefined ? {} : { Authorization } });
}

prove('lambda-authorizer', async () => {
  const decider = await cloud.make(
    'decider',
    `const told = event.authorizationToken ?? event.queryStringParameters.effect;
     if (told === 'Nobody') throw new Error('Unauthorized');
     if (told === 'Broken') throw new Error('anything else');
     const statement = { Action: 'execute-api:Invoke', Effect: told === 'Deny' ? 'Deny' : 'Allow', Resource: told === 'Elsewhere' ? 'arn:aws:execute-api:*:*:other/*' : '*' };
     return { principalId: 'ada', policyDocument: { Version: '2012-10-17', Statement: [statement] }, context: { decision: context.awsRequestId } };`,
  );
  const token = await guarded({
    type: 'TOKEN',
    authorizerUri: uriOf(decider),
    authorizerResultTtlInSeconds: 300,
  });
  const decision = async () => ((await token('Allow')).json as { decision: string }).decision;
  const first = await decision();
  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect(await decision()).toBe(first);
  await cloud.pass(301_000);
  expect(await decision()).not.toBe(first);

  expect(seen(await token())).toEqual(unauthorized);
  expect(seen(await token('Nobody'))).toEqual(unauthorized);
  const denied = (pattern: RegExp) => [
    403,
    { Message: expect.stringMatching(pattern) as unknown },
    'AccessDeniedException',
  ];
  expect(seen(await token('Deny'))).toEqual(
    denied(/^User is not authorized to access this resource with an explicit deny/),
  );
  expect(seen(await token('Elsewhere'))).toEqual(denied(/^User is not authorized to access this resource/));
  expect(seen(await token('Broken'))).toEqual([500, { message: null }, 'AuthorizerConfigurationException']);

  const identitySource = 'method.request.querystring.effect';
  const request = await guarded({ type: 'REQUEST', authorizerUri: uriOf(decider), identitySource });
  expect(seen(await request())).toEqual(unauthorized);
  expect((await request(undefined, '?effect=Allow')).status).toBe(200);
  expect((await request(undefined, '?effect=Deny')).status).toBe(403);
});

prove('cognito-authorizer', async () => {
  const pool = await openUserPool(() => cloud.now());
  try {
    const providerARNs = [`arn:aws:cognito-idp:${scope.region}:${scope.account}:userpool/${pool.id}`];
    const ask = await guarded({ type: 'COGNITO_USER_POOLS', providerARNs });
    expect((await ask(pool.token())).json).toMatchObject({ sub: 'ada' });
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    for (const token of [
      undefined,
      'no.token.atall',
      pool.token({}, stranger),
      pool.token({ iss: 'https://other.example' }),
    ])
      expect(seen(await ask(token))).toEqual(unauthorized);
    expect((await ask(pool.token({ exp: 1 }))).status).toBe(401);
  } finally {
    await pool.close();
  }
});

prove('resource-policy', async () => {
  const api = await cloud.gateway.api();
  const policed = async (sourceIp: string) => {
    const Condition = { IpAddress: { 'aws:SourceIp': sourceIp } };
    const Statement = {
      Effect: 'Allow',
      Principal: '*',
      Action: 'execute-api:Invoke',
      Resource: '*',
      Condition,
    };
    const value = JSON.stringify({ Version: '2012-10-17', Statement });
    const patchOperations = [{ op: 'replace' as const, path: '/policy', value }];
    await cloud.gateway.client.send(new UpdateRestApiCommand({ restApiId: api.restApiId, patchOperations }));
    await cloud.gateway.deploy(api.restApiId, { stageName: 'dev' });
  };
  const stage = await cloud.serve({ 'GET /': saying('{}') }, [], api);
  await policed('127.0.0.0/8');
  expect((await stage.ask('/')).status).toBe(200);
  await policed('203.0.113.0/24');
  expect(seen(await stage.ask('/'))).toEqual([
    403,
    {
      Message: expect.stringMatching(
        /^User: anonymous is not authorized to perform: execute-api:Invoke on resource: /,
      ) as unknown,
    },
    'AccessDeniedException',
  ]);
});

prove('iam-authorization', async () => {
  const gateway = await TrialGateway.start(undefined, 'verified');
  try {
    const api = await gateway.api();
    const who = {
      ...saying('{"arn":"$context.identity.userArn"}'),
      method: { authorizationType: 'AWS_IAM' },
    };
    await build(gateway, api, { 'GET /': who });
    await gateway.deploy(api.restApiId, { stageName: 'dev' });
    const path = `/_aws/execute-api/${api.restApiId}/dev/`;
    const { credentials } = gateway.settings();
    const answer = async (keys: Keys) => seen(await askSigned(gateway, path, keys));
    expect((await answer(credentials)).slice(0, 2)).toEqual([
      200,
      { arn: `arn:aws:iam::${scope.account}:root` },
    ]);
    expect(seen(await ask(gateway, path))).toEqual([
      403,
      { message: 'Missing Authentication Token' },
      'MissingAuthenticationTokenException',
    ]);
    expect(await answer({ ...credentials, secretAccessKey: 'wrong' })).toEqual([
      403,
      { message: expect.stringMatching(/^The request signature we calculated does not match/) as unknown },
      'InvalidSignatureException',
    ]);
    const Statement = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' };
    expect((await answer(await sessionOf(gateway, 'may', [Statement])))[0]).toBe(200);
    expect(await answer(await sessionOf(gateway, 'may-not', []))).toEqual([
      403,
      {
        Message: expect.stringMatching(
          /is not authorized to perform: execute-api:Invoke on resource: /,
        ) as unknown,
      },
      'AccessDeniedException',
    ]);
  } finally {
    await gateway.stop();
  }
});
