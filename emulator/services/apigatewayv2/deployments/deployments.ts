import type { Deployment } from '@aws-sdk/client-apigatewayv2';
import { badRequest, notFound } from '../../../gateway/failures.ts';
import type { Scope } from '../../../service/call.ts';
import { changed } from '../changes.ts';
import type { ApiGatewayV2Operations } from '../client.ts';
import { itemsOf } from '../paging.ts';
import type { DeploymentRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';
import { deploy } from './deploy.ts';

/** `CreateDeployment`, `GetDeployment(s)`, `UpdateDeployment`, `DeleteDeployment`. */
export function deploymentOperations(store: ApiStore) {
  /** @throws NotFoundException */
  const named = (scope: Scope, apiId: string | undefined, id = ''): DeploymentRow => {
    const { api } = store.named(scope, apiId);
    const deployment = store.deployments.get(scope, api.apiId, id);
    if (deployment === undefined) throw notFound(`Invalid Deployment identifier specified ${id}`);
    return deployment;
  };
  return {
    CreateDeployment({ ApiId, Description, StageName }, call) {
      const row = store.named(call, ApiId);
      const { apiId } = row.api;
      const stage = StageName === undefined ? undefined : store.stageNamed(call, apiId, StageName);
      const deployment = deploy(store, call, row, { autoDeployed: false, description: Description });
      if (stage !== undefined)
        store.setStage(call, apiId, {
          ...stage,
          DeploymentId: deployment.id,
          updatedAt: store.cloud.clock.now(),
        });
      return shown(deployment);
    },
    GetDeployment({ ApiId, DeploymentId }, call) {
      return shown(named(call, ApiId, DeploymentId));
    },
    GetDeployments({ ApiId, ...page }, call) {
      const { api } = store.named(call, ApiId);
      return itemsOf(store.deployments.all(call, api.apiId), ({ id }) => id, shown, page);
    },
    UpdateDeployment({ ApiId = '', DeploymentId, Description }, call) {
      const deployment = changed(named(call, ApiId, DeploymentId), { description: Description });
      store.deployments.set(call, ApiId, deployment.id, deployment);
      return shown(deployment);
    },
    DeleteDeployment({ ApiId = '', DeploymentId }, call) {
      const { id } = named(call, ApiId, DeploymentId);
      if (store.stages(call, ApiId).some((stage) => stage.DeploymentId === id))
        throw badRequest('Active stages pointing to this deployment must be moved or deleted');
      store.deployments.delete(call, ApiId, id);
      store.snapshots.delete(call, ApiId, id);
      return {};
    },
  } satisfies ApiGatewayV2Operations;
}

function shown({ id, autoDeployed, description, createdAt }: DeploymentRow): Deployment {
  return {
    AutoDeployed: autoDeployed,
    CreatedDate: new Date(createdAt),
    DeploymentId: id,
    DeploymentStatus: 'DEPLOYED',
    Description: description,
  };
}
