import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionUrlConfigCommand,
  DeleteAliasCommand,
  DeleteFunctionUrlConfigCommand,
  GetFunctionUrlConfigCommand,
  ListFunctionUrlConfigsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import type { CreateFunctionUrlConfigCommandInput } from '@aws-sdk/client-lambda';
import { request as httpRequest } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCloud } from '../../../start.ts';
import type { RunningCloud } from '../../../start.ts';
import { archive } from '../testing/archive.ts';
import { comparable, recorded, recordedAtHand } from '../testing/recorded.ts';
import { account } from '../testing/small-cloud.ts';
import { refusal, studentAt } from '../testing/student.ts';
import type { Student } from '../testing/student.ts';

/* The real SDK client and plain HTTP against the real server with real processes. */
let running: RunningCloud;
let student: Student;
let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-lambda-'));
  running = await startCloud({ port: 0, home, ephemeral: true });
  student = await studentAt(running.origin);
}, 60_000);
afterAll(async () => {
  student.lambda.destroy();
  await running.stop();
  rmSync(home, { recursive: true, force: true });
}, 30_000);

const plain = (body: string) =>
  archive({ 'index.mjs': `export const handler = async (event) => { ${body} };` });
const streaming = (body: string) =>
  archive({
    'index.mjs': `const wait = (ms) => new Promise((done) => setTimeout(done, ms));
export const handler = awslambda.streamifyResponse(async (event, stream) => { ${body} });`,
  });

/** Opens a function with a URL to everybody, or leaves out what is named. */
async function open(
  FunctionName: string,
  more: Partial<CreateFunctionUrlConfigCommandInput> = {},
  permissions: readonly string[] = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'],
): Promise<string> {
  const { FunctionUrl = '' } = await student.lambda.send(
    new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE', ...more }),
  );
  for (const Action of permissions) await permit(FunctionName, Action, more.Qualifier);
  return pathForm(FunctionUrl);
}
const permit = (FunctionName: string, Action: string, Qualifier?: string) =>
  student.lambda.send(
    new AddPermissionCommand({
      FunctionName,
      Qualifier,
      StatementId: Action.slice('lambda:'.length),
      Action,
      Principal: '*',
      ...(Action === 'lambda:InvokeFunctionUrl'
        ? { FunctionUrlAuthType: 'NONE' as const }
        : { InvokedViaFunctionUrl: true }),
    }),
  );

/** The form of an address that every machine finds. */
function pathForm(url: string): string {
  const [, id] = /^http:\/\/([a-z0-9]{32})\.lambda-url\.us-east-1\.localhost:\d+\/$/.exec(url) ?? [];
  if (id === undefined) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/_aws\/lambda-url\/[a-z0-9]{32}\/$/);
  return id === undefined ? url : `${running.origin}/_aws/lambda-url/${id}/`;
}
const idOf = (url: string): string => url.split('/').at(-2) ?? '';

/** Asks with a host of the caller's own, which `fetch` does not let one say. */
function ask(path: string, headers: Record<string, string>, method = 'GET') {
  const { port } = new URL(running.origin);
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const sent = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString(),
          }),
        );
      });
      sent.on('error', reject);
      sent.end();
    },
  );
}

describe('configurations', () => {
  it('are made, read, changed, listed and deleted; for aliases too', async () => {
    const { lambda } = student;
    const FunctionName = 'configured';
    await student.make(FunctionName, plain('return 1;'));
    const made = await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' }));
    const FunctionArn = `arn:aws:lambda:us-east-1:${account}:function:${FunctionName}`;
    expect(made).toMatchObject({ AuthType: 'NONE', InvokeMode: 'BUFFERED', FunctionArn });
    expect(
      await refusal(lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' }))),
    ).toMatchObject({ name: 'ResourceConflictException' });
    await lambda.send(new PublishVersionCommand({ FunctionName }));
    await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }));
    const ofAlias = await lambda.send(
      new CreateFunctionUrlConfigCommand({ FunctionName, Qualifier: 'live', AuthType: 'AWS_IAM' }),
    );
    expect(ofAlias.FunctionArn).toBe(`${FunctionArn}:live`);
    expect(ofAlias.FunctionUrl).not.toBe(made.FunctionUrl);
    const changed = await lambda.send(
      new UpdateFunctionUrlConfigCommand({ FunctionName, InvokeMode: 'RESPONSE_STREAM' }),
    );
    const read = await lambda.send(new GetFunctionUrlConfigCommand({ FunctionName }));
    expect({ ...read, $metadata: 0 }).toEqual({ ...changed, $metadata: 0 });
    if (recordedAtHand()) {
      const answers = recorded('test_lambda.snapshot.json', 'test_lambda_update_function_url_config');
      const keys = (answer: unknown) =>
        Object.keys(comparable(answer) as object)
          .filter((key) => key !== '$metadata')
          .sort();
      expect(keys(made)).toEqual(keys(answers['create_lambda_url_config']));
      expect(keys(read)).toEqual(keys(answers['get_url_config']));
    }
    const all = await lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName }));
    expect(all.FunctionUrlConfigs?.map((config) => config.FunctionArn)).toEqual([
      FunctionArn,
      `${FunctionArn}:live`,
    ]);
    for (const Qualifier of ['$LATEST', '1']) {
      expect(
        await refusal(lambda.send(new GetFunctionUrlConfigCommand({ FunctionName, Qualifier }))),
      ).toMatchObject({
        name: 'ValidationException',
        message: `1 validation error detected: Value '${Qualifier}' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)`,
      });
    }
    await lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName }));
    expect(await refusal(lambda.send(new GetFunctionUrlConfigCommand({ FunctionName })))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The resource you requested does not exist.',
    });
    expect(
      await refusal(lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName: 'nobody' }))),
    ).toMatchObject({ name: 'ResourceNotFoundException', message: 'Function does not exist' });
    await lambda.send(new DeleteAliasCommand({ FunctionName, Name: 'live' }));
    const left = await lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName }));
    expect(left.FunctionUrlConfigs).toEqual([]);
  });
});

describe('a request', () => {
  it('becomes an event of format 2.0', async () => {
    await student.make('echo', plain('return event;'));
    const url = await open('echo');
    const answer = await fetch(`${url}some/pa%2Fth?q=1&list=a&list=b%2Fc`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: 'a=1; b=2', 'X-Own': 'Value' },
      body: '{"a":1}',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    const event = (await answer.json()) as Record<string, unknown>;
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/some/pa%2Fth',
      rawQueryString: 'q=1&list=a&list=b%2Fc',
      cookies: ['a=1', 'b=2'],
      queryStringParameters: { q: '1', list: 'a,b/c' },
      headers: { 'content-type': 'application/json', 'x-own': 'Value', 'x-forwarded-proto': 'http' },
      requestContext: {
        accountId: 'anonymous',
        apiId: idOf(url),
        domainPrefix: idOf(url),
        http: { method: 'POST', path: '/some/pa%2Fth', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        routeKey: '$default',
        stage: '$default',
      },
      body: '{"a":1}',
      isBase64Encoded: false,
    });
    const { requestContext } = event as { requestContext: { requestId: string; time: string } };
    expect(requestContext.requestId).toBe(answer.headers.get('x-amzn-requestid'));
    expect(requestContext.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    const form = await fetch(url, { method: 'POST', body: new URLSearchParams({ a: 'b' }) });
    expect(await form.json()).toMatchObject({
      body: Buffer.from('a=b').toString('base64'),
      isBase64Encoded: true,
    });
    const bare = (await (await fetch(url)).json()) as object;
    expect(Object.keys(bare)).not.toEqual(expect.arrayContaining(['body']));
    expect(bare).not.toHaveProperty('cookies');
    expect(bare).not.toHaveProperty('queryStringParameters');
  });

  it('reaches it at its own host, which is nobody else’s', async () => {
    const url = await open('echo', {}, []).catch(() => '');
    const { FunctionUrl = '' } = await student.lambda.send(
      new GetFunctionUrlConfigCommand({ FunctionName: 'echo' }),
    );
    expect(url).toBe('');
    const { port } = new URL(running.origin);
    const host = `${idOf(pathForm(FunctionUrl))}.lambda-url.us-east-1.localhost:${port}`;
    const answer = await ask('/_coldstart/state', { host });
    expect(JSON.parse(answer.body)).toMatchObject({ rawPath: '/_coldstart/state' });
    expect(JSON.parse(answer.body)).toMatchObject({
      requestContext: { domainName: host.replace(/:\d+$/, '') },
    });
  });
});

describe('an answer', () => {
  it.each([
    ['an object', `return { hello: 'world' };`, '{"hello":"world"}'],
    ['a string', `return 'hello';`, 'hello'],
    ['a number', `return 3.1;`, '3.1'],
    ['a list', `return ['hello', 3, true];`, '["hello",3,true]'],
    ['nothing', ``, 'null'],
    ['a body', `return { statusCode: 200, body: 'body123' };`, 'body123'],
    [
      'bytes',
      `return { statusCode: 200, body: Buffer.from('bytes').toString('base64'), isBase64Encoded: true };`,
      'bytes',
    ],
  ])('of %s is its body', async (_, body, expected) => {
    const name = `answer-${Math.random().toString(36).slice(2)}`;
    await student.make(name, plain(body));
    const answer = await fetch(await open(name));
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'application/json',
      expected,
    ]);
  });

  it('has status, headers and cookies of its own', async () => {
    await student.make(
      'own',
      plain(
        `return { statusCode: 418, headers: { 'Content-Type': 'text/plain', 'X-Own': 7 }, cookies: ['a=1', 'b=2; HttpOnly'], body: 'tea' };`,
      ),
    );
    const answer = await fetch(await open('own'));
    expect([answer.status, await answer.text()]).toEqual([418, 'tea']);
    expect(answer.headers.get('content-type')).toBe('text/plain');
    expect(answer.headers.get('x-own')).toBe('7');
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2; HttpOnly']);
  });

  it.each([
    ['throws', `throw new Error('no');`],
    ['answers an object as body', `return { statusCode: 200, body: {} };`],
    ['answers no status', `return { statusCode: 'fine' };`],
    ['answers a header that splits the answer', `return { statusCode: 200, headers: { a: 'b\\r\\nc: d' } };`],
  ])('is 502 where the function %s', async (_, body) => {
    const name = `bad-${Math.random().toString(36).slice(2)}`;
    await student.make(name, plain(body));
    const answer = await fetch(await open(name));
    expect([answer.status, await answer.text()]).toEqual([502, 'Internal Server Error']);
  });

  it('is 429 where no concurrency is left, and 413 for more than 6 MB', async () => {
    await student.make('full', plain('return 1;'));
    const url = await open('full');
    await student.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'full', ReservedConcurrentExecutions: 0 }),
    );
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([
      429,
      'TooManyRequestsException',
    ]);
    expect(await answer.json()).toMatchObject({
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      message: 'Rate Exceeded.',
    });
    const large = await fetch(url, { method: 'POST', body: new Uint8Array(6_291_457) });
    expect(large.status).toBe(413);
  });
});

describe('permissions', () => {
  const forbidden = {
    Message:
      'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  };

  it('are needed, both of them', async () => {
    await student.make('guarded', plain(`return 'in';`));
    const url = await open('guarded', {}, []);
    const status = async () => {
      const answer = await fetch(url);
      if (answer.status === 403) {
        expect(await answer.json()).toEqual(forbidden);
        expect(answer.headers.get('x-amzn-errortype')).toBe('AccessDeniedException');
      }
      return answer.status;
    };
    expect(await status()).toBe(403);
    await permit('guarded', 'lambda:InvokeFunctionUrl');
    expect(await status()).toBe(403);
    await permit('guarded', 'lambda:InvokeFunction');
    expect(await status()).toBe(200);
    expect((await fetch(url.replace(/[a-z0-9]{32}/, 'a'.repeat(32)))).status).toBe(403);
  });

  it('come from the caller’s own policies where a signature is asked for', async () => {
    await student.make('signed', plain('return event.requestContext.authorizer.iam;'));
    const url = await open('signed', { AuthType: 'AWS_IAM' }, []);
    expect((await fetch(url)).status).toBe(403);
    const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const Authorization = `AWS4-HMAC-SHA256 Credential=${account}/${date.slice(0, 8)}/us-east-1/lambda/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;
    const answer = await fetch(url, { headers: { Authorization, 'X-Amz-Date': date } });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      accountId: account,
      userArn: `arn:aws:iam::${account}:root`,
    });
    const unknown = Authorization.replace(account, 'AKIAUNKNOWN');
    expect((await fetch(url, { headers: { Authorization: unknown, 'X-Amz-Date': date } })).status).toBe(403);
  });
});

describe('web pages', () => {
  const origin = 'https://page.example';

  it('may where the CORS configuration says so, and the control plane stays closed to them', async () => {
    await student.make('shared', plain(`return 'shared';`));
    const url = await open('shared', {
      Cors: { AllowOrigins: [origin], AllowMethods: ['GET'], AllowHeaders: ['x-own'], MaxAge: 60 },
    });
    const asked = await fetch(url, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'x-own',
      },
    });
    expect(asked.status).toBe(200);
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
    expect(asked.headers.get('access-control-allow-methods')).toBe('GET');
    expect(asked.headers.get('access-control-allow-headers')).toBe('x-own');
    expect(asked.headers.get('access-control-max-age')).toBe('60');
    const answer = await fetch(url, { headers: { Origin: origin } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
    const other = await fetch(url, { headers: { Origin: 'https://other.example' } });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    const plane = await fetch(`${running.origin}/2015-03-31/functions/`, { headers: { Origin: origin } });
    expect(plane.status).toBe(403);
    const host = new URL(running.origin).host;
    const rebound = await ask(new URL(url).pathname, { host: host.replace('127.0.0.1', 'evil.example') });
    expect(rebound.status).toBe(403);
    expect(rebound.body).toContain('localhost only');
  });

  it('are answered by the function where there is no configuration', async () => {
    await student.make(
      'asks',
      plain(`return { statusCode: 204, headers: { 'x-method': event.requestContext.http.method } };`),
    );
    const url = await open('asks');
    const asked = await fetch(url, {
      method: 'OPTIONS',
      headers: { Origin: origin, 'Access-Control-Request-Method': 'GET' },
    });
    expect([asked.status, asked.headers.get('x-method')]).toEqual([204, 'OPTIONS']);
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('streams', () => {
  const InvokeMode = 'RESPONSE_STREAM';

  it('arrive as they are written, with status and headers of their own', async () => {
    await student.make(
      'flows',
      streaming(
        `const out = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'content-type': 'text/plain' }, cookies: ['a=1'] });
         out.write('one '); await wait(400); out.end('two');`,
      ),
    );
    const url = await open('flows', { InvokeMode });
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([201, 'text/plain']);
    expect(answer.headers.getSetCookie()).toEqual(['a=1']);
    const times: number[] = [];
    let text = '';
    for await (const piece of answer.body ?? []) {
      times.push(performance.now());
      text += Buffer.from(piece as Uint8Array).toString();
    }
    expect(text).toBe('one two');
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(300);
  });

  it('are collected in the other mode, and a plain answer is one in this', async () => {
    await student.make(
      'collects',
      streaming(`stream.setContentType('text/plain'); stream.write('a'); stream.end('b');`),
    );
    const collected = await fetch(await open('collects'));
    expect([collected.headers.get('content-type'), await collected.text()]).toEqual(['text/plain', 'ab']);
    await student.make('plainly', plain(`return { statusCode: 202, body: 'plain' };`));
    const answer = await fetch(await open('plainly', { InvokeMode }));
    expect([answer.status, await answer.text()]).toEqual([202, 'plain']);
  });

  it('that break are cut, and those that fail before their first byte are 502', async () => {
    await student.make(
      'breaks',
      streaming(`stream.write('some'); await wait(50); throw new Error('in the middle');`),
    );
    const broken = await fetch(await open('breaks', { InvokeMode }));
    expect(broken.status).toBe(200);
    await expect(broken.text()).rejects.toThrow();
    await student.make('early', streaming(`throw new Error('early');`));
    expect((await fetch(await open('early', { InvokeMode }))).status).toBe(502);
  });
});
