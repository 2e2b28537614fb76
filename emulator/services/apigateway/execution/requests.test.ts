import {
  CreateModelCommand,
  CreateRequestValidatorCommand,
  UpdateRestApiCommand,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { studentForTests } from '../testing/for-tests.ts';
import { ask, build, functionOf, permit, proxying, saying, seen } from '../testing/trial-api.ts';

const trial = studentForTests();

const updateApi = async (restApiId: string, ...patchOperations: PatchOperation[]): Promise<unknown> =>
  trial.gateway.client.send(new UpdateRestApiCommand({ restApiId, patchOperations }));

/* Facts, §3.2. */
describe('validation', () => {
  it('refuses bodies that are no model’s, and requests without what they need', async () => {
    const made = await trial.gateway.api();
    const { restApiId } = made;
    const schema = { type: 'object', required: ['title'], properties: { title: { type: 'string' } } };
    await trial.gateway.client.send(
      new CreateModelCommand({
        restApiId,
        name: 'Note',
        contentType: 'application/json',
        schema: JSON.stringify({ $schema: 'http://json-schema.org/draft-04/schema#', ...schema }),
      }),
    );
    const { id: requestValidatorId = '' } = await trial.gateway.client.send(
      new CreateRequestValidatorCommand({
        restApiId,
        name: 'all',
        validateRequestBody: true,
        validateRequestParameters: true,
      }),
    );
    await build(trial.gateway, made, {
      'POST /notes': {
        ...saying('{"ok":true}'),
        method: {
          requestValidatorId,
          requestModels: { 'application/json': 'Note' },
          requestParameters: { 'method.request.querystring.qs1': true },
        },
      },
    });
    await trial.gateway.deploy(restApiId, { stageName: 'dev' });
    const post = async (query: string, body: string): Promise<unknown[]> =>
      seen(
        await ask(trial.gateway, `/_aws/execute-api/${restApiId}/dev/notes${query}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        }),
      );
    expect(await post('?qs1=1', '{"title":"t"}')).toEqual([200, { ok: true }, undefined]);
    const badBody = [400, { message: 'Invalid request body' }, 'BadRequestException'];
    for (const body of ['{"title":1}', '{}', 'no json', '[]'])
      expect(await post('?qs1=1', body)).toEqual(badBody);
    expect(await post('', '{"title":"t"}')).toEqual([
      400,
      { message: 'Missing required request parameters: [qs1]' },
      'BadRequestException',
    ]);
  });
});

describe('permission to invoke', () => {
  it('is for a method and a path, of a stage', async () => {
    const arn = await functionOf(trial.student, 'permitted', "return { statusCode: 200, body: 'yes' };");
    const made = await trial.gateway.api();
    const { restApiId } = made;
    await build(trial.gateway, made, {
      'GET /notes/{id}': proxying(arn),
      'POST /notes/{id}': proxying(arn),
      'GET /other': proxying(arn),
    });
    for (const stageName of ['dev', 'prod']) await trial.gateway.deploy(restApiId, { stageName });
    await permit(trial.student.lambda, 'permitted', restApiId, 'dev/GET/notes/*');
    const status = async (method: string, path: string) =>
      (await ask(trial.gateway, `/_aws/execute-api/${restApiId}${path}`, { method })).status;
    expect(await status('GET', '/dev/notes/1')).toBe(200);
    expect(await status('POST', '/dev/notes/1')).toBe(500);
    expect(await status('GET', '/dev/other')).toBe(500);
    expect(await status('GET', '/prod/notes/1')).toBe(500);
  });

  it('may be a role’s instead', async () => {
    const arn = await functionOf(trial.student, 'by-role', "return { statusCode: 200, body: 'yes' };");
    const credentials = await trial.gateway.role('invoker', 'apigateway.amazonaws.com');
    const stranger = await trial.gateway.role('of-another-service', 'events.amazonaws.com');
    const made = await trial.gateway.api();
    const { restApiId } = made;
    const as = (role: string) => ({ integration: { ...proxying(arn).integration, credentials: role } });
    await build(trial.gateway, made, { 'GET /': as(credentials), 'GET /stranger': as(stranger) });
    await trial.gateway.deploy(restApiId, { stageName: 'dev' });
    const get = async (path: string) =>
      (await ask(trial.gateway, `/_aws/execute-api/${restApiId}/dev${path}`)).status;
    expect(await get('/')).toBe(500);
    const Statement = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: arn };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    for (const RoleName of ['invoker', 'of-another-service'])
      await trial.gateway.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument }));
    expect(await get('/')).toBe(200);
    expect(await get('/stranger')).toBe(500);
  });
});

describe('an API', () => {
  it('that is private is reached from nowhere', async () => {
    const { restApiId } = await trial.gateway.deployed('dev');
    await updateApi(restApiId, {
      op: 'replace',
      path: '/endpointConfiguration/types/EDGE',
      value: 'PRIVATE',
    });
    await trial.gateway.deploy(restApiId, { stageName: 'dev' });
    expect(seen(await ask(trial.gateway, `/_aws/execute-api/${restApiId}/dev/`))).toEqual([
      403,
      { message: 'Forbidden' },
      'ForbiddenException',
    ]);
  });

  it('that packs answers takes packed bodies', async () => {
    const made = await trial.gateway.api();
    const { restApiId } = made;
    await build(trial.gateway, made, { 'POST /': saying(`{"got":$input.json('$')}`) });
    await updateApi(restApiId, { op: 'replace', path: '/minimumCompressionSize', value: '10' });
    const arn = await functionOf(trial.student, 'unpacked', 'return { statusCode: 200, body: event.body };');
    await build(trial.gateway, made, { 'POST /echo': proxying(arn) });
    await permit(trial.student.lambda, 'unpacked', restApiId);
    await trial.gateway.deploy(restApiId, { stageName: 'dev' });
    const post = async (headers: Record<string, string>, body: Uint8Array) =>
      ask(trial.gateway, `/_aws/execute-api/${restApiId}/dev/echo`, { method: 'POST', headers, body });
    const text = '{"a":"long enough"}';
    const answer = await post(
      { 'content-encoding': 'gzip', 'accept-encoding': 'gzip' },
      gzipSync(Buffer.from(text)),
    );
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(answer.bytes).toString()).toBe(text);
    expect((await post({ 'content-encoding': 'gzip' }, Buffer.from('no gzip'))).status).toBe(400);
    expect((await post({}, Buffer.from(text))).text).toBe(text);
  });
});
