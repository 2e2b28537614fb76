import {
  CreateAuthorizerCommand,
  ResetAuthorizersCacheCommand,
  type CreateAuthorizerRequest,
} from '@aws-sdk/client-apigatewayv2';
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uriOf } from '../../apigateway/testing/trial-api.ts';
import { askSigned } from '../../apigateway/testing/signed.ts';
import { asking, TrialHttp } from './testing/trial-http.ts';

let http: TrialHttp;
let echo: string;
beforeAll(async () => {
  http = await TrialHttp.start('verified');
  echo = await http.function('echo', 'return event.requestContext.authorizer ?? "nobody";');
});
afterAll(async () => {
  await http.stop();
});

const authorizer = async (ApiId: string, more: Partial<CreateAuthorizerRequest>): Promise<string> =>
  (
    await http.client.send(
      new CreateAuthorizerCommand({
        Name: 'guard',
        AuthorizerType: 'REQUEST',
        IdentitySource: [],
        ...more,
        ApiId,
      }),
    )
  ).AuthorizerId ?? '';

describe('JWT', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let server: Server;
  let issuer: string;
  let apiId: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
      const told =
        request.url === '/.well-known/openid-configuration'
          ? { issuer, jwks_uri: `${issuer}/keys` }
          : { keys: [jwk] };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(told));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    apiId = await http.api({}, { Name: 'jwt' });
    const AuthorizerId = await authorizer(apiId, {
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: issuer, Audience: ['app'] },
    });
    const jwt = { AuthorizationType: 'JWT' as const, AuthorizerId };
    await http.routes(apiId, {
      'GET /': { ...asking(echo), route: jwt },
      'GET /one': { ...asking(echo, '1.0'), route: jwt },
      'GET /scoped': { ...asking(echo), route: { ...jwt, AuthorizationScopes: ['read', 'write'] } },
    });
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const now = () => Math.floor(http.gateway.running.cloud.clock.now() / 1000);
  const tokenOf = (claims: object, key = privateKey, kid = 'one') => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ alg: 'RS256', kid })}.${part({ iss: issuer, aud: 'app', exp: now() + 60, ...claims })}`;
    return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
  };
  const ask = (path: string, authorization?: string) =>
    http.ask(apiId, path, authorization === undefined ? {} : { headers: { authorization } });

  it('lets tokens of the issuer in, and tells functions of them', async () => {
    const token = tokenOf({ sub: 'ada', groups: ['a', 'b'], n: 7 });
    const { status, json } = await ask('/', `Bearer ${token}`);
    expect(status).toBe(200);
    const claims = { iss: issuer, aud: 'app', sub: 'ada', groups: '[a b]', n: '7' };
    expect(json).toMatchObject({ jwt: { claims, scopes: null } });
    expect((await ask('/', token)).status).toBe(200);
    expect((await ask('/', tokenOf({ aud: undefined, client_id: 'app' }))).status).toBe(200);
  });

  it.each<[string, () => string | undefined, RegExp]>([
    ['no token', () => undefined, /^Bearer$/],
    ['no token at all', () => 'nonsense', /error_description="token contains an invalid number of segments"/],
    ['another audience', () => tokenOf({ aud: 'x' }), /the token does not have a valid audience/],
    ['another issuer', () => tokenOf({ iss: 'x' }), /invalid_token/],
    ['one that has expired', () => tokenOf({ exp: now() - 1 }), /the token has expired/],
    ['one of the future', () => tokenOf({ nbf: now() + 60 }), /invalid_token/],
    ['another key', () => tokenOf({}, other.privateKey), /invalid_token/],
    ['an unknown key', () => tokenOf({}, privateKey, 'two'), /invalid_token/],
  ])('refuses %s', async (_name, token, challenge) => {
    const { status, json, headers } = await ask('/', token());
    expect([status, json]).toEqual([401, { message: 'Unauthorized' }]);
    expect(headers['www-authenticate']).toMatch(challenge);
  });

  it('asks for one of the scopes', async () => {
    const { status, json } = await ask('/scoped', tokenOf({ scope: 'openid read' }));
    expect([status, json]).toMatchObject([200, { jwt: { scopes: ['openid', 'read'] } }]);
    const refused = await ask('/scoped', tokenOf({ scp: ['openid'] }));
    expect([refused.status, refused.json]).toEqual([403, { message: 'Forbidden' }]);
    expect(refused.headers['www-authenticate']).toContain('insufficient_scope');
  });
});

describe('authorizers', () => {
  const source = '$request.header.x-key';
  const header = (key: string) => ({ headers: { 'x-key': key } });
  let apiId: string;
  let calls: () => Promise<number>;
  beforeAll(async () => {
    const decides = await http.function(
      'decides',
      `if (event.headers["x-key"] === "throws") throw new Error("no");
       if (event.headers["x-key"] === "nonsense") return "yes";
       return { isAuthorized: event.headers["x-key"] === "good", context: { calls, deep: { list: [1] }, event } };`,
    );
    const policy = await http.function(
      'policy',
      `return { principalId: "ada", context: { who: "ada", source: event.authorizationToken ?? event.identitySource },
        policyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "execute-api:Invoke",
          Resource: (event.methodArn ?? event.routeArn).replace(/GET.*/, "GET/policy") }] } };`,
    );
    apiId = await http.api({}, { Name: 'guarded' });
    const uri = { AuthorizerUri: uriOf(decides), IdentitySource: [source] };
    const simple = { ...uri, AuthorizerPayloadFormatVersion: '2.0', EnableSimpleResponses: true };
    await http.permit('decides', apiId);
    await http.permit('policy', apiId);
    const ids = {
      open: await authorizer(apiId, { ...simple, AuthorizerResultTtlInSeconds: 0 }),
      kept: await authorizer(apiId, { ...simple, AuthorizerResultTtlInSeconds: 60 }),
      policy: await authorizer(apiId, {
        AuthorizerUri: uriOf(policy),
        IdentitySource: [source],
        AuthorizerPayloadFormatVersion: '1.0',
      }),
    };
    const guarded = (AuthorizerId: string, version: '1.0' | '2.0' = '2.0') => ({
      ...asking(echo, version),
      route: { AuthorizationType: 'CUSTOM' as const, AuthorizerId },
    });
    await http.routes(apiId, {
      'GET /': guarded(ids.open),
      'GET /kept': guarded(ids.kept),
      'GET /policy': guarded(ids.policy),
      'GET /other': guarded(ids.policy),
      'GET /one': guarded(ids.policy, '1.0'),
    });
    calls = async () => {
      const { json } = await http.ask(apiId, '/kept', header('good'));
      return (json as { lambda: { calls: number } }).lambda.calls;
    };
  });

  it('decide by simple answers, and their context goes on as it is', async () => {
    const { status, json } = await http.ask(apiId, '/?a=1', header('good'));
    expect(status).toBe(200);
    const event = {
      version: '2.0',
      type: 'REQUEST',
      routeArn: `arn:aws:execute-api:us-east-1:111111111111:${apiId}/$default/GET/`,
      identitySource: ['good'],
      routeKey: 'GET /',
      rawPath: '/',
      rawQueryString: 'a=1',
    };
    expect(json).toMatchObject({ lambda: { deep: { list: [1] }, event } });
  });

  it.each([
    ['without its identity source', {}, 401, 'Unauthorized'],
    ['that it does not know', header('bad'), 403, 'Forbidden'],
    ['that it throws at', header('throws'), 500, 'Internal Server Error'],
    ['that it answers nonsense', header('nonsense'), 500, 'Internal Server Error'],
  ])('refuse a client %s', async (_name, asked, status, message) => {
    const answer = await http.ask(apiId, '/', asked);
    expect([answer.status, answer.json]).toEqual([status, { message }]);
  });

  it('are asked again when their time is over, or when they are told to', async () => {
    const first = await calls();
    expect(await calls()).toBe(first);
    await http.gateway.running.cloud.clock.advance(61_000);
    const second = await calls();
    expect(second).toBeGreaterThan(first);
    await http.client.send(new ResetAuthorizersCacheCommand({ ApiId: apiId, StageName: '$default' }));
    expect(await calls()).toBeGreaterThan(second);
  });

  it('decide by policies, which are held against each request', async () => {
    const { status, json } = await http.ask(apiId, '/policy', header('x'));
    expect([status, json]).toMatchObject([200, { lambda: { who: 'ada', source: 'x' } }]);
    expect((await http.ask(apiId, '/other', header('x'))).json).toEqual({ message: 'Forbidden' });
    expect((await http.ask(apiId, '/one', header('y'))).status).toBe(403);
  });
});

describe('AWS_IAM', () => {
  it('takes right signatures of those who may', async () => {
    const apiId = await http.api({ 'GET /': { ...asking(echo), route: { AuthorizationType: 'AWS_IAM' } } });
    expect((await http.ask(apiId, '/')).json).toEqual({ message: 'Forbidden' });
    const { credentials } = http.gateway.settings();
    const path = `/_aws/execute-api/${apiId}/`;
    const { status, json } = await askSigned(http.gateway, path, credentials);
    expect([status, json]).toMatchObject([
      200,
      { iam: { accountId: '111111111111', userArn: expect.any(String) as unknown } },
    ]);
    const wrong = await askSigned(http.gateway, path, { ...credentials, secretAccessKey: 'wrong' });
    expect([wrong.status, wrong.json]).toEqual([403, { message: 'Forbidden' }]);
  });
});
