import { UpdateStageCommand } from '@aws-sdk/client-apigatewayv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asking, TrialHttp } from './testing/trial-http.ts';

let http: TrialHttp;
let said: string;
beforeAll(async () => {
  http = await TrialHttp.start();
  said = await http.function('said', 'return JSON.parse(event.body ?? "null");');
  await http.function('thrown', 'throw new Error("no");');
});
afterAll(async () => {
  await http.stop();
});

const json = { 'content-type': 'application/json' };
const internal = { message: 'Internal Server Error' };

describe('what a function answers in format 2.0', () => {
  let apiId: string;
  beforeAll(async () => {
    apiId = await http.api({ 'POST /': asking(said), 'POST /one': asking(said, '1.0') });
  });

  it.each([
    ['a plain object', { a: 1 }, 200, '{"a":1}', 'application/json'],
    ['a text', 'hello', 200, 'hello', 'application/json'],
    ['a number', 3, 200, '3', 'application/json'],
    ['nothing', null, 200, 'null', 'application/json'],
    ['a status', { statusCode: 201 }, 201, '', 'text/plain;charset=UTF-8'],
    ['a status as text', { statusCode: '202', body: 'x' }, 202, 'x', 'text/plain;charset=UTF-8'],
    [
      'bytes',
      { statusCode: 200, body: 'aGk=', isBase64Encoded: true, headers: { 'Content-Type': 'image/png' } },
      200,
      'hi',
      'image/png',
    ],
  ])('%s', async (_name, result, status, text, type) => {
    const answer = await http.ask(apiId, '/', {
      method: 'POST',
      headers: json,
      body: JSON.stringify(result),
    });
    expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([status, text, type]);
  });

  it('sets cookies', async () => {
    const body = JSON.stringify({ statusCode: 200, cookies: ['a=1; Secure', 'b=2'], headers: { 'x-a': 1 } });
    const { headers } = await http.ask(apiId, '/', { method: 'POST', headers: json, body });
    expect([headers['set-cookie'], headers['x-a']]).toEqual([['a=1; Secure', 'b=2'], '1']);
  });

  it.each([
    ['no status', { statusCode: 'x' }],
    ['an object as body', { statusCode: 200, body: {} }],
  ])('is refused for %s', async (_name, result) => {
    const answer = await http.ask(apiId, '/', {
      method: 'POST',
      headers: json,
      body: JSON.stringify(result),
    });
    expect([answer.status, answer.json]).toEqual([500, internal]);
  });

  it('in format 1.0 infers nothing', async () => {
    const ask = (body: object) =>
      http.ask(apiId, '/one', { method: 'POST', headers: json, body: JSON.stringify(body) });
    expect((await ask({ a: 1 })).json).toEqual(internal);
    const { status, headers } = await ask({ statusCode: 200, multiValueHeaders: { 'x-a': ['1', '2'] } });
    expect([status, headers['x-a']]).toEqual([200, '1, 2']);
  });
});

describe('routes', () => {
  it('are chosen by AWS’s priorities', async () => {
    const keys = [
      'GET /pets/dog/1',
      'GET /pets/dog/{id}',
      'GET /pets/{proxy+}',
      'ANY /{proxy+}',
      'POST /pets/dog/{id}',
      'ANY /pets/dog/{id}',
    ];
    const echo = await http.function('key', 'return event.routeKey;');
    const apiId = await http.api(Object.fromEntries([...keys, '$default'].map((key) => [key, asking(echo)])));
    const routeOf = async (method: string, path: string) => (await http.ask(apiId, path, { method })).text;
    expect(await routeOf('GET', '/pets/dog/1')).toBe('GET /pets/dog/1');
    expect(await routeOf('GET', '/pets/dog/2')).toBe('GET /pets/dog/{id}');
    expect(await routeOf('POST', '/pets/dog/1')).toBe('POST /pets/dog/{id}');
    expect(await routeOf('PUT', '/pets/dog/1')).toBe('ANY /pets/dog/{id}');
    expect(await routeOf('GET', '/pets/cat/1')).toBe('GET /pets/{proxy+}');
    expect(await routeOf('POST', '/test/5')).toBe('ANY /{proxy+}');
    expect(await routeOf('GET', '/')).toBe('$default');
    expect(await routeOf('GET', '/pets/dog/1/')).toBe('GET /pets/{proxy+}');
  });

  it('that are not there, and stages, are not found', async () => {
    const apiId = await http.api({ 'GET /here': asking(said) });
    for (const path of ['/', '/there', '/here/', '/dev/here']) {
      const { status, json: told, headers } = await http.ask(apiId, path);
      expect([path, status, told]).toEqual([path, 404, { message: 'Not Found' }]);
      expect(headers['apigw-requestid']).toBeDefined();
    }
    expect((await http.ask('abcdefghij', '/')).status).toBe(403);
  });

  it('fail where the function fails, or may not be asked', async () => {
    const thrown = said.replace(':said', ':thrown');
    const apiId = await http.api({ 'GET /thrown': asking(thrown), 'GET /gone': asking(`${said}-gone`) });
    expect((await http.ask(apiId, '/thrown')).json).toEqual(internal);
    expect((await http.ask(apiId, '/gone')).status).toBe(500);
    const elsewhere = await http.function('elsewhere', 'return 1;');
    await http.permit('elsewhere', apiId, '*/GET/thrown');
    await http.routes(apiId, { 'GET /closed': asking(elsewhere) });
    expect((await http.ask(apiId, '/closed')).status).toBe(500);
  });

  it('take no more than 10 MB', async () => {
    const apiId = await http.api({ 'POST /': asking(said) });
    const { status, json: told } = await http.ask(apiId, '/', {
      method: 'POST',
      body: new Uint8Array(10_485_761),
    });
    expect([status, told]).toEqual([413, { message: 'Request Entity Too Large' }]);
  });
});

describe('throttles', () => {
  it('hold a route back at its rate, by the clock', async () => {
    const stage = { DefaultRouteSettings: { ThrottlingRateLimit: 0.01, ThrottlingBurstLimit: 2 } };
    const apiId = await http.api({ 'GET /': asking(said), 'GET /open': asking(said) }, { stage });
    await http.client.send(
      new UpdateStageCommand({
        ApiId: apiId,
        StageName: '$default',
        RouteSettings: { 'GET /open': { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 100 } },
      }),
    );
    const statuses = async (path: string, count: number) =>
      (await Promise.all(Array.from({ length: count }, () => http.ask(apiId, path)))).map(
        ({ status }) => status,
      );
    expect((await statuses('/', 4)).sort()).toEqual([200, 200, 429, 429]);
    expect((await http.ask(apiId, '/')).json).toEqual({ message: 'Too Many Requests' });
    expect(await statuses('/open', 5)).toEqual([200, 200, 200, 200, 200]);
    await http.gateway.running.cloud.clock.advance(150_000);
    expect((await statuses('/', 3)).sort()).toEqual([200, 429, 429]);
  });
});
