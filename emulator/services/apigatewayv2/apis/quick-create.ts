import type { CreateApiRequest } from '@aws-sdk/client-apigatewayv2';
import type { Scope } from '../../../service/call.ts';
import { newIntegration } from '../integrations/new-integration.ts';
import { newRoute } from '../routes/new-route.ts';
import { newStage } from '../stages/new-stage.ts';
import type { ApiRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';
import { autoDeploy } from '../deployments/auto-deploy.ts';

/**
 * Quick create: an HTTP API with an integration, a route that catches what no other does, and a stage that deploys
 * every change.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html#http-api-examples.cli.quick-create
 */
export function quickCreate(
  store: ApiStore,
  scope: Scope,
  { api }: ApiRow,
  { Target = '', RouteKey = '$default', CredentialsArn }: CreateApiRequest,
): void {
  const { apiId } = api;
  const ofLambda = Target.startsWith('arn:');
  const integration = {
    ...newIntegration(store, scope, api, {
      IntegrationType: ofLambda ? 'AWS_PROXY' : 'HTTP_PROXY',
      IntegrationUri: Target,
      IntegrationMethod: ofLambda ? 'POST' : 'ANY',
      PayloadFormatVersion: ofLambda ? '2.0' : '1.0',
      CredentialsArn,
    }),
    ApiGatewayManaged: true,
  };
  store.integrations.set(scope, apiId, integration.IntegrationId, integration);
  const route = {
    ...newRoute(store, scope, api, {
      RouteKey,
      Target: `integrations/${integration.IntegrationId}`,
    }),
    ApiGatewayManaged: true,
  };
  store.routes.set(scope, apiId, route.RouteId, route);
  const stage = newStage(api.protocolType, store.cloud.clock.now(), {
    StageName: '$default',
    AutoDeploy: true,
    ApiGatewayManaged: true,
  });
  store.setStage(scope, apiId, stage);
  autoDeploy(store, scope, apiId);
}
