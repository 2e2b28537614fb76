import { UpdateRestApiCommand } from '@aws-sdk/client-api-gateway';
import { connect } from 'node:http2';
import { beforeAll, describe, expect, it } from 'vitest';
import { studentForTests } from '../testing/for-tests.ts';
import { ask, build, functionOf, permit, proxying, saying } from '../testing/trial-api.ts';
import { scope } from '../testing/trial-gateway.ts';

/* Plain HTTP against a real server, real functions behind it. */
const trial = studentForTests();
let restApiId: string;
let base: string;

beforeAll(async () => {
  const arn = await functionOf(
    trial.student,
    'told',
    `const told = JSON.parse(event.body ?? '{}');
     if (told.error) throw new Error(told.error);
     return told.echo ? { statusCode: 200, body: JSON.stringify(event) } : told.result;`,
  );
  const forbidden = await functionOf(trial.student, 'forbidden', 'return { statusCode: 200 };');
  const api = await trial.gateway.api();
  ({ restApiId } = api);
  await build(trial.gateway, api, {
    'ANY /told': proxying(arn),
    'ANY /told/{id}/{rest+}': proxying(arn),
    'GET /gone': proxying(`${arn}-that-is-not-there`),
    'GET /forbidden': proxying(forbidden),
    'GET /get': { integration: { ...proxying(arn).integration, integrationHttpMethod: 'GET' } },
    'GET /': saying('{"at":"root"}'),
    'GET /notes': saying('{"at":"notes"}'),
    'POST /notes': saying('{"at":"post notes"}'),
    'GET /notes/fixed': saying('{"at":"fixed"}'),
    'GET /notes/{id}': saying(`{"at":"id","id":"$input.params('id')"}`),
    'GET /notes/{id}/text': saying('{"at":"text"}'),
    'ANY /{proxy+}': saying(`{"at":"proxy","proxy":"$input.params('proxy')"}`),
    'GET /shop/{id}': saying('{"at":"shop"}'),
  });
  await permit(trial.student.lambda, 'told', restApiId);
  await trial.gateway.deploy(restApiId, { stageName: 'dev' });
  base = `/_aws/execute-api/${restApiId}/dev`;
}, 120_000);

const told = async (result: unknown) =>
  ask(trial.gateway, `${base}/told`, { method: 'POST', body: JSON.stringify({ result }) });
const internal = { message: 'Internal server error' };

describe('addresses', () => {
  it.each([
    ['a path', (id: string) => [`/_aws/execute-api/${id}/dev/notes`, undefined]],
    ['a host', (id: string) => ['/dev/notes', `${id}.execute-api.localhost`]],
    ['a host with its region', (id: string) => ['/dev/notes', `${id}.execute-api.us-east-1.localhost`]],
    ['the older path', (id: string) => [`/restapis/${id}/dev/_user_request_/notes`, undefined]],
  ] as const)('are %s', async (_, addressOf) => {
    const [path = '', host] = addressOf(restApiId);
    const headers: Record<string, string> =
      host === undefined ? {} : { host: `${host}:${trial.gateway.running.port}` };
    expect((await ask(trial.gateway, path, { headers })).json).toEqual({ at: 'notes' });
  });

  it('are open to pages of any origin, the calls of AWS beside them are not', async () => {
    const headers = { origin: 'https://evil.example' };
    expect((await ask(trial.gateway, `${base}/notes`, { headers })).status).toBe(200);
    expect((await ask(trial.gateway, '/restapis', { headers })).status).toBe(403);
  });

  it('that lead to no stage or no API are forbidden', async () => {
    for (const path of [`/_aws/execute-api/${restApiId}/prod/notes`, '/_aws/execute-api/nowhere/dev/notes']) {
      const { status, json, headers } = await ask(trial.gateway, path);
      expect([status, json, headers['x-amzn-errortype']]).toEqual([
        403,
        { message: 'Forbidden' },
        'ForbiddenException',
      ]);
    }
  });

  it('can be switched off', async () => {
    const other = await trial.gateway.deployed('dev');
    const set = async (value: string) => {
      const patchOperations = [{ op: 'replace' as const, path: '/disableExecuteApiEndpoint', value }];
      await trial.gateway.client.send(
        new UpdateRestApiCommand({ restApiId: other.restApiId, patchOperations }),
      );
      await trial.gateway.deploy(other.restApiId, { stageName: 'dev' });
      return ask(trial.gateway, `/_aws/execute-api/${other.restApiId}/dev/`);
    };
    expect((await set('true')).json).toEqual({ message: 'Forbidden' });
    expect((await set('false')).json).toEqual(internal);
  });
});

describe('routes', () => {
  it.each([
    ['GET', '', { at: 'root' }],
    ['GET', '/', { at: 'root' }],
    ['GET', '/notes', { at: 'notes' }],
    ['GET', '/notes/', { at: 'notes' }],
    ['GET', '//notes', { at: 'notes' }],
    ['POST', '/notes', { at: 'post notes' }],
    ['GET', '/notes/fixed', { at: 'fixed' }],
    ['GET', '/notes/7', { at: 'id', id: '7' }],
    ['GET', '/notes/a%20b', { at: 'id', id: 'a b' }],
    ['GET', '/notes/fixed/text', { at: 'text' }],
    // A resource that has not the method gives way to the next that has.
    ['DELETE', '/notes', { at: 'proxy', proxy: 'notes' }],
    ['DELETE', '/notes/7', { at: 'proxy', proxy: 'notes/7' }],
    ['GET', '/some/thing//else', { at: 'proxy', proxy: 'some/thing//else' }],
    ['GET', '/shop', { at: 'proxy', proxy: 'shop' }],
  ])('%s %s', async (method, path, expected) => {
    const { status, json } = await ask(trial.gateway, `${base}${path}`, { method });
    expect([status, json]).toEqual([200, expected]);
  });

  it('that are not there, or have not the method, miss an authentication token', async () => {
    const { status, json, headers } = await ask(trial.gateway, base, { method: 'PUT' });
    expect([status, json]).toEqual([403, { message: 'Missing Authentication Token' }]);
    expect(headers['x-amzn-errortype']).toBe('MissingAuthenticationTokenException');
    expect(headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['x-amz-apigw-id']).toMatch(/^[\w+/]{15}=$/);
  });
});

describe('what a function gets', () => {
  it('is the request in format 1.0, as recorded', async () => {
    const answer = await ask(trial.gateway, `${base}/told/a%2Bb/c//d/?q=1&q=a+b&e=x%2By`, {
      method: 'POST',
      headers: { 'tEsT-HEADeR': 'aValUE', 'X-Twice': ['1', '2'], 'user-agent': 'tester', Accept: '*/*' },
      body: JSON.stringify({ echo: true }),
    });
    const event = answer.json as Record<string, unknown>;
    expect(event).toEqual({
      resource: '/told/{id}/{rest+}',
      path: '/told/a%2Bb/c//d/',
      httpMethod: 'POST',
      headers: {
        'tEsT-HEADeR': 'aValUE',
        'X-Twice': '2',
        'User-Agent': 'tester',
        Accept: '*/*',
        Host: `127.0.0.1:${trial.gateway.running.port}`,
        'X-Amzn-Trace-Id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/) as unknown,
        'X-Forwarded-For': '127.0.0.1',
        'X-Forwarded-Port': String(trial.gateway.running.port),
        'X-Forwarded-Proto': 'http',
      },
      multiValueHeaders: expect.objectContaining({
        'X-Twice': ['1', '2'],
        'tEsT-HEADeR': ['aValUE'],
      }) as unknown,
      queryStringParameters: { q: 'a b', e: 'x+y' },
      multiValueQueryStringParameters: { q: ['1', 'a b'], e: ['x+y'] },
      pathParameters: { id: 'a%2Bb', rest: 'c//d' },
      stageVariables: null,
      requestContext: {
        accountId: scope.account,
        apiId: restApiId,
        deploymentId: expect.stringMatching(/^\w+$/) as unknown,
        domainName: `${restApiId}.execute-api.us-east-1.localhost`,
        domainPrefix: restApiId,
        extendedRequestId: answer.headers['x-amz-apigw-id'],
        httpMethod: 'POST',
        identity: {
          accessKey: null,
          accountId: null,
          caller: null,
          cognitoAuthenticationProvider: null,
          cognitoAuthenticationType: null,
          cognitoIdentityId: null,
          cognitoIdentityPoolId: null,
          principalOrgId: null,
          sourceIp: '127.0.0.1',
          user: null,
          userAgent: 'tester',
          userArn: null,
        },
        path: '/dev/told/a%2Bb/c//d/',
        protocol: 'HTTP/1.1',
        requestId: answer.headers['x-amzn-requestid'],
        requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as unknown,
        requestTimeEpoch: expect.any(Number) as unknown,
        resourceId: expect.stringMatching(/^\w+$/) as unknown,
        resourcePath: '/told/{id}/{rest+}',
        stage: 'dev',
      },
      body: '{"echo":true}',
      isBase64Encoded: false,
    });
  });
});

/* Facts, §3.1: recorded on AWS. */
describe('what a function answers', () => {
  it.each([
    [{ statusCode: 200 }, 200, ''],
    [{ statusCode: '201' }, 201, ''],
    [{ headers: { 'test-header': 'value', 'header-bool': true } }, 200, ''],
    [{ statusCode: 200, headers: null }, 200, ''],
    [{ statusCode: 200, body: 'dGVzdC1kYXRh', isBase64Encoded: true }, 200, 'dGVzdC1kYXRh'],
    [{ statusCode: 404, body: 'none' }, 404, 'none'],
  ])('%j is an answer', async (result, status, text) => {
    const answer = await told(result);
    expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([
      status,
      text,
      'application/json',
    ]);
    expect(answer.headers['x-amzn-trace-id']).toMatch(/^Root=/);
  });

  it.each([
    [{}],
    ['justAString'],
    [{ statusCode: 200, unknown: 'key' }],
    [{ statusCode: 'test' }],
    [{ statusCode: 200, multiValueHeaders: { 'test-multi': 'not a list' } }],
    [{ statusCode: 200, body: { an: 'object' } }],
    [null],
    [['a list']],
    [{ statusCode: 200, headers: { 'a\r\nb': 'c' } }],
    [{ statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    [{ statusCode: 99 }],
  ])('%j is none: 502', async (result) => {
    const { status, json, headers } = await told(result);
    expect([status, json, headers['x-amzn-errortype']]).toEqual([
      502,
      internal,
      'InternalServerErrorException',
    ]);
  });

  it('is 502 where it throws, 500 where it may not be invoked, is not there, or is not asked by POST', async () => {
    const thrown = await ask(trial.gateway, `${base}/told`, { method: 'POST', body: '{"error":"no"}' });
    expect([thrown.status, thrown.json]).toEqual([502, internal]);
    for (const path of ['/forbidden', '/gone', '/get']) {
      const { status, json } = await ask(trial.gateway, `${base}${path}`);
      expect([path, status, json]).toEqual([path, 500, internal]);
    }
  });

  it('has headers of one and of many values, and some under another name', async () => {
    const { rawHeaders } = await told({
      statusCode: 200,
      headers: { 'tesT-Multi': 'value-solo', 'Content-Type': 'text/plain', Server: 'mine', 'x-ko': '한글' },
      multiValueHeaders: { 'test-multi': ['value-multi'], 'Set-Cookie': ['a=1', 'b=2'] },
    });
    const pairs = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1]]] : []));
    expect(pairs).toEqual(
      expect.arrayContaining([
        ['Content-Type', 'text/plain'],
        ['tesT-Multi', 'value-multi'],
        ['tesT-Multi', 'value-solo'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['x-amzn-Remapped-Server', 'mine'],
        ['x-ko', Buffer.from('한글').toString('latin1')],
      ]),
    );
  });
});

describe('HTTP/2', () => {
  it('reaches stages as well', async () => {
    const session = connect(trial.gateway.running.origin);
    try {
      const stream = session.request({
        ':method': 'POST',
        ':path': `${base}/told`,
        'content-type': 'application/json',
        'x-own': 'yes',
      });
      stream.end('{"echo":true}');
      let text = '';
      for await (const part of stream) text += String(part);
      const event = JSON.parse(text) as { headers: Record<string, string>; requestContext: object };
      expect(event.headers).toMatchObject({
        Host: `127.0.0.1:${trial.gateway.running.port}`,
        'x-own': 'yes',
      });
      expect(Object.keys(event.headers).filter((name) => name.startsWith(':'))).toEqual([]);
      expect(event.requestContext).toMatchObject({ protocol: 'HTTP/2.0' });
    } finally {
      session.close();
    }
  });
});
