import { badRequest } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import type { Scope } from '../../../service/call.ts';
import type { ApiRow, DeploymentRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';

/** As AWS says it. */
export const NO_ROUTES = 'At least one route is required before deploying the Api.';

/**
 * Keeps a copy of an API as it is now. The copy is a row that is written once and never again.
 * @throws BadRequestException for an API without routes
 */
export function deploy(
  store: ApiStore,
  scope: Scope,
  row: ApiRow,
  { autoDeployed, description }: Pick<DeploymentRow, 'autoDeployed' | 'description'>,
): DeploymentRow {
  const { apiId } = row.api;
  if (store.routes.all(scope, apiId).length === 0) throw badRequest(NO_ROUTES);
  const id = drawId(6, (drawn) => store.deployments.has(scope, apiId, drawn));
  const deployment: DeploymentRow = {
    id,
    autoDeployed,
    ...(description !== undefined && description !== '' && { description }),
    createdAt: store.cloud.clock.now(),
  };
  store.snapshots.set(scope, apiId, id, { deploymentId: id, definition: store.definition(scope, row) });
  store.deployments.set(scope, apiId, id, deployment);
  return deployment;
}
