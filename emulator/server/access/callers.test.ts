import { InvokeCommand, ListFunctionsCommand, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import {
  create,
  key,
  lambda,
  LIST,
  raw,
  running,
  seen,
  send,
  serveEachTest,
  signature,
  start,
} from '../fixture/serving.ts';

serveEachTest();

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
