import type { ApiGatewayOperations } from '../client.ts';
import type { ApiGatewayExecution } from '../port.ts';
import type { ApiStore } from '../store/store.ts';

/** `FlushStageCache`, `FlushStageAuthorizersCache`. */
export function flushOperations(
  store: ApiStore,
  execution: Pick<ApiGatewayExecution, 'flushCache' | 'flushAuthorizers'> | undefined,
) {
  return {
    FlushStageCache({ restApiId, stageName }, call) {
      const { api } = store.named(call, restApiId);
      execution?.flushCache(api.apiId, store.stageNamed(call, api.apiId, stageName).stageName);
      return {};
    },
    FlushStageAuthorizersCache({ restApiId, stageName }, call) {
      const { api } = store.named(call, restApiId);
      execution?.flushAuthorizers(api.apiId, store.stageNamed(call, api.apiId, stageName).stageName);
      return {};
    },
  } satisfies ApiGatewayOperations;
}
