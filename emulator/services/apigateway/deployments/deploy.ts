import type { Scope } from '../../../service/call.ts';
import { badRequest, noSuch } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import type { ApiRow, DeploymentRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';

/**
 * Keeps a copy of an API as it is now. The copy is a row that is written once and never again.
 * @throws BadRequestException for an API without methods, or with one that has no integration
 */
export function deploy(store: ApiStore, scope: Scope, row: ApiRow, description?: string): DeploymentRow {
  const { apiId } = row.api;
  const definition = store.definition(scope, row);
  const methods = Object.values(definition.resources).flatMap(({ methods }) => Object.values(methods));
  if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (methods.some(({ integration }) => integration === undefined))
    throw badRequest('No integration defined for method');
  const id = drawId(6, (drawn) => store.deployments.has(scope, apiId, drawn));
  const deployment: DeploymentRow = {
    id,
    ...(description !== undefined && description !== '' && { description }),
    createdAt: store.cloud.clock.now(),
  };
  store.snapshots.set(scope, apiId, id, { deploymentId: id, definition });
  store.deployments.set(scope, apiId, id, deployment);
  return deployment;
}

/** @throws NotFoundException */
export function deploymentNamed(
  store: ApiStore,
  scope: Scope,
  apiId: string | undefined = '',
  id: string | undefined = '',
): DeploymentRow {
  store.named(scope, apiId);
  const deployment = store.deployments.get(scope, apiId, id);
  if (deployment === undefined) throw noSuch('Deployment');
  return deployment;
}
