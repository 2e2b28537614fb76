import type { Cloud } from '../../cloud.ts';
import type { RunningService } from '../../service/service.ts';
import { AccountStore } from './account/account-store.ts';
import { restApiOperations } from './api/rest-apis.ts';
import { catalogue, type Stores } from './catalogue.ts';
import type { ApiGateway } from './client.ts';
import { deploymentOperations } from './deployments/deployments.ts';
import { DomainStore } from './domains/domain-store.ts';
import { KeyStore } from './keys/key-store.ts';
import { integrationOperations } from './methods/integrations.ts';
import { methodOperations } from './methods/methods.ts';
import { responseOperations } from './methods/responses.ts';
import { PlanStore } from './plans/plan-store.ts';
import type { ApiGatewayPort } from './port.ts';
import { resourceOperations } from './resources/resources.ts';
import { stageOperations } from './stages/stages.ts';
import { ApiStore } from './store/store.ts';
import { UsageLedger } from './usage/ledger.ts';

/** Amazon API Gateway, REST APIs. */
export function createApiGateway(cloud: Cloud): RunningService<ApiGateway, ApiGatewayPort> {
  const stores: Stores = {
    apis: new ApiStore(cloud),
    keys: new KeyStore(cloud),
    plans: new PlanStore(cloud),
    usage: new UsageLedger(cloud),
    account: new AccountStore(cloud),
    domains: new DomainStore(cloud),
  };
  const { apis, plans, account } = stores;
  return {
    operations: {
      ...restApiOperations(apis, (scope, apiId) => {
        for (const { stageName } of apis.stages(scope, apiId)) plans.forgetStage(scope, apiId, stageName);
      }),
      ...resourceOperations(apis),
      ...methodOperations(apis),
      ...integrationOperations(apis),
      ...responseOperations(apis),
      ...deploymentOperations(apis),
      ...stageOperations(apis, {
        logsRole: (scope) => account.get(scope).cloudwatchRoleArn,
        leaving: (scope, apiId, stageName) => plans.forgetStage(scope, apiId, stageName),
      }),
    },
    port: { catalogue: catalogue(stores) },
  };
}
