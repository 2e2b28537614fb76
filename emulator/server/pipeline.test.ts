import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  CreateFunctionCommand,
  type LambdaClientConfig,
  GetFunctionCommand,
} from '@aws-sdk/client-lambda';
import { IAMClient, GetRoleCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identities } from '../services/identities.ts';
import { startCloud, type RunningCloud, type StartOptions } from '../start.ts';
import { fixture, type Fixture } from './fixture/services.ts';

let home: string;
let seen: Fixture;
let running: RunningCloud;
let lines: string[];
const clients: { destroy(): void }[] = [];

async function start(options: Partial<StartOptions> = {}): Promise<void> {
  running = await startCloud({
    port: 0,
    home,
    token: 'the token',
    log: (line) => lines.push(line),
    services: { identities: Object.values(identities), loaders: seen.loaders },
    ...options,
  });
}
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-server-'));
  seen = fixture();
  lines = [];
  await start({ allowedOrigins: ['http://localhost:4600'] });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await running.stop();
  rmSync(home, { recursive: true, force: true });
});

const key = { accessKeyId: '111122223333', secretAccessKey: 'test' };
function lambda(config: LambdaClientConfig = {}): LambdaClient {
  const client = new LambdaClient({
    endpoint: running.origin,
    region: 'us-east-1',
    credentials: key,
    maxAttempts: 1,
    ...config,
  });
  clients.push(client);
  return client;
}
const create = (name: string): CreateFunctionCommand =>
  new CreateFunctionCommand({ FunctionName: name, Role: 'arn:aws:iam::111122223333:role/r', Code: {} });

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
/* fetch sets Host and Origin itself; this sends what it is told. */
async function send(
  path: string,
  headers: Record<string, string> = {},
  { method = 'GET', body = '' }: { method?: string; body?: string | Buffer } = {},
): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const sent = httpRequest(
      { host: '127.0.0.1', port: running.port, path, method, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
const LIST = '/2015-03-31/functions/';
const signature = (service = 'lambda', accessKey = '111122223333'): Record<string, string> => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${accessKey}/20260102/us-east-1/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=0`,
  'x-amz-date': '20260102T030405Z',
});

describe('a call', () => {
  it('goes to the account of its key and the region of its scope', async () => {
    await lambda().send(create('mine'));
    const names = async (config: LambdaClientConfig): Promise<unknown> =>
      (await lambda(config).send(new ListFunctionsCommand({}))).Functions?.map(
        ({ FunctionName }) => FunctionName,
      );
    expect(await names({})).toEqual(['mine']);
    expect(await names({ region: 'eu-west-1' })).toEqual([]);
    expect(await names({ credentials: { ...key, accessKeyId: '444455556666' } })).toEqual([]);
  });

  it('tells the operation who called, from where, and by which entry of the trail', async () => {
    const { Payload } = await lambda().send(new InvokeCommand({ FunctionName: 'who' }));
    const call = JSON.parse(Buffer.from(Payload ?? []).toString()) as Record<string, unknown>;
    const [entry] = running.cloud.trail.read({ account: '111122223333', region: 'us-east-1' });
    expect(call).toMatchObject({
      account: '111122223333',
      region: 'us-east-1',
      service: 'lambda',
      operation: 'Invoke',
      origin: running.origin,
      trail: entry?.id,
      principal: { kind: 'root', arn: 'arn:aws:iam::111122223333:root' },
    });
    expect(entry).toMatchObject({ kind: 'api.call', facts: { operation: 'Invoke', status: 200 } });
  });

  it('is in the journal when it is answered, even when it failed', async () => {
    await lambda().send(create('a'));
    await expect(lambda().send(create('changes-then-fails'))).rejects.toMatchObject({
      name: 'ResourceConflictException',
      $metadata: { httpStatusCode: 409 },
    });
    await running.stop();
    await start();
    const { Functions } = await lambda().send(new ListFunctionsCommand({}));
    expect(Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['a', 'changes-then-fails']);
  });

  it('starts its service once, however many come first', async () => {
    await Promise.all(
      Array.from({ length: 20 }, async () => await lambda().send(new ListFunctionsCommand({}))),
    );
    expect(seen.starts).toEqual({ lambda: 1, iam: 0 });
  });

  it('of an operation that is not there is answered 501 with its name, in every protocol', async () => {
    await expect(lambda().send(new GetFunctionCommand({ FunctionName: 'f' }))).rejects.toMatchObject({
      name: 'NotImplementedException',
      message: "Coldstart's embedded cloud has no lambda:GetFunction yet.",
      $metadata: { httpStatusCode: 501 },
    });
    const iam = new IAMClient({
      endpoint: running.origin,
      region: 'us-east-1',
      credentials: key,
      maxAttempts: 1,
    });
    clients.push(iam);
    await expect(iam.send(new GetRoleCommand({ RoleName: 'r' }))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: "Coldstart's embedded cloud has no iam:GetRole yet.",
      $metadata: { httpStatusCode: 501 },
    });
  });

  it('of a service that is not there says so', async () => {
    const answer = await send('/', {
      ...signature('rekognition'),
      'x-amz-target': 'RekognitionService.ListCollections',
    });
    expect(answer.status).toBe(501);
    expect(JSON.parse(answer.body)).toEqual({
      __type: 'NotImplementedException',
      message: "Coldstart's embedded cloud has no rekognition yet.",
    });
  });

  it('of an operation that AWS does not have is not called unimplemented', async () => {
    expect((await send('/2015-03-31/nonsense', signature())).status).toBe(404);
    const answer = await send(
      '/',
      { ...signature('iam'), 'content-type': 'application/x-www-form-urlencoded' },
      { method: 'POST', body: 'Action=Nonsense&Version=2010-05-08' },
    );
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.body).toContain(
      '<Message>Could not find operation Nonsense for version 2010-05-08</Message>',
    );
  });

  it('that meets a defect of ours is answered 500 without its text, and leaves one line in the log', async () => {
    const failed = lambda().send(new InvokeCommand({ FunctionName: 'defect' }));
    await expect(failed).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('secret') as string });
    expect(lines).toEqual([
      expect.stringMatching(
        /^lambda:Invoke failed inside the cloud \(request [0-9a-f-]{36}\): Error: a defect with its secret$/,
      ),
    ]);
  });
});

describe('who calls', () => {
  it('must have signed', async () => {
    const answer = await send(LIST);
    expect(answer).toMatchObject({ status: 403, body: '{"message":"Missing Authentication Token"}' });
    expect(answer.headers['x-amzn-errortype']).toBe('MissingAuthenticationTokenException');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const query = await send('/', form, { method: 'POST', body: 'Action=ListRoles&Version=2010-05-08' });
    expect(query.status).toBe(403);
    expect(query.body).toContain('<Code>MissingAuthenticationToken</Code>');
  });

  it('must have signed well', async () => {
    const answer = await send(LIST, { authorization: 'AWS4-HMAC-SHA256 Credential=x' });
    expect(answer.status).toBe(403);
    expect(answer.headers['x-amzn-errortype']).toBe('IncompleteSignatureException');
    expect(answer.body).toContain("requires 'Signature' parameter");
  });

  it('need not have signed rightly, unless the cloud verifies', async () => {
    expect((await send(LIST, signature())).status).toBe(200);
    await running.stop();
    await start({ signatures: 'verified' });
    expect((await send(LIST, signature())).status).toBe(403);
    await expect(lambda().send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
    const secretAccessKey = running.cloud.identity.secretOf('111122223333', undefined) ?? '';
    const right = lambda({ credentials: { ...key, secretAccessKey } });
    await right.send(create('with-a-body'));
    const { Functions } = await right.send(new ListFunctionsCommand({ MaxItems: 5 }));
    expect(Functions).toHaveLength(1);
    await expect(
      lambda({ credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey } }).send(
        new ListFunctionsCommand({}),
      ),
    ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });

  it('as a role may only what its policies allow', async () => {
    const scope = { account: '111122223333', region: 'us-east-1' };
    const { accessKeyId, secretAccessKey, sessionToken } = running.cloud.identity.session(
      scope,
      'reader',
      'a-function',
      900,
    );
    const client = lambda({ credentials: { accessKeyId, secretAccessKey, sessionToken } });
    const invoke = async (name: string): Promise<number | undefined> =>
      (await client.send(new InvokeCommand({ FunctionName: name }))).StatusCode;
    seen.allowed.add('lambda:InvokeFunction arn:aws:lambda:us-east-1:111122223333:function:mine');
    expect(await invoke('mine')).toBe(200);
    await expect(invoke('yours')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:sts::111122223333:assumed-role/reader/a-function is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:111122223333:function:yours because no identity-based policy allows the lambda:InvokeFunction action',
      $metadata: { httpStatusCode: 403 },
    });
    const decisions = running.cloud.trail.read(scope).filter(({ kind }) => kind === 'decision');
    expect(decisions.map(({ facts }) => ('outcome' in facts ? facts.outcome : ''))).toEqual([
      'allowed',
      'denied',
    ]);
  });

  it('as a role needs its own token, and only until it ends', async () => {
    const scope = { account: '111122223333', region: 'us-east-1' };
    const session = running.cloud.identity.session(scope, 'r', 's', 900);
    seen.allowed.add('lambda:ListFunctions');
    const list = async (config: LambdaClientConfig): Promise<unknown> =>
      await lambda(config).send(new ListFunctionsCommand({}));
    const { accessKeyId, secretAccessKey, sessionToken } = session;
    await list({ credentials: { accessKeyId, secretAccessKey, sessionToken } });
    await expect(list({ credentials: { accessKeyId, secretAccessKey } })).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    });
    await running.cloud.clock.advance(901_000);
    await expect(list({ credentials: { accessKeyId, secretAccessKey, sessionToken } })).rejects.toMatchObject(
      {
        name: 'ExpiredTokenException',
      },
    );
  });
});

describe('strangers', () => {
  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:4566',
    '10.0.0.1',
    '127.0.0.1@evil',
  ])('that address the cloud as %j are refused', async (host) => {
    const answer = await send(LIST, { ...signature(), host });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('localhost only');
    expect((await send('/_coldstart/health', { host })).status).toBe(403);
  });

  it.each([
    'localhost',
    'LOCALHOST:4566',
    '127.0.0.1:1',
    '[::1]:4566',
    'anything.localhost:4566',
    's3.us-east-1.localhost.localstack.cloud:4566',
    'streaming-localhost:4566',
  ])('are not those that address it as %s', async (host) => {
    expect((await send(LIST, { ...signature(), host })).status).toBe(200);
  });

  it('are those that name no host', async () => {
    expect(await raw('GET /_coldstart/health HTTP/1.0\r\n\r\n', () => false)).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('are web pages, whatever they sign', async () => {
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: running.origin },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      const answer = await send(LIST, { ...signature(), ...headers });
      expect(answer.status).toBe(403);
      expect(answer.body).toContain('web pages');
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
    expect((await send(LIST, { ...signature(), 'sec-fetch-site': 'none' })).status).toBe(200);
  });

  it('do not include the page of the workbook', async () => {
    const origin = 'http://localhost:4600';
    const asked = await send(
      LIST,
      { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
      { method: 'OPTIONS' },
    );
    expect(asked).toMatchObject({ status: 204 });
    expect(asked.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-headers': 'authorization',
    });
    const answer = await send(LIST, { ...signature(), origin, 'sec-fetch-site': 'same-site' });
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
  });
});

describe('the cloud’s own routes', () => {
  const bearer = { authorization: 'Bearer the token' };

  it('tell anybody on this machine that it is alive', async () => {
    const { status, body } = await send('/_coldstart/health');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      name: 'coldstart',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      pid: process.pid,
      uptime: expect.any(Number) as number,
      home,
    });
  });

  it.each([
    ['GET', 'clock'],
    ['POST', 'clock'],
    ['GET', 'trail'],
    ['POST', 'stop'],
    ['GET', 'nonsense'],
  ])('keep all else to those who have the token (%s %s)', async (method, route) => {
    for (const headers of [{}, { authorization: 'Bearer another' }, signature()] as Record<string, string>[])
      expect((await send(`/_coldstart/${route}`, headers, { method })).status).toBe(401);
    expect((await send('/_coldstart/health')).status).toBe(200);
  });

  it('move the clock', async () => {
    const before = JSON.parse((await send('/_coldstart/clock', bearer)).body) as { now: number };
    let ran = false;
    running.cloud.clock.after(3_000_000, () => (ran = true));
    const answer = await send('/_coldstart/clock', bearer, { method: 'POST', body: '{"advance":3600000}' });
    expect(answer.status).toBe(200);
    expect((JSON.parse(answer.body) as { now: number }).now).toBeGreaterThanOrEqual(before.now + 3_600_000);
    expect(ran).toBe(true);
    for (const body of [
      '',
      'null',
      '{"advance":-1}',
      '{"advance":"1"}',
      '{"advance":1e300}',
      '[]',
      'x'.repeat(20_000),
    ])
      expect((await send('/_coldstart/clock', bearer, { method: 'POST', body })).status).toBe(400);
  });

  it('read the trail of one scope', async () => {
    await send(LIST, signature());
    const { body } = await send('/_coldstart/trail?account=111122223333', bearer);
    expect(JSON.parse(body)).toMatchObject({
      entries: [{ kind: 'api.call', facts: { operation: 'ListFunctions' } }],
    });
    expect(JSON.parse((await send('/_coldstart/trail', bearer)).body)).toEqual({ entries: [] });
  });

  it('end the cloud', async () => {
    expect((await send('/_coldstart/stop', bearer, { method: 'POST' })).status).toBe(202);
    await running.stopped;
    await expect(send('/_coldstart/health')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('clients of every kind', () => {
  it('are served 200 at a time', async () => {
    const body = JSON.stringify({ a: 'x'.repeat(1_000) });
    const invoke = async (): Promise<Answer> =>
      await send('/2015-03-31/functions/echo/invocations', signature(), { method: 'POST', body });
    const answers = await Promise.all(Array.from({ length: 200 }, invoke));
    expect(answers.filter((answer) => answer.status === 200 && answer.body === body)).toHaveLength(200);
  });

  it('do not wait for one another', async () => {
    let release: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      seen.slow = async () => {
        resolve();
        await new Promise<void>((end) => (release = end));
      };
    });
    const slow = lambda().send(new InvokeCommand({ FunctionName: 'slow' }));
    await begun;
    await lambda().send(new ListFunctionsCommand({}));
    release();
    expect((await slow).StatusCode).toBe(200);
  });

  it('get the answers of one connection in the order of their requests', async () => {
    seen.slow = async () => await new Promise((resolve) => setTimeout(resolve, 50));
    const invoke = (name: string): string =>
      `POST /2015-03-31/functions/${name}/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${String(name.length)}\r\n${Object.entries(
        signature(),
      )
        .map(([header, value]) => `${header}: ${value}\r\n`)
        .join('')}\r\n${name}`;
    const text = await raw(`${invoke('slow')}${invoke('fast')}`, (so_far) => so_far.includes('fast'));
    expect(text.indexOf('slow')).toBeGreaterThan(0);
    expect(text.indexOf('slow')).toBeLessThan(text.indexOf('fast'));
  });

  it('may send the first bytes one by one', async () => {
    const text = await raw('POST /_coldstart/x HTTP/1.1\r\nHost: localhost\r\n\r\n', done, 1);
    expect(text).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('may speak HTTP/2 from the first byte', async () => {
    const session = connectHttp2(running.origin);
    const body = await new Promise<string>((resolve, reject) => {
      session.on('error', reject);
      const stream = session.request({
        ':method': 'POST',
        ':path': '/2015-03-31/functions/echo/invocations',
        ...signature(),
      });
      let text = '';
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      stream.on('error', reject).on('end', () => resolve(`${String(stream.sentHeaders[':path'])} ${text}`));
      stream.end('"over HTTP/2"');
    });
    expect(body).toBe('/2015-03-31/functions/echo/invocations "over HTTP/2"');
    session.destroy();
  });

  it('that speak no HTTP are told so and cut off', async () => {
    expect(await raw('\x16\x03\x01\x02\x00\x01\x00 hello TLS\r\n\r\n', () => false)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  });

  it('may leave in the middle of an upload', async () => {
    const head = `POST /2015-03-31/functions/echo/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\nAuthorization: ${signature()['authorization'] ?? ''}\r\nX-Amz-Date: 20260102T030405Z\r\n\r\nhalf`;
    const socket = connect(running.port, '127.0.0.1');
    await new Promise((resolve) => socket.write(head, resolve));
    socket.destroy();
    await lambda().send(new ListFunctionsCommand({}));
    const calls = running.cloud.trail.read({ account: '111122223333', region: 'us-east-1' });
    expect(calls.map(({ facts }) => ('operation' in facts ? facts.operation : ''))).toEqual([
      'ListFunctions',
    ]);
    expect(lines).toEqual([]);
  });

  it('may leave while they wait, which the operation hears', async () => {
    const heard = new Promise<string>((resolve) => {
      seen.slow = async (signal) =>
        await new Promise((end) => {
          signal.addEventListener('abort', () => {
            resolve('aborted');
            end();
          });
          socket.destroy();
        });
    });
    const socket = connect(running.port, '127.0.0.1');
    socket.write(
      `POST /2015-03-31/functions/slow/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nAuthorization: ${signature()['authorization'] ?? ''}\r\nX-Amz-Date: 20260102T030405Z\r\n\r\n{}`,
    );
    expect(await heard).toBe('aborted');
  });
});

const done = (text: string): boolean => text.includes('\r\n\r\n') && /\}$/.test(text);
/* Sends text as it is, and reads until `enough` or the end of the connection. */
async function raw(text: string, enough: (text: string) => boolean, piece = text.length): Promise<string> {
  return await new Promise((resolve, reject) => {
    const socket = connect(running.port, '127.0.0.1');
    socket.setNoDelay(true);
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (enough(received)) socket.end();
    });
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
    const sendFrom = (at: number): void => {
      if (at >= text.length) return;
      socket.write(text.slice(at, at + piece), 'latin1', () => setImmediate(() => sendFrom(at + piece)));
    };
    sendFrom(0);
  });
}

describe('bodies that are too large', () => {
  const INVOKE = '/2015-03-31/functions/echo/invocations';
  const MEGABYTE = 1024 * 1024;

  it('are refused before they are sent, where the client asks first', async () => {
    const status = await new Promise<string>((resolve, reject) => {
      let continued = false;
      const sent = httpRequest({
        port: running.port,
        host: '127.0.0.1',
        path: INVOKE,
        method: 'POST',
        headers: { ...signature(), expect: '100-continue', 'content-length': 20 * MEGABYTE },
      });
      sent.on('continue', () => (continued = true));
      sent.on('response', (response) => {
        resolve(`${String(response.statusCode)} ${String(continued)}`);
        sent.destroy();
      });
      sent.on('error', reject);
      sent.flushHeaders();
    });
    expect(status).toBe('413 false');
  });

  it('of the right size are asked for', async () => {
    const answer = await send(
      INVOKE,
      { ...signature(), expect: '100-continue', 'content-length': '4' },
      { method: 'POST', body: 'body' },
    );
    expect(answer).toMatchObject({ status: 200, body: 'body' });
  });

  it('are answered 413 in AWS’s words', async () => {
    const body = Buffer.alloc(9 * MEGABYTE);
    const answer = await send(INVOKE, signature(), { method: 'POST', body });
    expect(answer.status).toBe(413);
    expect(answer.headers['x-amzn-errortype']).toBe('RequestEntityTooLargeException');
    expect(answer.body).toContain(
      'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
    );
  });

  it('are not held, however much comes without a stated length', async () => {
    const before = process.memoryUsage().arrayBuffers;
    let peak = 0;
    const status = await new Promise<number>((resolve, reject) => {
      const sent = httpRequest(
        { port: running.port, host: '127.0.0.1', path: LIST, method: 'POST', headers: signature('iam') },
        (response) => {
          resolve(response.statusCode ?? 0);
          response.resume();
          sent.destroy();
        },
      );
      sent.on('error', reject);
      const chunk = Buffer.alloc(MEGABYTE);
      const more = (): void => {
        peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
        if (!sent.destroyed) sent.write(chunk, () => setImmediate(more));
      };
      more();
    });
    expect(status).toBe(413);
    // 10 MB may be held for IAM; the rest is what the two ends of the socket hold, both in this process.
    expect(peak).toBeLessThan(60 * MEGABYTE);
  });

  it('are not read at all without a signature', async () => {
    const answer = await send(INVOKE, {}, { method: 'POST', body: Buffer.alloc(3 * MEGABYTE) });
    expect(answer.status).toBe(403);
  });
});
