import {
  CreateDeploymentCommand,
  CreateStageCommand,
  DeleteDeploymentCommand,
  GetStageCommand,
  GetStagesCommand,
  UpdateStageCommand,
  type CreateStageCommandInput,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf, normalised, recorded, recordedAtHand, type Names } from '../testing/recorded.ts';
import { replace, TrialGateway } from '../testing/trial-gateway.ts';

describe.runIf(recordedAtHand)('stages as recorded on AWS', () => {
  let gateway: TrialGateway;
  beforeAll(async () => {
    gateway = await TrialGateway.start();
  });
  afterAll(() => gateway.stop());

  /** An API with two deployments and no stage. */
  const start = async () => {
    const { restApiId, rootId } = await gateway.api();
    await gateway.mock(restApiId, rootId);
    const first = await gateway.deploy(restApiId);
    const second = await gateway.deploy(restApiId);
    const create = (stageName: string, more: Partial<CreateStageCommandInput> = {}) =>
      gateway.client.send(new CreateStageCommand({ restApiId, stageName, deploymentId: first, ...more }));
    const update = (stageName: string, ...patchOperations: PatchOperation[]) =>
      gateway.client.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
    const get = (stageName: string) => gateway.client.send(new GetStageCommand({ restApiId, stageName }));
    return { restApiId, first, second, create, update, get };
  };

  it('are made and updated', async () => {
    const expected = recorded('common', 'TestStages::test_create_update_stages');
    const { first, create, update, get } = await start();
    const names: Names = { '<deployment-id:1>': first };
    const created = await create('s1', { description: 'my stage', documentationVersion: 'v123' });
    expect(normalised(created, names)).toEqual(expected['create-stage']);
    expect(await failureOf(update('s1', replace('/documentation_version', 'x')))).toEqual(
      expected['error-update-doc-version'],
    );
    expect(await failureOf(update('s1', replace('/tags/tag1', 'value1')))).toEqual(
      expected['error-update-tags'],
    );
    const updated = await update(
      's1',
      replace('/description', 'stage new'),
      replace('/variables/var1', 'test'),
      replace('/variables/var2', 'test2'),
      replace('/*/*/throttling/burstLimit', '123'),
      replace('/*/*/caching/enabled', 'true'),
      replace('/tracingEnabled', 'true'),
      replace('/test/GET/throttling/burstLimit', '124'),
    );
    expect(normalised(updated, names)).toEqual(expected['update-stage']);
    expect(normalised(await get('s1'), names)).toEqual(expected['get-stage']);
    const overridden = await update('s1', replace('/*/*/throttling/burstLimit', '100'));
    expect(normalised(overridden, names)).toEqual(expected['update-stage-override']);
  });

  it('lose the settings of all methods', async () => {
    const expected = recorded('common', 'TestStages::test_update_stage_remove_wildcard');
    const { first, create, update, get } = await start();
    const names: Names = { '<deployment-id:1>': first };
    const created = await create('s1', { description: 'my stage', documentationVersion: 'v123' });
    expect(normalised(created, names)).toEqual(expected['create-stage']);
    const remove = { op: 'remove', path: '/*/*' } as const;
    expect(await failureOf(update('s1', remove))).toEqual(expected['delete-error']);
    expect(normalised(await update('s1', replace('/*/*/caching/enabled', 'true')), names)).toEqual(
      expected['update-stage'],
    );
    expect(normalised(await update('s1', remove), names)).toEqual(expected['update-stage-reset']);
    expect(normalised(await get('s1'), names)).toEqual(expected['get-stage-after-reset']);
  });

  it('have canaries from their making', async () => {
    const expected = recorded('canary', 'TestStageCrudCanary::test_create_update_stages');
    const { first, second, create, update, get } = await start();
    const names: Names = { '<deployment-id:2>': first, '<deployment-id:1>': second };
    const created = await create('dev', {
      description: 'dev stage',
      variables: { testVar: 'default' },
      canarySettings: {
        deploymentId: second,
        percentTraffic: 50,
        stageVariableOverrides: { testVar: 'canary' },
      },
    });
    expect(normalised(created, names)).toEqual(expected['create-stage']);
    const overridden = await update(
      'dev',
      replace('/canarySettings/stageVariableOverrides/testVar', 'updated'),
    );
    expect(normalised(overridden, names)).toEqual(expected['update-stage-canary-settings-overrides']);
    const removed = await update('dev', { op: 'remove', path: '/canarySettings' });
    expect(normalised(removed, names)).toEqual(expected['update-stage-remove-canary-settings']);
    expect(normalised(await get('dev'), names)).toEqual(expected['get-stage-after-remove']);
  });

  it('get canaries by a deployment', async () => {
    const expected = recorded('canary', 'TestStageCrudCanary::test_create_canary_deployment_with_stage');
    const { restApiId, first, create, get } = await start();
    const variables = { testVar: 'default' };
    const created = await create('dev', { description: 'dev stage', variables });
    expect(normalised(created, { '<deployment-id:1>': first })).toEqual(expected['create-stage']);
    const third = await gateway.deploy(restApiId, {
      stageName: 'dev',
      canarySettings: { percentTraffic: 50, stageVariableOverrides: { testVar: 'canary' } },
    });
    const names = { '<deployment-id:1>': first, '<deployment-id:2>': third };
    expect(normalised(await get('dev'), names)).toEqual(expected['get-stage']);
    const served = (await gateway.catalogue).stageOf(restApiId, 'dev');
    expect([served?.snapshot.deploymentId, served?.canary?.deploymentId]).toEqual([first, third]);
  });

  it('get canaries by updates', async () => {
    const expected = recorded('canary', 'TestStageCrudCanary::test_create_canary_deployment_by_stage_update');
    const { first, second, create, update, get } = await start();
    const names: Names = { '<deployment-id:1>': first, '<deployment-id:2>': second };
    await create('dev', { description: 'dev stage', variables: { testVar: 'default' } });
    expect(normalised(await update('dev', replace('/canarySettings/deploymentId', second)), names)).toEqual(
      expected['update-stage-with-deployment'],
    );
    const removed = await update('dev', { op: 'remove', path: '/canarySettings' });
    expect(normalised(removed, names)).toEqual(expected['remove-stage-canary']);
    expect(normalised(await update('dev', replace('/canarySettings/percentTraffic', '50')), names)).toEqual(
      expected['update-stage-with-percent'],
    );
    expect(normalised(await get('dev'), names)).toEqual(expected['get-stage']);
  });

  it('refuse deployments of canaries that no stage is there for', async () => {
    const expected = recorded('canary', 'TestStageCrudCanary::test_create_canary_deployment_validation');
    const { restApiId } = await start();
    const deploy = (stageName?: string) =>
      failureOf(
        gateway.client.send(
          new CreateDeploymentCommand({ restApiId, stageName, canarySettings: { percentTraffic: 50 } }),
        ),
      );
    expect(await deploy()).toEqual(expected['create-canary-deployment-no-stage']);
    expect(await deploy('')).toEqual(expected['create-canary-deployment-empty-stage']);
    expect(await deploy('non-existing')).toEqual(expected['create-canary-deployment-non-existing-stage']);
  });

  it('refuse wrong settings of canaries', async () => {
    const expected = recorded(
      'canary',
      'TestStageCrudCanary::test_update_stage_canary_deployment_validation',
    );
    const { first, create, update, get } = await start();
    await create('dev');
    expect(normalised(await get('dev'), { '<deployment-id:1>': first })).toEqual(expected['get-stage']);
    const refused = async (...patch: PatchOperation[]): Promise<unknown> =>
      failureOf(update('dev', ...patch));
    const overrides = '/canarySettings/stageVariableOverrides';
    expect({
      'update-stage-canary-settings-remove-overrides': await refused({ op: 'remove', path: overrides }),
      'update-stage-canary-settings-bad-path': await refused({
        op: 'remove',
        path: '/canarySettings/badPath',
      }),
      'update-stage-canary-settings-bad-path-2': await refused(replace('/canarySettings', 'x')),
      'update-stage-canary-settings-replace-bad-path': await refused(replace('/canarySettings/badPath', 'x')),
      'update-stage-add-deployment': await refused({
        op: 'add',
        path: '/canarySettings/deploymentId',
        value: 'deploy',
      }),
      'update-stage-no-deployment': await refused(replace('/canarySettings/deploymentId', 'deploy')),
    }).toEqual(
      Object.fromEntries(Object.entries(expected).filter(([step]) => step.startsWith('update-stage'))),
    );
  });

  it('are promoted by copies', async () => {
    const expected = recorded('canary', 'TestStageCrudCanary::test_update_stage_with_copy_ops');
    const { restApiId, first, create, update, get } = await start();
    await create('dev', { variables: { testVar: 'test', testVar2: 'test2' } });
    const copy = (from: string, path: string): PatchOperation => ({ op: 'copy', from, path });
    const overrides = '/canarySettings/stageVariableOverrides';
    expect(await failureOf(update('dev', copy('/variables', overrides)))).toEqual(
      expected['copy-with-bad-statement'],
    );
    const promotion = [copy(overrides, '/variables'), copy('/canarySettings/deploymentId', '/deploymentId')];
    expect(await failureOf(update('dev', ...promotion))).toEqual(expected['copy-with-no-replace']);
    const promoted = await update('dev', replace('/canarySettings/deploymentId', first), ...promotion);
    expect(normalised(promoted, { '<deployment-id:1>': first })).toEqual(expected['update-stage-with-copy']);
    const second = await gateway.deploy(restApiId, {
      stageName: 'dev',
      canarySettings: { percentTraffic: 50, stageVariableOverrides: { testVar: 'override' } },
    });
    const names = { '<deployment-id:1>': first, '<deployment-id:2>': second };
    expect(normalised(await get('dev'), names)).toEqual(expected['get-stage']);
    const again = await update('dev', replace('/canarySettings/percentTraffic', '0'), ...promotion);
    expect(normalised(again, names)).toEqual(expected['update-stage-with-copy-2']);
  });

  it('keep their deployments', async () => {
    const expected = recorded('common', 'TestDeployments::test_create_update_deployments');
    const { restApiId, first, second, create, update } = await start();
    const names = { '<deployment-id:1>': first, '<deployment-id:2>': second };
    await create('s1');
    const stages = async () =>
      normalised(await gateway.client.send(new GetStagesCommand({ restApiId })), names);
    const drop = (deploymentId: string) =>
      gateway.client.send(new DeleteDeploymentCommand({ restApiId, deploymentId }));
    expect(await stages()).toEqual(expected['get-stages']);
    expect(await failureOf(drop(first))).toEqual(expected['delete-deployment-error']);
    await update('s1', replace('/deploymentId', second));
    expect(await stages()).toEqual(expected['get-stages-after-update']);
    await drop(first);
    expect(await failureOf(drop(second))).toEqual(expected['delete-deployment-2-error']);
  });
});
