import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asking, TrialHttp } from './testing/trial-http.ts';

const account = '111111111111';
let http: TrialHttp;
let echo: string;
let apiId: string;
beforeAll(async () => {
  http = await TrialHttp.start();
  echo = await http.function('echo', 'return { statusCode: 200, body: JSON.stringify(event) };');
  apiId = await http.api({
    'POST /notes/{id}': asking(echo),
    'GET /one/{proxy+}': asking(echo, '1.0'),
    $default: asking(echo),
  });
});
afterAll(async () => {
  await http.stop();
});

describe('payload format 2.0', () => {
  it('is as AWS has it', async () => {
    const { status, json, headers } = await http.ask(apiId, '/notes/a%20b?x=1&x=2&y=%26', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Cookie: 'a=1; b=2',
        'X-Twice': ['one', 'two'],
        'User-Agent': 'trial',
      },
      body: '{"n":1}',
    });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/plain;charset=UTF-8');
    expect(headers['apigw-requestid']).toMatch(/^[\w+/]{15}=$/);
    const host = expect.stringMatching(/^127\.0\.0\.1:\d+$/) as unknown;
    expect(json).toEqual({
      version: '2.0',
      routeKey: 'POST /notes/{id}',
      rawPath: '/notes/a b',
      rawQueryString: 'x=1&x=2&y=%26',
      cookies: ['a=1', 'b=2'],
      headers: {
        'content-length': '7',
        'content-type': 'application/json',
        host,
        'user-agent': 'trial',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/) as unknown,
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': String(http.gateway.running.port),
        'x-forwarded-proto': 'http',
        'x-twice': 'one,two',
      },
      queryStringParameters: { x: '1,2', y: '&' },
      requestContext: {
        accountId: account,
        apiId,
        domainName: `${apiId}.execute-api.us-east-1.localhost`,
        domainPrefix: apiId,
        http: {
          method: 'POST',
          path: '/notes/a b',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'trial',
        },
        requestId: headers['apigw-requestid'],
        routeKey: 'POST /notes/{id}',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as unknown,
        timeEpoch: expect.any(Number) as unknown,
      },
      pathParameters: { id: 'a b' },
      body: '{"n":1}',
      isBase64Encoded: false,
    });
  });

  it('leaves out what there is none of', async () => {
    const { json } = await http.ask(apiId, '/');
    expect(Object.keys(json as object).sort()).toEqual(
      [
        'headers',
        'isBase64Encoded',
        'rawPath',
        'rawQueryString',
        'requestContext',
        'routeKey',
        'version',
      ].sort(),
    );
  });

  it('has forms and bytes in base64', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const { json } = await http.ask(apiId, '/', { method: 'POST', headers, body: 'a=1' });
    expect(json).toMatchObject({ body: Buffer.from('a=1').toString('base64'), isBase64Encoded: true });
  });

  it('has the stage in its path, and the stage variables', async () => {
    const staged = await http.api(
      { 'GET /hello': asking(echo) },
      { stage: { StageName: 'dev', StageVariables: { mood: 'good' } } },
    );
    const { json } = await http.ask(staged, '/dev/hello');
    expect(json).toMatchObject({
      rawPath: '/dev/hello',
      stageVariables: { mood: 'good' },
      requestContext: { stage: 'dev', http: { path: '/dev/hello' } },
    });
  });
});

describe('payload format 1.0', () => {
  it('is as AWS has it', async () => {
    const { json } = await http.ask(apiId, '/one/a/b?x=1&x=2', { headers: { 'X-Twice': ['one', 'two'] } });
    expect(json).toEqual({
      version: '1.0',
      resource: '/one/{proxy+}',
      path: '/one/a/b',
      httpMethod: 'GET',
      headers: expect.objectContaining({ 'X-Twice': 'two', 'Content-Length': '0' }) as unknown,
      multiValueHeaders: expect.objectContaining({ 'X-Twice': ['one', 'two'] }) as unknown,
      queryStringParameters: { x: '2' },
      multiValueQueryStringParameters: { x: ['1', '2'] },
      requestContext: expect.objectContaining({
        accountId: account,
        apiId,
        httpMethod: 'GET',
        path: '/one/a/b',
        resourceId: 'GET /one/{proxy+}',
        resourcePath: '/one/{proxy+}',
        stage: '$default',
        identity: expect.objectContaining({ sourceIp: '127.0.0.1', userArn: null }) as unknown,
      }) as unknown,
      pathParameters: { proxy: 'a/b' },
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
    });
  });
});
