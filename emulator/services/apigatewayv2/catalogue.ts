import type { ApiGatewayV2Catalogue, ServedStage } from './port.ts';
import type { ApiStore } from './store/store.ts';

/** What the data planes ask of the control plane: each answer from a map. */
export function catalogue(apis: ApiStore): ApiGatewayV2Catalogue {
  /** API and stage → what is served, until the stage changes. Only stages that are there are kept. */
  const served = new Map<string, ServedStage>();
  apis.onStageChange((apiId, stageName) => served.delete(`${apiId}/${stageName}`));

  const find = (apiId: string, stageName: string): ServedStage | undefined => {
    const scope = apis.scopeOf(apiId);
    const stage = scope && apis.stage(scope, apiId, stageName);
    if (scope === undefined || stage?.DeploymentId === undefined) return undefined;
    const snapshot = apis.snapshots.get(scope, apiId, stage.DeploymentId);
    return snapshot && { scope, stage, snapshot };
  };

  return {
    scopeOf: (apiId) => apis.scopeOf(apiId),
    protocolOf(apiId) {
      const scope = apis.scopeOf(apiId);
      return scope && apis.api(scope, apiId)?.api.protocolType;
    },
    stageOf(apiId, stageName) {
      const name = `${apiId}/${stageName}`;
      const known = served.get(name);
      if (known !== undefined) return known;
      const found = find(apiId, stageName);
      if (found !== undefined) served.set(name, found);
      return found;
    },
    onStageChange: (listener) => apis.onStageChange(listener),
  };
}
