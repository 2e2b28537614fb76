import {
  CreateAuthorizerCommand,
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  FlushStageAuthorizersCacheCommand,
  UpdateRestApiCommand,
  type CreateAuthorizerCommandInput,
} from '@aws-sdk/client-api-gateway';
import { beforeAll, describe, expect, it } from 'vitest';
import { studentForTests } from '../../../testing/for-tests.ts';
import { ask, build, functionOf, permit, proxying, saying, uriOf, seen } from '../../../testing/trial-api.ts';

/* A real function decides: its token is JSON that says what it shall answer, and each of its answers has an id. */
const trial = studentForTests();
let authorizerArn: string;
let echoArn: string;

beforeAll(async () => {
  authorizerArn = await functionOf(
    trial.student,
    'authorizer',
    `const text = event.authorizationToken ?? event.headers?.token ?? '{}';
     const told = JSON.parse(Buffer.from(text, 'base64').toString() || '{}');
     if (told.error) throw new Error(told.error);
     if ('raw' in told) return told.raw;
     const statement = { Action: 'execute-api:Invoke', Effect: told.effect ?? 'Allow', Resource: told.resource === 'method' ? event.methodArn : told.resource ?? '*' };
     return {
       principalId: 'ada',
       policyDocument: { Version: '2012-10-17', Statement: [statement] },
       context: { decision: context.awsRequestId, number: 7, yes: true, event: JSON.stringify(event), ...told.context },
       ...(told.key && { usageIdentifierKey: told.key }),
     };`,
  );
  echoArn = await functionOf(
    trial.student,
    'echo',
    'return { statusCode: 200, body: JSON.stringify(event) };',
  );
}, 120_000);

const token = (told: unknown): string => Buffer.from(JSON.stringify(told)).toString('base64');

async function guarded(
  more: Partial<CreateAuthorizerCommandInput> = {},
  settings: { readonly apiKeySource?: 'AUTHORIZER'; readonly permitted?: boolean } = {},
): Promise<{ restApiId: string; base: string }> {
  const api = await trial.gateway.api();
  const { restApiId } = api;
  const { id: authorizerId } = await trial.gateway.client.send(
    new CreateAuthorizerCommand({
      restApiId,
      name: 'a',
      type: 'TOKEN',
      authorizerUri: uriOf(authorizerArn),
      identitySource: 'method.request.header.Authorization',
      ...more,
    }),
  );
  const method = { authorizationType: 'CUSTOM', authorizerId: authorizerId ?? '' };
  await build(trial.gateway, api, {
    'GET /one': { ...proxying(echoArn), method },
    'GET /two': { ...saying(`{"decision":"$context.authorizer.decision"}`), method },
    'GET /keyed': { ...saying('{}'), method: { ...method, apiKeyRequired: true } },
  });
  if (settings.apiKeySource !== undefined) {
    const patchOperations = [{ op: 'replace' as const, path: '/apiKeySource', value: 'AUTHORIZER' }];
    await trial.gateway.client.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
  }
  if (settings.permitted !== false)
    await permit(trial.student.lambda, 'authorizer', restApiId, `authorizers/${authorizerId}`);
  await permit(trial.student.lambda, 'echo', restApiId);
  await trial.gateway.deploy(restApiId, { stageName: 'dev' });
  return { restApiId, base: `/_aws/execute-api/${restApiId}/dev` };
}

/** The id of the answer that a request was held against. */
async function decisionFor(base: string, told: unknown): Promise<string> {
  const { json } = await ask(trial.gateway, `${base}/two`, as(told));
  return (json as { decision: string }).decision;
}

const as = (told: unknown) => ({ headers: { Authorization: token(told) } });
const unauthorized = [401, { message: 'Unauthorized' }, 'UnauthorizedException'];

/* Facts, §3.2. */
describe('a TOKEN authorizer', () => {
  it('lets through whom its policy allows, and its context reaches the back end', async () => {
    const { restApiId, base } = await guarded();
    const { status, json } = await ask(trial.gateway, `${base}/one?a=1`, as({}));
    expect(status).toBe(200);
    const { requestContext } = json as { requestContext: { authorizer: Record<string, unknown> } };
    const { event, decision, integrationLatency, ...rest } = requestContext.authorizer;
    expect(rest).toEqual({ principalId: 'ada', number: '7', yes: 'true' });
    expect(decision).toMatch(/^[0-9a-f-]{36}$/);
    expect(integrationLatency).toEqual(expect.any(Number));
    expect(JSON.parse(String(event))).toEqual({
      type: 'TOKEN',
      methodArn: `arn:aws:execute-api:us-east-1:111111111111:${restApiId}/dev/GET/one`,
      authorizationToken: token({}),
    });
  });

  it('refuses', async () => {
    const { base } = await guarded({ authorizerResultTtlInSeconds: 0 });
    const answer = async (told: unknown) => seen(await ask(trial.gateway, `${base}/one`, as(told)));
    expect(seen(await ask(trial.gateway, `${base}/one`))).toEqual(unauthorized);
    expect(await answer({ error: 'Unauthorized' })).toEqual(unauthorized);
    expect(await answer({ effect: 'Deny' })).toEqual([
      403,
      {
        Message: expect.stringMatching(
          /^User is not authorized to access this resource with an explicit deny/,
        ) as unknown,
      },
      'AccessDeniedException',
    ]);
    expect(await answer({ resource: 'arn:aws:execute-api:*:*:other/*' })).toEqual([
      403,
      { Message: expect.stringMatching(/^User is not authorized to access this resource/) as unknown },
      'AccessDeniedException',
    ]);
    const broken = [500, { message: null }, 'AuthorizerConfigurationException'];
    expect(await answer({ error: 'anything else' })).toEqual(broken);
    for (const raw of ['text', null, {}, { principalId: 'ada' }, { principalId: 'a', policyDocument: {} }])
      expect(await answer({ raw })).toEqual(broken);
    expect(await answer({ context: { nested: { no: 1 } } })).toEqual(broken);
  });

  it('is not asked for a token of another form', async () => {
    const { base } = await guarded({ identityValidationExpression: '^ey[A-Za-z0-9+/=]+$' });
    expect((await ask(trial.gateway, `${base}/one`, as({}))).status).toBe(401);
    expect((await ask(trial.gateway, `${base}/one`, as({ effect: 'Allow' }))).status).toBe(200);
  });

  it('that may not be invoked is a mistake of the API', async () => {
    const { base } = await guarded({}, { permitted: false });
    expect(seen(await ask(trial.gateway, `${base}/one`, as({})))).toEqual([
      500,
      { message: null },
      'AuthorizerConfigurationException',
    ]);
  });
});

describe('what an authorizer decided', () => {
  it('is kept for its time on the clock, and held against each request', async () => {
    const { restApiId, base } = await guarded({ authorizerResultTtlInSeconds: 300 });
    const decision = () => decisionFor(base, {});
    const first = await decision();
    expect(await decision()).toBe(first);
    // Another token is another client.
    const other = await decisionFor(base, { a: 1 });
    expect(other).not.toBe(first);
    expect(await decision()).toBe(first);
    await trial.gateway.running.cloud.clock.advance(301_000);
    const second = await decision();
    expect([first, other]).not.toContain(second);
    expect(await decision()).toBe(second);
    await trial.gateway.client.send(new FlushStageAuthorizersCacheCommand({ restApiId, stageName: 'dev' }));
    expect([first, other, second]).not.toContain(await decision());
    // A policy for one method denies the next from the cache: what everybody learns once.
    expect((await ask(trial.gateway, `${base}/two`, as({ resource: 'method' }))).status).toBe(200);
    expect((await ask(trial.gateway, `${base}/one`, as({ resource: 'method' }))).status).toBe(403);
    expect((await ask(trial.gateway, `${base}/two`, as({ resource: 'method' }))).status).toBe(200);
  });

  it('is not kept where its time is 0', async () => {
    const { base } = await guarded({ authorizerResultTtlInSeconds: 0 });
    expect(await decisionFor(base, {})).not.toBe(await decisionFor(base, {}));
    expect((await ask(trial.gateway, `${base}/one`, as({ resource: 'method' }))).status).toBe(200);
    expect((await ask(trial.gateway, `${base}/two`, as({ resource: 'method' }))).status).toBe(200);
  });
});

describe('a REQUEST authorizer', () => {
  const sources = 'method.request.header.token, method.request.querystring.q';

  it('gets the request, and knows clients by all of its sources', async () => {
    const { restApiId, base } = await guarded({ type: 'REQUEST', identitySource: sources });
    const headers = { token: token({}) };
    expect(seen(await ask(trial.gateway, `${base}/one`, { headers }))).toEqual(unauthorized);
    expect(seen(await ask(trial.gateway, `${base}/one?q=1`))).toEqual(unauthorized);
    const { json } = await ask(trial.gateway, `${base}/one?q=1`, { headers });
    const { requestContext } = json as { requestContext: { authorizer: { event: string } } };
    expect(JSON.parse(requestContext.authorizer.event)).toMatchObject({
      type: 'REQUEST',
      methodArn: `arn:aws:execute-api:us-east-1:111111111111:${restApiId}/dev/GET/one`,
      resource: '/one',
      path: '/one',
      httpMethod: 'GET',
      headers,
      queryStringParameters: { q: '1' },
      pathParameters: {},
      stageVariables: {},
      requestContext: { resourcePath: '/one', stage: 'dev', identity: { sourceIp: '127.0.0.1' } },
    });
  });

  it('sees for itself what is missing where nothing is kept', async () => {
    const { base } = await guarded({
      type: 'REQUEST',
      identitySource: sources,
      authorizerResultTtlInSeconds: 0,
    });
    expect((await ask(trial.gateway, `${base}/one`)).status).toBe(200);
  });

  it('names the API key where the API says so', async () => {
    const { restApiId, base } = await guarded({}, { apiKeySource: 'AUTHORIZER' });
    const { id = '', value = '' } = await trial.gateway.client.send(
      new CreateApiKeyCommand({ name: 'k', enabled: true }),
    );
    const plan = await trial.gateway.client.send(
      new CreateUsagePlanCommand({ name: 'p', apiStages: [{ apiId: restApiId, stage: 'dev' }] }),
    );
    await trial.gateway.client.send(
      new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: id, keyType: 'API_KEY' }),
    );
    expect((await ask(trial.gateway, `${base}/keyed`, as({ key: value }))).status).toBe(200);
    expect((await ask(trial.gateway, `${base}/keyed`, as({ key: 'wrong' }))).status).toBe(403);
    const headers = { ...as({}).headers, 'x-api-key': value };
    expect((await ask(trial.gateway, `${base}/keyed`, { headers })).status).toBe(403);
  });
});
