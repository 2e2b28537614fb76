import {
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
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comparable, recorded, recordedAtHand } from '../testing/recorded.ts';
import { account } from '../testing/small-cloud.ts';
import { refusal } from '../testing/student.ts';
import type { Student } from '../testing/student.ts';
import { idOf, plain, UrlCloud } from './testing/url-cloud.ts';

/* The real SDK client and plain HTTP against the real server with real processes. */
let cloud: UrlCloud;
let student: Student;
beforeAll(async () => {
  cloud = await UrlCloud.start();
  ({ student } = cloud);
}, 60_000);
afterAll(() => cloud.stop(), 30_000);

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
    const url = await cloud.open('echo');
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
    const url = await cloud.open('echo', {}, []).catch(() => '');
    const { FunctionUrl = '' } = await student.lambda.send(
      new GetFunctionUrlConfigCommand({ FunctionName: 'echo' }),
    );
    expect(url).toBe('');
    const { port } = new URL(cloud.running.origin);
    const host = `${idOf(cloud.pathForm(FunctionUrl))}.lambda-url.us-east-1.localhost:${port}`;
    const answer = await cloud.ask('/_coldstart/state', { host });
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
    const answer = await fetch(await cloud.open(name));
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
    const answer = await fetch(await cloud.open('own'));
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
    const answer = await fetch(await cloud.open(name));
    expect([answer.status, await answer.text()]).toEqual([502, 'Internal Server Error']);
  });

  it('is 429 where no concurrency is left, and 413 for more than 6 MB', async () => {
    await student.make('full', plain('return 1;'));
    const url = await cloud.open('full');
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
