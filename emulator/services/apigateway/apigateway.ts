import * as schemas from '@aws-sdk/client-api-gateway/dist-es/schemas/schemas_0.js';
import type { Cloud } from '../../cloud.ts';
import { resourceNames } from '../../gateway/named-resources.ts';
import type { RunningService } from '../../service/service.ts';
import { AccountStore } from './account/account-store.ts';
import { accountOperations } from './account/account.ts';
import { importOperations } from './api/import.ts';
import { restApiOperations } from './api/rest-apis.ts';
import { authorizerOperations } from './authorizers/authorizers.ts';
import { catalogue, type Stores } from './catalogue.ts';
import type { ApiGateway, ApiGatewayOperations } from './client.ts';
import { deploymentOperations } from './deployments/deployments.ts';
import { DocumentationStore } from './documentation/documentation-store.ts';
import { documentationImport, keepParts, readParts } from './documentation/import.ts';
import { partOperations } from './documentation/parts.ts';
import { versionOperations } from './documentation/versions.ts';
import { DomainStore } from './domains/domain-store.ts';
import { domainOperations } from './domains/domains.ts';
import { mappingOperations } from './domains/mappings.ts';
import { gatewayResponseOperations } from './gateway-responses/gateway-responses.ts';
import { KeyStore } from './keys/key-store.ts';
import { keyOperations } from './keys/keys.ts';
import { integrationOperations } from './methods/integrations.ts';
import { methodOperations } from './methods/methods.ts';
import { responseOperations } from './methods/responses.ts';
import { modelOperations } from './models/models.ts';
import { validatorOperations } from './models/validators.ts';
import { planKeyOperations } from './plans/plan-keys.ts';
import { PlanStore } from './plans/plan-store.ts';
import { planOperations } from './plans/plans.ts';
import type { ApiGatewayCatalogue, ApiGatewayExecution, ApiGatewayPort } from './port.ts';
import { resourceOperations } from './resources/resources.ts';
import { exportOperations } from './stages/export.ts';
import { flushOperations } from './stages/flush.ts';
import { stageOperations } from './stages/stages.ts';
import { ApiStore } from './store/store.ts';
import { tagOperations } from './tags/tags.ts';
import { testOperations } from './test-invoke/test-invoke.ts';
import { UsageLedger } from './usage/ledger.ts';
import { usageOperations } from './usage/usage.ts';

/**
 * Amazon API Gateway, REST APIs.
 * @param run makes the data plane, which asks the catalogue
 */
export function createApiGateway(
  cloud: Cloud,
  run?: (catalogue: ApiGatewayCatalogue) => ApiGatewayExecution,
): RunningService<ApiGateway, ApiGatewayPort> {
  const stores: Stores = {
    apis: new ApiStore(cloud),
    keys: new KeyStore(cloud),
    plans: new PlanStore(cloud),
    usage: new UsageLedger(cloud),
    account: new AccountStore(cloud),
    domains: new DomainStore(cloud),
  };
  const { apis, keys, plans, usage, account, domains } = stores;
  const documentation = new DocumentationStore(cloud);
  const lookups = catalogue(stores);
  const execution = run?.(lookups);
  const operations = {
    ...restApiOperations(apis, (scope, apiId) => {
      for (const { stageName } of apis.stages(scope, apiId)) plans.forgetStage(scope, apiId, stageName);
      documentation.forget(scope, apiId);
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
    ...importOperations(apis, (call, apiId, body) => {
      keepParts(documentation, call, apiId, readParts(body));
    }),
    ...exportOperations(apis),
    ...flushOperations(apis, execution),
    ...(execution !== undefined && testOperations(apis, execution)),
    ...modelOperations(apis),
    ...validatorOperations(apis),
    ...authorizerOperations(apis),
    ...gatewayResponseOperations(apis),
    ...accountOperations(cloud, account),
    ...tagOperations(stores),
    ...keyOperations(keys, plans),
    ...planOperations(plans, apis),
    ...planKeyOperations(plans, keys),
    ...usageOperations(cloud, plans, usage),
    ...domainOperations(domains),
    ...mappingOperations(domains, apis),
    ...partOperations(apis, documentation),
    ...versionOperations(apis, documentation),
    ...documentationImport(apis, documentation),
  } satisfies ApiGatewayOperations;
  return {
    operations,
    port: { catalogue: lookups, domains },
    resources: resourceNames(operations, schemas as Readonly<Record<string, unknown>>),
    withoutEffect,
  };
}

/** Members that are kept and shown, and change nothing here. */
const withoutEffect: Readonly<Record<string, string>> = {
  'CreateApiKey.generateDistinctId': 'deprecated on AWS; an id always differs from the value',
  'CreateApiKey.stageKeys': 'what came before usage plans; kept and answered, as on accounts that have plans',
  'CreateRestApi.securityPolicy': 'there is no TLS; the policy is kept and answered',
  'CreateRestApi.endpointAccessMode': 'there is no TLS; the mode is kept and answered',
  'CreateStage.tracingEnabled': 'there is no X-Ray; the setting is kept and answered',
  'CreateStage.cacheClusterSize': 'a cache here is as large as it needs to be; the size is kept and answered',
  'CreateStage.documentationVersion': 'kept and answered',
  'CreateDeployment.tracingEnabled': 'as for CreateStage',
  'CreateDeployment.cacheClusterSize': 'as for CreateStage',
  'CreateDomainName.certificateArn': 'there is no TLS; the certificate is kept and answered',
  'CreateDomainName.regionalCertificateArn': 'as for certificateArn',
  'CreateDomainName.securityPolicy': 'there is no TLS; the policy is kept and answered',
  'PutIntegration.tlsConfig': 'kept and answered',
};
