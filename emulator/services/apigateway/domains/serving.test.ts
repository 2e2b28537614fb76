import {
  CreateBasePathMappingCommand,
  CreateDomainNameCommand,
  DeleteBasePathMappingCommand,
  DeleteDomainNameCommand,
  UpdateRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { studentForTests } from '../testing/for-tests.ts';
import { ask, build, functionOf, permit, proxying, saying, seen } from '../testing/trial-api.ts';
import { TrialGateway } from '../testing/trial-gateway.ts';

const trial = studentForTests();
let restApiId: string;
beforeAll(async () => {
  const arn = await functionOf(
    trial.student,
    'told',
    'return { statusCode: 200, body: JSON.stringify(event) };',
  );
  const api = await trial.gateway.api();
  ({ restApiId } = api);
  await build(trial.gateway, api, { 'GET /': saying('{"at":"root"}'), 'GET /notes/{id}': proxying(arn) });
  await permit(trial.student.lambda, 'told', restApiId);
  await trial.gateway.deploy(restApiId, { stageName: 'dev' });
}, 60_000);

const domain = async (domainName: string, at = trial.gateway) =>
  at.client.send(
    new CreateDomainNameCommand({
      domainName,
      regionalCertificateArn: 'arn:aws:acm:us-east-1:111111111111:certificate/c',
      endpointConfiguration: { types: ['REGIONAL'] },
    }),
  );
const map = async (
  domainName: string,
  more: { basePath?: string; stage?: string },
  id = restApiId,
  at = trial.gateway,
) => at.client.send(new CreateBasePathMappingCommand({ domainName, restApiId: id, ...more }));
const get = async (host: string, path: string, at = trial.gateway) =>
  ask(at, path, { headers: { host: `${host}:${at.running.port}` } });
const forbidden = [403, { message: 'Forbidden' }, 'ForbiddenException'];

describe('a custom domain name', () => {
  it('leads to the stages of its base paths, and functions are told the whole path', async () => {
    await domain('api.example.com');
    expect(seen(await get('api.example.com', '/notes/7'))).toEqual(forbidden);
    await map('api.example.com', { basePath: 'shop', stage: 'dev' });
    await map('api.example.com', { basePath: 'any' });
    const event = (await get('API.example.com', '/shop/notes/7')).json;
    expect(event).toMatchObject({
      resource: '/notes/{id}',
      path: '/shop/notes/7',
      pathParameters: { id: '7' },
      headers: { Host: `API.example.com:${trial.gateway.running.port}` },
      requestContext: {
        path: '/shop/notes/7',
        stage: 'dev',
        apiId: restApiId,
        domainName: 'api.example.com',
        domainPrefix: 'api',
      },
    });
    expect((await get('api.example.com', '/shop')).json).toEqual({ at: 'root' });
    // A mapping without a stage: the path names it.
    expect((await get('api.example.com', '/any/dev/notes/7')).json).toMatchObject({
      path: '/any/dev/notes/7',
    });
    for (const path of ['/', '/notes/7', '/shopping/notes/7', '/any', '/any/prod/notes/7'])
      expect(seen(await get('api.example.com', path))).toEqual(forbidden);
    await map('api.example.com', { stage: 'dev' });
    expect((await get('api.example.com', '/notes/7')).json).toMatchObject({ path: '/notes/7' });
    expect((await get('api.example.com', '/')).json).toEqual({ at: 'root' });
    expect((await get('api.example.com', '/shop/notes/7')).json).toMatchObject({ path: '/shop/notes/7' });
    const none = { domainName: 'api.example.com', basePath: '(none)' };
    await trial.gateway.client.send(new DeleteBasePathMappingCommand(none));
    expect(seen(await get('api.example.com', '/notes/7'))).toEqual(forbidden);
  });

  it('may stand for every name below another', async () => {
    await domain('*.tenants.example.com');
    await map('*.tenants.example.com', { stage: 'dev' });
    const { json } = await get('ada.tenants.example.com', '/notes/1');
    expect(json).toMatchObject({
      requestContext: { domainName: 'ada.tenants.example.com', domainPrefix: 'ada' },
    });
    expect((await get('a.b.tenants.example.com', '/notes/1')).text).toContain('answers to localhost only');
  });

  it('is the only way in where the default address is off', async () => {
    const api = await trial.gateway.api();
    await build(trial.gateway, api, { 'GET /': saying('{"at":"named"}') });
    const off = { op: 'replace' as const, path: '/disableExecuteApiEndpoint', value: 'true' };
    const { restApiId: id } = api;
    await trial.gateway.client.send(new UpdateRestApiCommand({ restApiId: id, patchOperations: [off] }));
    await trial.gateway.deploy(id, { stageName: 'dev' });
    await domain('named.example.com');
    await map('named.example.com', { stage: 'dev' }, id);
    expect(seen(await ask(trial.gateway, `/_aws/execute-api/${id}/dev/`))).toEqual(forbidden);
    expect((await get('named.example.com', '/')).json).toEqual({ at: 'named' });
  });

  it('opens nothing but its APIs, and nothing once it is gone', async () => {
    await domain('gone.example.com');
    await map('gone.example.com', { stage: 'dev' });
    for (const path of [
      '/_coldstart/health',
      '/2015-03-31/functions/',
      `/_aws/execute-api/${restApiId}/dev/`,
    ])
      expect((await get('gone.example.com', path)).json).toEqual({ message: 'Missing Authentication Token' });
    await trial.gateway.client.send(new DeleteDomainNameCommand({ domainName: 'gone.example.com' }));
    expect((await get('gone.example.com', '/')).text).toContain('answers to localhost only');
  });

  it('is known again after a restart, before anybody calls the service', async () => {
    const home = mkdtempSync(join(tmpdir(), 'coldstart-domains-'));
    try {
      let at = await TrialGateway.start(home);
      const made = await at.deployed('dev');
      await domain('kept.example.com', at);
      await map('kept.example.com', { stage: 'dev' }, made.restApiId, at);
      await at.stop();
      at = await TrialGateway.start(home);
      // A mock without a response: it is the API that answers.
      expect((await get('kept.example.com', '/', at)).headers['x-amz-apigw-id']).toBeDefined();
      await at.stop();
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});
