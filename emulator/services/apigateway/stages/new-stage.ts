import type { Stage } from '@aws-sdk/client-api-gateway';
import type { StageDefinition } from '../definition/definition.ts';
import { badRequest } from '../../../gateway/failures.ts';

/** @throws BadRequestException */
export function checkStageName(name: string): void {
  if (!/^[\w-]{1,128}$/.test(name)) throw badRequest('Stage name only allows a-zA-Z0-9_-');
}

/** A stage with AWS's defaults. */
export function newStage(
  stageName: string,
  deploymentId: string,
  now: number,
  settings: Partial<StageDefinition>,
): StageDefinition {
  return {
    cacheClusterEnabled: false,
    tracingEnabled: false,
    methodSettings: {},
    ...settings,
    stageName,
    deploymentId,
    createdAt: now,
    updatedAt: now,
  };
}

/** A stage as AWS shows it. */
export function shownStage({ createdAt, updatedAt, ...own }: StageDefinition): Stage {
  const { tags, variables, cacheClusterSize, cacheClusterEnabled, ...stage } = own;
  return {
    ...stage,
    cacheClusterEnabled,
    ...(cacheClusterSize !== undefined && { cacheClusterSize }),
    cacheClusterStatus: cacheClusterEnabled === true ? 'AVAILABLE' : 'NOT_AVAILABLE',
    ...(variables !== undefined && Object.keys(variables).length > 0 && { variables }),
    ...(tags !== undefined && Object.keys(tags).length > 0 && { tags }),
    createdDate: new Date(createdAt),
    lastUpdatedDate: new Date(updatedAt),
  };
}
