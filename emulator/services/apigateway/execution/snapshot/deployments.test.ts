import {
  CreateStageCommand,
  PutIntegrationResponseCommand,
  UpdateStageCommand,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { gatewayForTests } from '../../testing/for-tests.ts';
import { ask, build, saying } from '../../testing/trial-api.ts';
import { replace } from '../../testing/trial-gateway.ts';

const trial = gatewayForTests();

const updateStage = async (restApiId: string, ...patchOperations: PatchOperation[]): Promise<unknown> =>
  trial.gateway.client.send(new UpdateStageCommand({ restApiId, stageName: 'dev', patchOperations }));

describe('a deployment', () => {
  it('is a copy: edits show with the next one, and a stage goes back to an older one', async () => {
    const made = await trial.gateway.api();
    const { restApiId } = made;
    await build(trial.gateway, made, { 'GET /': saying('{"version":"$stageVariables.name 1"}') });
    const first = await trial.gateway.deploy(restApiId, { stageName: 'dev', variables: { name: 'dev' } });
    const get = async (stage = 'dev') =>
      (await ask(trial.gateway, `/_aws/execute-api/${restApiId}/${stage}/`)).json as { version: string };
    await trial.gateway.client.send(
      new PutIntegrationResponseCommand({
        restApiId,
        resourceId: made.rootId,
        httpMethod: 'GET',
        statusCode: '200',
        responseTemplates: { 'application/json': '{"version":"$stageVariables.name 2"}' },
      }),
    );
    expect(await get()).toEqual({ version: 'dev 1' });
    const second = await trial.gateway.deploy(restApiId, { stageName: 'dev' });
    expect(await get()).toEqual({ version: 'dev 2' });
    await updateStage(restApiId, replace('/deploymentId', first));
    expect(await get()).toEqual({ version: 'dev 1' });
    await trial.gateway.client.send(
      new CreateStageCommand({
        restApiId,
        stageName: 'prod',
        deploymentId: second,
        variables: { name: 'prod' },
      }),
    );
    expect(await get('prod')).toEqual({ version: 'prod 2' });
    // Variables are the stage's: they need no deployment.
    await updateStage(restApiId, replace('/variables/name', 'new'));
    expect(await get()).toEqual({ version: 'new 1' });
  });

  it('as a canary gets its part, with variables of its own, and is promoted', async () => {
    const made = await trial.gateway.api();
    const { restApiId } = made;
    const text = (version: string): string =>
      `{"version":"${version}","canary":"$context.isCanaryRequest","v":"$stageVariables.v","w":"$stageVariables.w"}`;
    await build(trial.gateway, made, { 'GET /': saying(text('base')) });
    await trial.gateway.deploy(restApiId, { stageName: 'dev', variables: { v: 'base', w: 'same' } });
    await trial.gateway.client.send(
      new PutIntegrationResponseCommand({
        restApiId,
        resourceId: made.rootId,
        httpMethod: 'GET',
        statusCode: '200',
        responseTemplates: { 'application/json': text('canary') },
      }),
    );
    await trial.gateway.deploy(restApiId, {
      stageName: 'dev',
      canarySettings: { percentTraffic: 0, stageVariableOverrides: { v: 'canary' } },
    });
    const get = async () => (await ask(trial.gateway, `/_aws/execute-api/${restApiId}/dev/`)).json;
    const base = { version: 'base', canary: 'false', v: 'base', w: 'same' };
    const canary = { version: 'canary', canary: 'true', v: 'canary', w: 'same' };
    for (let at = 0; at < 5; at += 1) expect(await get()).toEqual(base);
    await updateStage(restApiId, replace('/canarySettings/percentTraffic', '100'));
    for (let at = 0; at < 5; at += 1) expect(await get()).toEqual(canary);
    await updateStage(
      restApiId,
      { op: 'copy', path: '/deploymentId', from: '/canarySettings/deploymentId' },
      { op: 'remove', path: '/canarySettings' },
    );
    expect(await get()).toEqual({ ...base, version: 'canary' });
  });
});
