import { servedStages } from '../../gateway/served-stages.ts';
import type { ApiGatewayV2Catalogue } from './port.ts';
import type { ApiStore } from './store/store.ts';

/** What the data planes ask of the control plane: each answer from a map. */
export const catalogue = (apis: ApiStore): ApiGatewayV2Catalogue => ({
  ...servedStages(apis, (scope, apiId, stage) => {
    if (stage.DeploymentId === undefined) return undefined;
    const snapshot = apis.snapshots.get(scope, apiId, stage.DeploymentId);
    return snapshot && { scope, stage, snapshot };
  }),
  protocolOf(apiId) {
    const scope = apis.scopeOf(apiId);
    return scope && apis.api(scope, apiId)?.api.protocolType;
  },
});
