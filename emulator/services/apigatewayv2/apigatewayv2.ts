import * as schemas from '@aws-sdk/client-apigatewayv2/dist-es/schemas/schemas_0.js';
import type { Cloud } from '../../cloud.ts';
import { resourceNames } from '../../gateway/named-resources.ts';
import type { RunningService } from '../../service/service.ts';
import { apiOperations } from './apis/apis.ts';
import { apiShower } from './apis/shown.ts';
import { authorizerOperations } from './authorizers/authorizers.ts';
import { catalogue } from './catalogue.ts';
import type { ApiGatewayV2, ApiGatewayV2Operations } from './client.ts';
import { deploymentOperations } from './deployments/deployments.ts';
import { integrationOperations } from './integrations/integrations.ts';
import { integrationResponseOperations } from './integrations/responses.ts';
import { modelOperations } from './models/models.ts';
import { domainOperations } from './domains/domains.ts';
import { mappingOperations } from './domains/mappings.ts';
import { exportOperations } from './openapi/export.ts';
import { importOperations } from './openapi/import.ts';
import type { ApiGatewayV2Catalogue, ApiGatewayV2Execution, ApiGatewayV2Port } from './port.ts';
import { routeResponseOperations } from './routes/responses.ts';
import { routeOperations } from './routes/routes.ts';
import { stageOperations } from './stages/stages.ts';
import { ApiStore } from './store/store.ts';
import { tagOperations } from './tags/tags.ts';
import { VpcLinkStore } from './vpc-links/vpc-link-store.ts';
import { vpcLinkOperations } from './vpc-links/vpc-links.ts';

/**
 * Amazon API Gateway, HTTP and WebSocket APIs.
 * @param run makes the data planes, which ask the catalogue
 */
export function createApiGatewayV2(
  cloud: Cloud,
  run?: (catalogue: ApiGatewayV2Catalogue) => ApiGatewayV2Execution,
): RunningService<ApiGatewayV2, ApiGatewayV2Port> {
  const apis = new ApiStore(cloud);
  const links = new VpcLinkStore(cloud);
  const lookups = catalogue(apis);
  const execution = run?.(lookups);
  const show = apiShower(cloud);
  const domains = async () => (await cloud.port('apigateway')).domains;
  const operations = {
    ...apiOperations(apis, show),
    ...importOperations(apis, show),
    ...exportOperations(apis),
    ...routeOperations(apis),
    ...routeResponseOperations(apis),
    ...integrationOperations(apis),
    ...integrationResponseOperations(apis),
    ...authorizerOperations(apis, execution),
    ...modelOperations(apis),
    ...deploymentOperations(apis),
    ...stageOperations(apis, async (scope) => {
      const { catalogue: rest } = await cloud.port('apigateway');
      return rest.cloudWatchRole(scope);
    }),
    ...vpcLinkOperations(links, (scope, id) =>
      apis
        .apis(scope)
        .some(({ api }) =>
          apis.integrations.all(scope, api.apiId).some(({ ConnectionId }) => ConnectionId === id),
        ),
    ),
    ...domainOperations(domains),
    ...mappingOperations(domains, async (scope, apiId, stageName) => {
      if (apis.stage(scope, apiId, stageName) !== undefined) return true;
      const { catalogue: rest } = await cloud.port('apigateway');
      return rest.scopeOf(apiId)?.account === scope.account && rest.stageOf(apiId, stageName) !== undefined;
    }),
    ...tagOperations(apis, links),
  } satisfies ApiGatewayV2Operations;
  return {
    operations,
    port: { catalogue: lookups },
    resources: resourceNames(operations, schemas as Readonly<Record<string, unknown>>),
    withoutEffect,
  };
}

/** Members that are kept and shown, and change nothing here. */
const withoutEffect: Readonly<Record<string, string>> = {
  'CreateApi.IpAddressType': 'there is one loopback; the type is kept and answered',
  'CreateIntegration.TlsConfig': 'kept and answered',
  'CreateIntegration.ConnectionId': 'there is no VPC; integrations with VPC links answer 503',
  'CreateStage.ClientCertificateId': 'there is no TLS; the certificate is kept and answered',
};
