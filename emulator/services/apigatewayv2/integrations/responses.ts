import { badRequest, conflict, notFound } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { said } from '../../../gateway/openapi/document.ts';
import type { Scope } from '../../../service/call.ts';
import { changed, merged, without } from '../changes.ts';
import type { ApiGatewayV2Operations } from '../client.ts';
import type { IntegrationDefinition, IntegrationResponseDefinition } from '../definition/definition.ts';
import { autoDeploy } from '../deployments/auto-deploy.ts';
import { itemsOf } from '../paging.ts';
import type { ApiStore } from '../store/store.ts';
import { integrationNamed } from './integrations.ts';

/** `CreateIntegrationResponse`, `Get…`, `Get…s`, `Update…`, `Delete…`: WebSocket APIs alone have them. */
export function integrationResponseOperations(store: ApiStore) {
  const named = (integration: IntegrationDefinition, id = ''): IntegrationResponseDefinition => {
    const { integrationResponses } = integration;
    const response = Object.hasOwn(integrationResponses, id) ? integrationResponses[id] : undefined;
    if (response === undefined) throw notFound(`Invalid IntegrationResponse identifier specified ${id}`);
    return response;
  };
  const keep = (
    scope: Scope,
    apiId: string,
    integration: IntegrationDefinition,
    integrationResponses: IntegrationDefinition['integrationResponses'],
  ): void => {
    const { IntegrationId } = integration;
    store.integrations.set(scope, apiId, IntegrationId, { ...integration, integrationResponses });
    autoDeploy(store, scope, apiId);
  };
  const check = (
    { integrationResponses }: IntegrationDefinition,
    { IntegrationResponseId, IntegrationResponseKey: key }: IntegrationResponseDefinition,
  ): void => {
    if (!/^(\$default|\/.*\/)$/.test(key))
      throw badRequest(`Invalid integration response key specified: ${key}. It is $default or /a pattern/`);
    const same = Object.values(integrationResponses).some(
      (one) => one.IntegrationResponseKey === key && one.IntegrationResponseId !== IntegrationResponseId,
    );
    if (same) throw conflict(`IntegrationResponse with key ${key} already exists for this Integration`);
  };
  return {
    CreateIntegrationResponse({ ApiId = '', IntegrationId, ...given }, call) {
      const { api } = store.named(call, ApiId);
      if (api.protocolType === 'HTTP')
        throw badRequest('IntegrationResponses are currently not supported for this API protocol type.');
      const integration = integrationNamed(store, call, ApiId, IntegrationId);
      const { integrationResponses } = integration;
      const { IntegrationResponseKey = '' } = given;
      const response: IntegrationResponseDefinition = {
        ...said(given),
        IntegrationResponseKey,
        IntegrationResponseId: drawId(7, (id) => Object.hasOwn(integrationResponses, id)),
      };
      check(integration, response);
      keep(call, ApiId, integration, {
        ...integrationResponses,
        [response.IntegrationResponseId]: response,
      });
      return response;
    },
    GetIntegrationResponse({ ApiId, IntegrationId, IntegrationResponseId }, call) {
      return named(integrationNamed(store, call, ApiId, IntegrationId), IntegrationResponseId);
    },
    GetIntegrationResponses({ ApiId, IntegrationId, ...page }, call) {
      const { integrationResponses } = integrationNamed(store, call, ApiId, IntegrationId);
      const all = Object.values(integrationResponses);
      return itemsOf(
        all,
        (one) => one.IntegrationResponseId,
        (one) => one,
        page,
      );
    },
    UpdateIntegrationResponse({ ApiId = '', IntegrationId, IntegrationResponseId, ...given }, call) {
      const integration = integrationNamed(store, call, ApiId, IntegrationId);
      const before = named(integration, IntegrationResponseId);
      const after = changed<IntegrationResponseDefinition>(before, {
        ...given,
        ResponseParameters: merged(before.ResponseParameters, given.ResponseParameters),
      });
      check(integration, after);
      keep(call, ApiId, integration, {
        ...integration.integrationResponses,
        [after.IntegrationResponseId]: after,
      });
      return after;
    },
    DeleteIntegrationResponse({ ApiId = '', IntegrationId, IntegrationResponseId }, call) {
      const integration = integrationNamed(store, call, ApiId, IntegrationId);
      const { IntegrationResponseId: id } = named(integration, IntegrationResponseId);
      keep(call, ApiId, integration, without(integration.integrationResponses, id));
      return {};
    },
  } satisfies ApiGatewayV2Operations;
}
