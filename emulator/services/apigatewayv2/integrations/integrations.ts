import type { Integration } from '@aws-sdk/client-apigatewayv2';
import { conflict, notFound } from '../../../gateway/failures.ts';
import type { Scope } from '../../../service/call.ts';
import { changed, merged, without } from '../changes.ts';
import type { ApiGatewayV2Operations } from '../client.ts';
import type { IntegrationDefinition } from '../definition/definition.ts';
import { autoDeploy } from '../deployments/auto-deploy.ts';
import { itemsOf } from '../paging.ts';
import type { ApiStore } from '../store/store.ts';
import { checkIntegration } from './check.ts';
import { newIntegration } from './new-integration.ts';

/** `CreateIntegration`, `GetIntegration(s)`, `UpdateIntegration`, `DeleteIntegration`. */
export function integrationOperations(store: ApiStore) {
  const keep = (scope: Scope, apiId: string, integration: IntegrationDefinition): void => {
    store.integrations.set(scope, apiId, integration.IntegrationId, integration);
    autoDeploy(store, scope, apiId);
  };
  return {
    CreateIntegration(input, call) {
      const { api } = store.named(call, input.ApiId);
      const integration = newIntegration(store, call, api, without(input, 'ApiId'));
      keep(call, api.apiId, integration);
      return shownIntegration(integration);
    },
    GetIntegration({ ApiId, IntegrationId }, call) {
      return shownIntegration(integrationNamed(store, call, ApiId, IntegrationId));
    },
    GetIntegrations({ ApiId, ...page }, call) {
      const { api } = store.named(call, ApiId);
      const all = store.integrations.all(call, api.apiId);
      return itemsOf(all, ({ IntegrationId }) => IntegrationId, shownIntegration, page);
    },
    UpdateIntegration({ ApiId, IntegrationId, ...given }, call) {
      const { api } = store.named(call, ApiId);
      const before = integrationNamed(store, call, ApiId, IntegrationId);
      const { RequestParameters, ResponseParameters } = given;
      const after = changed<IntegrationDefinition>(before, {
        ...given,
        // What is set to nothing is taken away, what is not named stays.
        RequestParameters: merged(before.RequestParameters, RequestParameters),
        ResponseParameters: merged(
          before.ResponseParameters,
          ResponseParameters,
          (mappings) => Object.keys(mappings).length === 0,
        ),
      });
      checkIntegration(api.protocolType, after);
      keep(call, api.apiId, after);
      return shownIntegration(after);
    },
    DeleteIntegration({ ApiId = '', IntegrationId }, call) {
      const integration = integrationNamed(store, call, ApiId, IntegrationId);
      const target = `integrations/${integration.IntegrationId}`;
      const users = store.routes.all(call, ApiId).filter((route) => route.Target === target);
      if (users.length > 0)
        throw conflict(
          `Cannot delete Integration because it is referenced by the following Routes with Ids: [${users.map(({ RouteId }) => RouteId).join(', ')}]`,
        );
      store.integrations.delete(call, ApiId, integration.IntegrationId);
      autoDeploy(store, call, ApiId);
      return {};
    },
  } satisfies ApiGatewayV2Operations;
}

/** @throws NotFoundException */
export function integrationNamed(
  store: ApiStore,
  scope: Scope,
  apiId: string | undefined,
  id = '',
): IntegrationDefinition {
  const { api } = store.named(scope, apiId);
  const integration = store.integrations.get(scope, api.apiId, id);
  if (integration === undefined) throw notFound(`Invalid Integration identifier specified ${id}`);
  return integration;
}

const shownIntegration = (integration: IntegrationDefinition): Integration =>
  without(integration, 'integrationResponses');
