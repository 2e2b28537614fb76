import {
  PutIntegrationResponseCommand,
  UpdateStageCommand,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { CreateAliasCommand, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect } from 'vitest';
import { build, permit, proxying, saying, uriOf } from '../services/apigateway/testing/trial-api.ts';
import { prove } from './prove.ts';
import { TrialCloud, type TrialStage } from './trial-cloud.ts';
import { replace } from '../services/apigateway/testing/trial-gateway.ts';

let cloud: TrialCloud;
beforeAll(async () => {
  cloud = await TrialCloud.start();
});
afterAll(async () => cloud.stop());

const updateStage = async ({ restApiId }: TrialStage, ...patchOperations: PatchOperation[]) =>
  cloud.gateway.client.send(new UpdateStageCommand({ restApiId, stageName: 'dev', patchOperations }));

/** Changes what `GET /` says, without deploying it. */
const say = async ({ restApiId, rootId }: TrialStage, text: string) =>
  cloud.gateway.client.send(
    new PutIntegrationResponseCommand({
      restApiId,
      resourceId: rootId,
      httpMethod: 'GET',
      statusCode: '200',
      responseTemplates: { 'application/json': text },
    }),
  );
const get = async (stage: TrialStage) => (await stage.ask('/')).json;

prove('deployment-snapshot', async () => {
  const stage = await cloud.serve({ 'GET /': saying('{"version":1}') });
  await say(stage, '{"version":2}');
  expect(await get(stage)).toEqual({ version: 1 });
  await cloud.gateway.deploy(stage.restApiId, { stageName: 'dev' });
  expect(await get(stage)).toEqual({ version: 2 });
});

prove('rollback', async () => {
  const api = await cloud.gateway.api();
  await build(cloud.gateway, api, { 'GET /': saying('{"version":1}') });
  const first = await cloud.gateway.deploy(api.restApiId, { stageName: 'dev' });
  const stage = cloud.stage(api);
  await say(stage, '{"version":2}');
  await cloud.gateway.deploy(api.restApiId, { stageName: 'dev' });
  expect(await get(stage)).toEqual({ version: 2 });
  await updateStage(stage, replace('/deploymentId', first));
  expect(await get(stage)).toEqual({ version: 1 });
});

prove('stage-variables-in-event', async () => {
  const arn = await cloud.make(
    'variables',
    'return { statusCode: 200, body: JSON.stringify(event.stageVariables) };',
  );
  const stage = await cloud.serve({ 'GET /': proxying(arn) }, ['variables']);
  expect(await get(stage)).toBeNull();
  await updateStage(stage, replace('/variables/table', 'notes-dev'));
  expect(await get(stage)).toEqual({ table: 'notes-dev' });
});

prove('stage-variables-in-uri', async () => {
  const arn = await cloud.make('aliased', 'return { statusCode: 200, body: context.invokedFunctionArn };');
  const { lambda } = cloud.student;
  await lambda.send(new PublishVersionCommand({ FunctionName: 'aliased' }));
  const api = await cloud.gateway.api();
  const uri = uriOf(`${arn}:\${stageVariables.alias}`);
  await build(cloud.gateway, api, { 'GET /': { integration: { ...proxying(arn).integration, uri } } });
  for (const alias of ['dev', 'prod']) {
    await lambda.send(new CreateAliasCommand({ FunctionName: 'aliased', Name: alias, FunctionVersion: '1' }));
    await permit(lambda, `aliased:${alias}`, api.restApiId);
    await cloud.gateway.deploy(api.restApiId, { stageName: alias, variables: { alias } });
    expect((await cloud.stage(api, alias).ask('/')).text).toBe(`${arn}:${alias}`);
  }
});

prove('canary', async () => {
  const stage = await cloud.serve({ 'GET /': saying('{"version":1,"v":"$stageVariables.v"}') });
  await updateStage(stage, replace('/variables/v', 'base'));
  await say(stage, '{"version":2,"v":"$stageVariables.v"}');
  await cloud.gateway.deploy(stage.restApiId, {
    stageName: 'dev',
    canarySettings: { percentTraffic: 0, stageVariableOverrides: { v: 'canary' } },
  });
  const versions = async (count: number) => {
    const all = [];
    for (let at = 0; at < count; at += 1) all.push(await get(stage));
    return all;
  };
  const base = { version: 1, v: 'base' };
  const canary = { version: 2, v: 'canary' };
  expect(await versions(3)).toEqual([base, base, base]);
  await updateStage(stage, replace('/canarySettings/percentTraffic', '100'));
  expect(await versions(3)).toEqual([canary, canary, canary]);
  await updateStage(stage, replace('/canarySettings/percentTraffic', '50'));
  // One side alone, sixty times in a row: once in half a quintillion runs.
  const both = await versions(60);
  expect(both).toContainEqual(base);
  expect(both).toContainEqual(canary);
});

prove('cache', async () => {
  const arn = await cloud.make('counting', 'return { statusCode: 200, body: String(calls) };');
  const counting = (cacheNamespace: string) => ({
    method: { requestParameters: { 'method.request.querystring.q': false } },
    integration: {
      ...proxying(arn).integration,
      cacheKeyParameters: ['method.request.querystring.q'],
      cacheNamespace,
    },
  });
  const stage = await cloud.serve({ 'GET /': counting('get'), 'POST /': counting('post') }, ['counting']);
  await updateStage(
    stage,
    replace('/cacheClusterEnabled', 'true'),
    replace('/cacheClusterSize', '0.5'),
    replace('/*/*/caching/enabled', 'true'),
    replace('/*/*/caching/ttlInSeconds', '60'),
  );
  const count = async (path = '/', method = 'GET') => Number((await stage.ask(path, { method })).text);
  const first = await count();
  expect([await count(), await count('/?other=1')]).toEqual([first, first]);
  expect([await count('/?q=1'), await count('/?q=1')]).toEqual([first + 1, first + 1]);
  expect([await count('/', 'POST'), await count('/', 'POST')]).toEqual([first + 2, first + 3]);
  await cloud.pass(61_000);
  expect(await count()).toBe(first + 4);
});
