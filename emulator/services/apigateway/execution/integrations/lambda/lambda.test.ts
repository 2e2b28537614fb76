import { describe, expect, it } from 'vitest';
import { studentForTests } from '../../../testing/for-tests.ts';
import {
  ask,
  build,
  functionOf,
  permit,
  proxying,
  uriOf,
  type Answer,
  posting,
  serve,
} from '../../../testing/trial-api.ts';

const trial = studentForTests();

const ok = { statusCode: '200' };

describe('a function', () => {
  it('that answers too late is 504', async () => {
    const arn = await functionOf(
      trial.student,
      'late',
      'await new Promise((done) => setTimeout(done, 1500)); return {};',
    );
    const { base, restApiId } = await serve(trial.gateway, {
      'GET /late': { integration: { ...proxying(arn).integration, timeoutInMillis: 100 } },
    });
    await permit(trial.student.lambda, 'late', restApiId);
    const { status, json: body } = await ask(trial.gateway, `${base}/late`);
    expect([status, body]).toEqual([504, { message: 'Endpoint request timed out' }]);
  });

  it('behind mappings gets their event, and its error chooses the response', async () => {
    const arn = await functionOf(
      trial.student,
      'mapped',
      "if (event.fail) throw new Error(event.fail); return { doubled: event.n * 2, secret: 'x' };",
    );
    const { base, restApiId } = await serve(trial.gateway, {
      'POST /double': {
        integration: {
          type: 'AWS',
          integrationHttpMethod: 'POST',
          uri: uriOf(arn),
          passthroughBehavior: 'NEVER',
          requestTemplates: {
            'application/json': `{"n":$input.json('$.number'),"fail":$input.json('$.fail')}`,
          },
        },
        responses: [
          { ...ok, responseTemplates: { 'application/json': `{"result":$input.json('$.doubled')}` } },
          {
            statusCode: '404',
            selectionPattern: '.*not found.*',
            responseTemplates: { 'application/json': `{"why":$input.json('$.errorMessage')}` },
          },
        ],
      },
      'POST /event': {
        integration: {
          type: 'AWS',
          integrationHttpMethod: 'POST',
          uri: uriOf(arn),
          requestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" },
        },
        responses: [{ statusCode: '202', responseTemplates: { 'application/json': '{"queued":true}' } }],
      },
    });
    await permit(trial.student.lambda, 'mapped', restApiId);
    const double = async (asked: object): Promise<unknown[]> => {
      const { status, json: body } = await ask(trial.gateway, `${base}/double`, { ...posting({}), ...asked });
      return [status, body];
    };
    expect(await double(posting({ number: 21 }))).toEqual([200, { result: 42 }]);
    expect(await double(posting({ number: 1, fail: 'note not found' }))).toEqual([
      404,
      { why: 'note not found' },
    ]);
    expect(await double({ headers: { 'content-type': 'text/plain' }, body: 'x' })).toEqual([
      415,
      { message: 'Unsupported Media Type' },
    ]);
    const [status, body] = await double({ body: '{not json' });
    expect([status, (body as { message: string }).message]).toEqual([
      400,
      expect.stringMatching(/^Could not parse request body into json: /),
    ]);
    const queued = await ask(trial.gateway, `${base}/event`, posting({ n: 1 }));
    expect([queued.status, queued.json]).toEqual([202, { queued: true }]);
  });

  it('behind an alias is named by a stage variable, and each alias needs its own permission', async () => {
    const arn = await functionOf(
      trial.student,
      'aliased',
      'return { statusCode: 200, body: context.invokedFunctionArn };',
    );
    const { CreateAliasCommand, PublishVersionCommand } = await import('@aws-sdk/client-lambda');
    await trial.student.lambda.send(new PublishVersionCommand({ FunctionName: 'aliased' }));
    for (const Name of ['dev', 'prod'])
      await trial.student.lambda.send(
        new CreateAliasCommand({ FunctionName: 'aliased', Name, FunctionVersion: '1' }),
      );
    const made = await trial.gateway.api();
    const { restApiId } = made;
    await build(trial.gateway, made, {
      'GET /': {
        integration: { ...proxying(arn).integration, uri: uriOf(`${arn}:\${stageVariables.alias}`) },
      },
    });
    for (const alias of ['dev', 'prod'])
      await trial.gateway.deploy(restApiId, { stageName: alias, variables: { alias } });
    await permit(trial.student.lambda, 'aliased:dev', restApiId);
    const get = async (stage: string) => ask(trial.gateway, `/_aws/execute-api/${restApiId}/${stage}/`);
    expect((await get('dev')).text).toBe(`${arn}:dev`);
    expect((await get('prod')).status).toBe(500);
    await permit(trial.student.lambda, 'aliased:prod', restApiId);
    expect((await get('prod')).text).toBe(`${arn}:prod`);
  });

  it('gets bytes as base64 where the API says that they are, and may answer so', async () => {
    const arn = await functionOf(
      trial.student,
      'bytes',
      `return { statusCode: 200, headers: { 'Content-Type': 'image/png', 'X-Base64': String(event.isBase64Encoded) }, body: event.body, isBase64Encoded: true };`,
    );
    const { UpdateRestApiCommand } = await import('@aws-sdk/client-api-gateway');
    const made = await trial.gateway.api();
    const { restApiId } = made;
    await build(trial.gateway, made, { 'POST /': proxying(arn) });
    const patchOperations = [{ op: 'add' as const, path: '/binaryMediaTypes/image~1png' }];
    await trial.gateway.client.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
    await trial.gateway.deploy(restApiId, { stageName: 'dev' });
    await permit(trial.student.lambda, 'bytes', restApiId);
    const body = Uint8Array.from([0, 255, 1, 254]);
    const send = async (headers: Record<string, string>): Promise<Answer> =>
      ask(trial.gateway, `/_aws/execute-api/${restApiId}/dev/`, { method: 'POST', headers, body });
    const both = await send({ 'content-type': 'image/png', accept: 'image/png' });
    expect([both.headers['x-base64'], [...both.bytes]]).toEqual(['true', [...body]]);
    const text = await send({ 'content-type': 'image/png', accept: 'application/json' });
    expect(text.text).toBe(Buffer.from(body).toString('base64'));
    const plain = await send({ 'content-type': 'application/json', accept: 'image/png' });
    expect(plain.headers['x-base64']).toBe('false');
  });
});
