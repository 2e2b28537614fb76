import {
  CreateDeploymentCommand,
  CreateStageCommand,
  DeleteDeploymentCommand,
  DeleteStageCommand,
  GetDeploymentCommand,
  GetDeploymentsCommand,
  GetStagesCommand,
  PutMethodCommand,
  UpdateDeploymentCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, TrialGateway } from '../testing/trial-gateway.ts';

describe('deployments', () => {
  let gateway: TrialGateway;
  beforeAll(async () => {
    gateway = await TrialGateway.start();
  });
  afterAll(() => gateway.stop());

  it('need methods, each with an integration', async () => {
    const { restApiId, rootId } = await gateway.api();
    expect(await refusal(gateway.deploy(restApiId))).toBe(
      "BadRequestException: The REST API doesn't contain any methods",
    );
    await gateway.client.send(
      new PutMethodCommand({ restApiId, resourceId: rootId, httpMethod: 'GET', authorizationType: 'NONE' }),
    );
    expect(await refusal(gateway.deploy(restApiId))).toBe(
      'BadRequestException: No integration defined for method',
    );
  });

  it('keep the API as it was', async () => {
    const { restApiId, rootId } = await gateway.api();
    await gateway.mock(restApiId, rootId);
    const first = await gateway.deploy(restApiId, { stageName: 'dev' });
    const catalogue = await gateway.catalogue;
    const before = catalogue.stageOf(restApiId, 'dev');
    await gateway.mock(restApiId, rootId, 'POST');
    // Nothing of the edit is served, and a second look-up finds the very same objects.
    expect(catalogue.stageOf(restApiId, 'dev')).toBe(before);
    const methods = () =>
      Object.keys(catalogue.stageOf(restApiId, 'dev')?.snapshot.definition.resources[rootId]?.methods ?? {});
    expect(methods()).toEqual(['GET']);
    const second = await gateway.deploy(restApiId, { stageName: 'dev' });
    expect(methods()).toEqual(['GET', 'POST']);
    // Rolled back by pointing the stage to the older deployment.
    await gateway.client.send(
      new UpdateStageCommand({
        restApiId,
        stageName: 'dev',
        patchOperations: [{ op: 'replace', path: '/deploymentId', value: first }],
      }),
    );
    expect(methods()).toEqual(['GET']);
    expect(catalogue.stageOf(restApiId, 'dev')?.snapshot).toBe(before?.snapshot);
    expect(second).not.toBe(first);
  });

  it('tell how their methods are secured', async () => {
    const { restApiId, deploymentId } = await gateway.deployed();
    const plain = await gateway.client.send(new GetDeploymentCommand({ restApiId, deploymentId }));
    expect(plain.apiSummary).toBeUndefined();
    const whole = await gateway.client.send(
      new GetDeploymentCommand({ restApiId, deploymentId, embed: ['apisummary'] }),
    );
    expect(whole.apiSummary).toEqual({ '/': { GET: { authorizationType: 'NONE', apiKeyRequired: false } } });
  });

  it('are described, paged, changed and deleted', async () => {
    const { restApiId, deploymentId } = await gateway.deployed();
    const other = await gateway.deploy(restApiId, { description: 'second' });
    const page = await gateway.client.send(new GetDeploymentsCommand({ restApiId, limit: 1 }));
    expect(page.items?.map(({ id }) => id)).toEqual([deploymentId]);
    const rest = await gateway.client.send(new GetDeploymentsCommand({ restApiId, position: page.position }));
    expect(rest.items).toMatchObject([{ id: other, description: 'second' }]);
    expect(rest.position).toBeUndefined();
    const changed = await gateway.client.send(
      new UpdateDeploymentCommand({
        restApiId,
        deploymentId: other,
        patchOperations: [{ op: 'replace', path: '/description', value: 'new-description' }],
      }),
    );
    expect(changed.description).toBe('new-description');
    expect(await refusal(gateway.client.send(new DeleteDeploymentCommand({ restApiId, deploymentId })))).toBe(
      'BadRequestException: Active stages pointing to this deployment must be moved or deleted',
    );
    await gateway.client.send(new DeleteStageCommand({ restApiId, stageName: 'dev' }));
    await gateway.client.send(new DeleteDeploymentCommand({ restApiId, deploymentId }));
    expect(await refusal(gateway.client.send(new GetDeploymentCommand({ restApiId, deploymentId })))).toBe(
      'NotFoundException: Invalid Deployment identifier specified',
    );
  });

  it('make and move stages', async () => {
    const { restApiId, deploymentId } = await gateway.deployed('one');
    await gateway.client.send(new CreateStageCommand({ restApiId, stageName: 'two', deploymentId }));
    const second = await gateway.deploy(restApiId, { stageName: 'one', variables: { color: 'blue' } });
    const all = await gateway.client.send(new GetStagesCommand({ restApiId }));
    expect(all.item).toMatchObject([
      { stageName: 'one', deploymentId: second, variables: { color: 'blue' } },
      { stageName: 'two', deploymentId },
    ]);
    const some = await gateway.client.send(new GetStagesCommand({ restApiId, deploymentId }));
    expect(some.item?.map(({ stageName }) => stageName)).toEqual(['two']);
    expect(
      await refusal(gateway.client.send(new CreateDeploymentCommand({ restApiId, stageName: 'not a name' }))),
    ).toBe('BadRequestException: Stage name only allows a-zA-Z0-9_-');
  });
});
