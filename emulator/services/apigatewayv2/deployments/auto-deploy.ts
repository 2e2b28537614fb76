import { said } from '../../../gateway/openapi/document.ts';
import type { Scope } from '../../../service/call.ts';
import type { StageDefinition } from '../definition/definition.ts';
import type { ApiStore } from '../store/store.ts';
import { deploy, NO_ROUTES } from './deploy.ts';

/**
 * Deploys an API to its stages that deploy every change by themselves. A deployment that was made so and that no
 * stage uses any more goes: nobody asked for it.
 */
export function autoDeploy(store: ApiStore, scope: Scope, apiId: string): void {
  const stages = store.stages(scope, apiId).filter(({ AutoDeploy }) => AutoDeploy);
  if (stages.length === 0) return;
  const row = store.named(scope, apiId);
  if (store.routes.all(scope, apiId).length === 0) {
    for (const stage of stages) setDeployed(store, scope, apiId, stage, undefined);
    return;
  }
  const { id } = deploy(store, scope, row, {
    autoDeployed: true,
    description: 'Automatic deployment triggered by changes to the Api configuration',
  });
  for (const stage of stages) setDeployed(store, scope, apiId, stage, id);
  forgetUnused(store, scope, apiId);
}

function setDeployed(
  store: ApiStore,
  scope: Scope,
  apiId: string,
  stage: StageDefinition,
  id: string | undefined,
): void {
  store.setStage(scope, apiId, {
    ...stage,
    ...said({ DeploymentId: id }),
    LastDeploymentStatusMessage:
      id === undefined
        ? `Deployment attempt failed: ${NO_ROUTES}`
        : `Successfully deployed stage with deployment ID '${id}'`,
    updatedAt: store.cloud.clock.now(),
  });
}

function forgetUnused(store: ApiStore, scope: Scope, apiId: string): void {
  const used = new Set(store.stages(scope, apiId).map(({ DeploymentId }) => DeploymentId));
  for (const { id, autoDeployed } of store.deployments.all(scope, apiId)) {
    if (!autoDeployed || used.has(id)) continue;
    store.deployments.delete(scope, apiId, id);
    store.snapshots.delete(scope, apiId, id);
  }
}
