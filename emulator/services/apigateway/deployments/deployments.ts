import type { Deployment, MethodSnapshot } from '@aws-sdk/client-api-gateway';
import type { ApiGatewayOperations } from '../client.ts';
import type { ApiDefinition, StageDefinition } from '../definition/definition.ts';
import { badRequest } from '../../../gateway/failures.ts';
import { pageOf } from '../../../gateway/paging.ts';
import { field, text } from '../patch/fields.ts';
import { patched } from '../patch/patch.ts';
import { listingThePaths } from '../patch/refusals.ts';
import { checkStageName, newStage } from '../stages/new-stage.ts';
import { checkVariables } from '../../../gateway/variables.ts';
import type { DeploymentRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';
import { deploy, deploymentNamed } from './deploy.ts';

/** `CreateDeployment`, `GetDeployment(s)`, `UpdateDeployment`, `DeleteDeployment`. */
export function deploymentOperations(store: ApiStore) {
  return {
    CreateDeployment(input, call) {
      const row = store.named(call, input.restApiId);
      const { apiId } = row.api;
      const { stageName, canarySettings } = input;
      if (canarySettings !== undefined && (stageName === undefined || stageName === ''))
        throw badContent(
          `Non null and non empty stageName must be provided for canary deployment. Provided value is ${stageName ?? 'null'}`,
        );
      const stage = stageName === undefined ? undefined : store.stage(call, apiId, stageName);
      if (canarySettings !== undefined && stage === undefined)
        throw badContent(
          `Stage ${stageName ?? ''} must already be created before making a canary release deployment`,
        );
      if (stageName !== undefined && stageName !== '') checkStageName(stageName);
      checkVariables(input.variables);
      checkVariables(canarySettings?.stageVariableOverrides);
      const deployment = deploy(store, call, row, input.description);
      if (stageName === undefined || stageName === '') return shownDeployment(deployment);

      const now = store.cloud.clock.now();
      const settings: Partial<StageDefinition> = {
        ...(input.stageDescription !== undefined && { description: input.stageDescription }),
        ...(input.cacheClusterEnabled !== undefined && { cacheClusterEnabled: input.cacheClusterEnabled }),
        ...(input.cacheClusterSize !== undefined && { cacheClusterSize: input.cacheClusterSize }),
        ...(input.tracingEnabled !== undefined && { tracingEnabled: input.tracingEnabled }),
        ...(input.variables !== undefined && { variables: input.variables }),
      };
      if (stage === undefined) {
        store.setStage(call, apiId, newStage(stageName, deployment.id, now, settings));
      } else if (canarySettings === undefined) {
        store.setStage(call, apiId, { ...stage, ...settings, deploymentId: deployment.id, updatedAt: now });
      } else {
        const { percentTraffic = 0, stageVariableOverrides, useStageCache = false } = canarySettings;
        const canary = {
          deploymentId: deployment.id,
          percentTraffic,
          ...(stageVariableOverrides !== undefined && { stageVariableOverrides }),
          useStageCache,
        };
        store.setStage(call, apiId, { ...stage, ...settings, canarySettings: canary, updatedAt: now });
      }
      return shownDeployment(deployment);
    },
    GetDeployment({ restApiId = '', deploymentId, embed = [] }, call) {
      const deployment = deploymentNamed(store, call, restApiId, deploymentId);
      const snapshot = store.snapshots.get(call, restApiId, deployment.id);
      // Tools write `apisummary`, the documentation too.
      if (snapshot === undefined || !embed.some((name) => name.toLowerCase() === 'apisummary'))
        return shownDeployment(deployment);
      return { ...shownDeployment(deployment), apiSummary: summary(snapshot.definition) };
    },
    GetDeployments({ restApiId, ...page }, call) {
      const { api } = store.named(call, restApiId);
      const all = store.deployments.all(call, api.apiId);
      const { items, position } = pageOf(all, ({ id }) => id, page);
      return { items: items.map(shownDeployment), position };
    },
    UpdateDeployment({ restApiId = '', deploymentId, patchOperations }, call) {
      const before = deploymentNamed(store, call, restApiId, deploymentId);
      const after = patched(before, patchOperations, {
        refuse: listingThePaths,
        rules: [field<DeploymentRow, 'description'>('/description', 'description', text)],
      });
      store.deployments.set(call, restApiId, after.id, after);
      return shownDeployment(after);
    },
    DeleteDeployment({ restApiId = '', deploymentId }, call) {
      const { id } = deploymentNamed(store, call, restApiId, deploymentId);
      const used = store
        .stages(call, restApiId)
        .some((stage) => stage.deploymentId === id || stage.canarySettings?.deploymentId === id);
      if (used) throw badRequest('Active stages pointing to this deployment must be moved or deleted');
      store.deployments.delete(call, restApiId, id);
      store.snapshots.delete(call, restApiId, id);
      return {};
    },
  } satisfies ApiGatewayOperations;
}

/* Recorded: without a space between the two sentences. */
const badContent = (why: string): Error => badRequest(`Invalid deployment content specified.${why}`);

function shownDeployment({ createdAt, ...own }: DeploymentRow): Deployment {
  return { ...own, createdDate: new Date(createdAt) };
}

/** Path → method → how it is secured. */
function summary(definition: ApiDefinition): Record<string, Record<string, MethodSnapshot>> {
  const withMethods = Object.values(definition.resources).filter(
    ({ methods }) => Object.keys(methods).length > 0,
  );
  return Object.fromEntries(
    withMethods.map(({ path, methods }) => [
      path,
      Object.fromEntries(
        Object.entries(methods).map(([name, { authorizationType, apiKeyRequired }]) => [
          name,
          { authorizationType, apiKeyRequired },
        ]),
      ),
    ]),
  );
}
