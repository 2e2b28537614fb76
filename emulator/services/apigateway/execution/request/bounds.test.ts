import { request as httpRequest } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { studentForTests } from '../../testing/for-tests.ts';
import { ask, build, functionOf, permit, proxying, saying, seen } from '../../testing/trial-api.ts';

const trial = studentForTests();
let base: string;
beforeAll(async () => {
  const arn = await functionOf(
    trial.student,
    'sizes',
    `const { answer } = event.queryStringParameters ?? {};
     return { statusCode: 200, body: answer ? 'x'.repeat(Number(answer)) : String(event.body?.length ?? 0) };`,
  );
  const api = await trial.gateway.api();
  await build(trial.gateway, api, { 'ANY /any': saying('{}'), 'ANY /sizes': proxying(arn) });
  await permit(trial.student.lambda, 'sizes', api.restApiId);
  await trial.gateway.deploy(api.restApiId, { stageName: 'dev' });
  base = `/_aws/execute-api/${api.restApiId}/dev`;
}, 60_000);

describe('the head of a request', () => {
  it('may have 10,240 bytes in its first line and its headers’ values', async () => {
    // `GET /dev/any HTTP/1.1`, and what Node.js adds of itself.
    const own = 'GET /dev/any HTTP/1.1'.length + `127.0.0.1:${trial.gateway.running.port}close`.length;
    const withHeader = async (length: number, path = '/any') =>
      ask(trial.gateway, `${base}${path}`, { headers: { 'x-long': 'a'.repeat(length) } });
    expect((await withHeader(10_240 - own)).status).toBe(200);
    const tooLarge = [
      413,
      { message: 'HTTP header is larger than 10240 bytes.' },
      'RequestTooLargeException',
    ];
    expect(seen(await withHeader(10_241 - own))).toEqual(tooLarge);
    // The address counts as well.
    expect(seen(await withHeader(5000, `/any?q=${'b'.repeat(5240)}`))).toEqual(tooLarge);
    expect((await withHeader(5000, `/any?q=${'b'.repeat(5000)}`)).status).toBe(200);
  });

  it('has one of seven methods, ANY or not', async () => {
    for (const method of ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'])
      expect([method, (await ask(trial.gateway, `${base}/any`, { method })).status]).toEqual([method, 200]);
    for (const method of ['TRACE', 'PROPFIND', 'LINK', 'QUERY'].filter(isSpoken))
      expect([method, ...seen(await ask(trial.gateway, `${base}/any`, { method }))]).toEqual([
        method,
        403,
        { message: 'Missing Authentication Token' },
        'MissingAuthenticationTokenException',
      ]);
  });
});

/* Newer methods are not known to every Node.js. */
function isSpoken(method: string): boolean {
  try {
    httpRequest({ host: '127.0.0.1', port: trial.gateway.running.port, method })
      .on('error', () => undefined)
      .destroy();
    return true;
  } catch {
    return false;
  }
}

describe('the body of a request', () => {
  it('may have 10 MB', async () => {
    const post = async (path: string, length: number) =>
      ask(trial.gateway, `${base}${path}`, { method: 'POST', body: new Uint8Array(length).fill(97) });
    expect((await post('/any', 10_485_760)).status).toBe(200);
    const { status, json } = await post('/any', 10_485_761);
    expect([status, json]).toEqual([413, { message: 'HTTP content length exceeded 10485760 bytes' }]);
  });

  it('is too long for a function beyond the 6 MB that an invocation takes, and so is what it answers', async () => {
    const post = async (length: number) =>
      ask(trial.gateway, `${base}/sizes`, { method: 'POST', body: 'a'.repeat(length) });
    expect((await post(5_000_000)).text).toBe('5000000');
    expect(seen(await post(6_300_000)).slice(0, 2)).toEqual([413, { message: 'Request Too Long' }]);
    expect((await ask(trial.gateway, `${base}/sizes?answer=5000000`)).bytes).toHaveLength(5_000_000);
    expect(seen(await ask(trial.gateway, `${base}/sizes?answer=6300000`))).toEqual([
      502,
      { message: 'Internal server error' },
      'InternalServerErrorException',
    ]);
  });
});
