import type { Scope } from '../../../service/call.ts';
import type { ApiGatewayOperations } from '../client.ts';
import type { StageDefinition } from '../definition/definition.ts';
import { badRequest, conflict } from '../../../gateway/failures.ts';
import { patched } from '../patch/patch.ts';
import type { ApiStore } from '../store/store.ts';
import { checkTags } from '../../../gateway/tags.ts';
import { checkStageName, newStage, shownStage } from './new-stage.ts';
import { stagePatches } from './patches.ts';
import { checkVariables } from '../../../gateway/variables.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const MOST_STAGES = 10;

/** What stages depend on elsewhere in the service. */
export interface StageNeighbours {
  /** The role that logs are written with, where there is one. */
  readonly logsRole: (scope: Scope) => string | undefined;
  /** Called before a stage goes. @throws BadRequestException where it may not */
  readonly leaving: (scope: Scope, apiId: string, stageName: string) => void;
}

/** `CreateStage`, `GetStage(s)`, `UpdateStage`, `DeleteStage`. */
export function stageOperations(store: ApiStore, { logsRole, leaving }: StageNeighbours) {
  const deploymentIn =
    (scope: Scope, apiId: string) =>
    (id: string | undefined = ''): string => {
      if (!store.deployments.has(scope, apiId, id)) throw badRequest('Deployment id does not exist');
      return id;
    };

  const checkLogging = (scope: Scope, stage: StageDefinition): void => {
    const logs = Object.values(stage.methodSettings ?? {}).some(
      ({ loggingLevel = 'OFF' }) => loggingLevel !== 'OFF',
    );
    const access = stage.accessLogSettings?.destinationArn?.includes(':logs:') === true;
    if ((logs || access) && logsRole(scope) === undefined)
      throw badRequest('CloudWatch Logs role ARN must be set in account settings to enable logging');
  };

  return {
    CreateStage(input, call) {
      const { api } = store.named(call, input.restApiId);
      const { stageName = '', canarySettings } = input;
      const deployment = deploymentIn(call, api.apiId);
      checkStageName(stageName);
      if (store.stage(call, api.apiId, stageName) !== undefined) throw conflict('Stage already exists');
      const deploymentId = deployment(input.deploymentId);
      checkVariables(input.variables);
      checkVariables(canarySettings?.stageVariableOverrides);
      if (store.stages(call, api.apiId).length >= MOST_STAGES)
        throw badRequest(
          'Maximum number of stages for this API has been reached. Please contact AWS if you need additional stages.',
        );
      const canary = canarySettings && {
        deploymentId: deployment(canarySettings.deploymentId ?? deploymentId),
        percentTraffic: canarySettings.percentTraffic ?? 0,
        ...(canarySettings.stageVariableOverrides !== undefined && {
          stageVariableOverrides: canarySettings.stageVariableOverrides,
        }),
        useStageCache: canarySettings.useStageCache ?? false,
      };
      const stage = newStage(stageName, deploymentId, store.cloud.clock.now(), {
        ...(input.description !== undefined && { description: input.description }),
        cacheClusterEnabled: input.cacheClusterEnabled ?? false,
        ...(input.cacheClusterSize !== undefined && { cacheClusterSize: input.cacheClusterSize }),
        ...(input.variables !== undefined && { variables: input.variables }),
        ...(input.documentationVersion !== undefined && { documentationVersion: input.documentationVersion }),
        ...(canary !== undefined && { canarySettings: canary }),
        tracingEnabled: input.tracingEnabled ?? false,
        ...(input.tags !== undefined && { tags: checkTags(call, input.tags) }),
      });
      store.setStage(call, api.apiId, stage);
      return shownStage(stage);
    },
    GetStage({ restApiId, stageName }, call) {
      const { api } = store.named(call, restApiId);
      return shownStage(store.stageNamed(call, api.apiId, stageName));
    },
    GetStages({ restApiId, deploymentId }, call) {
      const { api } = store.named(call, restApiId);
      const all = store.stages(call, api.apiId);
      const wanted = all.filter((stage) => deploymentId === undefined || stage.deploymentId === deploymentId);
      return { item: wanted.map(shownStage) };
    },
    UpdateStage({ restApiId, stageName, patchOperations }, call) {
      const { api } = store.named(call, restApiId);
      const before = store.stageNamed(call, api.apiId, stageName);
      const changed = patched(
        before,
        patchOperations,
        stagePatches({ deployment: deploymentIn(call, api.apiId) }),
      );
      checkVariables(changed.variables);
      checkVariables(changed.canarySettings?.stageVariableOverrides);
      checkLogging(call, changed);
      const stage = { ...changed, updatedAt: store.cloud.clock.now() };
      store.setStage(call, api.apiId, stage);
      return shownStage(stage);
    },
    DeleteStage({ restApiId, stageName }, call) {
      const { api } = store.named(call, restApiId);
      const stage = store.stageNamed(call, api.apiId, stageName);
      leaving(call, api.apiId, stage.stageName);
      store.deleteStage(call, api.apiId, stage.stageName);
      return {};
    },
  } satisfies ApiGatewayOperations;
}
