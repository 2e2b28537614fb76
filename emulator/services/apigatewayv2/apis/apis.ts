import type { CreateApiRequest } from '@aws-sdk/client-apigatewayv2';
import { badRequest } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { said } from '../../../gateway/openapi/document.ts';
import { checkTags } from '../../../gateway/tags.ts';
import type { Call, Scope } from '../../../service/call.ts';
import { changed, without } from '../changes.ts';
import type { ApiGatewayV2Operations } from '../client.ts';
import { autoDeploy } from '../deployments/auto-deploy.ts';
import { itemsOf } from '../paging.ts';
import type { ApiRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';
import { API_KEY_SELECTION, checkApi, HTTP_SELECTION } from './check.ts';
import { quickCreate } from './quick-create.ts';
import type { ShowApi } from './shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const MOST_APIS = 600;

/** `CreateApi`, `GetApi(s)`, `UpdateApi`, `DeleteApi`, `DeleteCorsConfiguration`. */
export function apiOperations(store: ApiStore, show: ShowApi) {
  const keep = (scope: Scope, row: ApiRow): void => {
    checkApi(row.api);
    store.setApi(scope, row);
    autoDeploy(store, scope, row.api.apiId);
  };
  return {
    async CreateApi(input, call) {
      const { Target } = input;
      if (Target !== undefined && input.ProtocolType !== 'HTTP')
        throw badRequest('Quick create is only supported for HTTP protocolType');
      const row = newApi(store, call, input);
      store.setApi(call, row);
      try {
        if (Target !== undefined) quickCreate(store, call, row, input);
      } catch (error) {
        store.deleteApi(call, row.api.apiId);
        throw error;
      }
      return await show(call, row);
    },
    async GetApi({ ApiId }, call) {
      return await show(call, store.named(call, ApiId));
    },
    async GetApis(page, call) {
      const { Items, NextToken } = itemsOf(
        store.apis(call),
        ({ api }) => api.apiId,
        (row) => row,
        page,
      );
      return { Items: await Promise.all(Items.map((row) => show(call, row))), NextToken };
    },
    async UpdateApi(input, call) {
      const row = store.named(call, input.ApiId);
      const { IpAddressType } = input;
      const next: ApiRow = {
        api: changed(row.api, {
          name: input.Name,
          description: input.Description,
          version: input.Version,
          routeSelectionExpression: input.RouteSelectionExpression,
          apiKeySelectionExpression: input.ApiKeySelectionExpression,
          disableSchemaValidation: input.DisableSchemaValidation,
          disableExecuteApiEndpoint: input.DisableExecuteApiEndpoint,
          corsConfiguration: input.CorsConfiguration,
        }),
        details: changed(row.details, { IpAddressType }),
      };
      keep(call, next);
      updateQuick(store, call, next, input);
      return await show(call, next);
    },
    DeleteApi({ ApiId }, call) {
      const { api } = store.named(call, ApiId);
      store.deleteApi(call, api.apiId);
      return {};
    },
    DeleteCorsConfiguration({ ApiId }, call) {
      const { api, details } = store.named(call, ApiId);
      keep(call, { api: without(api, 'corsConfiguration'), details });
      return {};
    },
  } satisfies ApiGatewayV2Operations;
}

/* What quick create made follows the API's own `Target`, `RouteKey` and `CredentialsArn`. */
function updateQuick(
  store: ApiStore,
  scope: Scope,
  { api }: ApiRow,
  { Target, RouteKey, CredentialsArn }: Partial<CreateApiRequest>,
): void {
  if (Target === undefined && RouteKey === undefined && CredentialsArn === undefined) return;
  const { apiId } = api;
  const integration = store.integrations.all(scope, apiId).find((one) => one.ApiGatewayManaged === true);
  const route = store.routes.all(scope, apiId).find((one) => one.ApiGatewayManaged === true);
  if (integration === undefined || route === undefined)
    throw badRequest('Target, RouteKey and CredentialsArn can only be updated for APIs made by quick create');
  const given = { IntegrationUri: Target, CredentialsArn };
  store.integrations.set(scope, apiId, integration.IntegrationId, changed(integration, given));
  store.routes.set(scope, apiId, route.RouteId, changed(route, { RouteKey }));
  autoDeploy(store, scope, apiId);
}

/** An API with AWS's defaults, not yet kept. @throws BadRequestException */
export function newApi(
  store: ApiStore,
  call: Pick<Call, keyof Scope | 'inner'>,
  input: Partial<CreateApiRequest>,
): ApiRow {
  if (store.apis(call).length >= MOST_APIS)
    throw badRequest(
      'Maximum number of APIs for this account has been reached. Please contact AWS if you need additional APIs.',
    );
  const { ProtocolType: protocolType = 'HTTP', Tags, IpAddressType = 'ipv4' } = input;
  const api: ApiRow['api'] = {
    apiId: drawId(10, (id) => store.isTaken(id)),
    protocolType,
    name: input.Name ?? '',
    ...said({ description: input.Description, version: input.Version }),
    routeSelectionExpression:
      input.RouteSelectionExpression ?? (protocolType === 'HTTP' ? HTTP_SELECTION : ''),
    apiKeySelectionExpression: input.ApiKeySelectionExpression ?? API_KEY_SELECTION,
    disableSchemaValidation: input.DisableSchemaValidation ?? false,
    disableExecuteApiEndpoint: input.DisableExecuteApiEndpoint ?? false,
    ...said({ corsConfiguration: input.CorsConfiguration }),
    authorizers: {},
    models: {},
  };
  checkApi(api);
  return {
    api,
    details: {
      IpAddressType,
      ...(Tags !== undefined && { Tags: checkTags(call, Tags) }),
      createdAt: store.cloud.clock.now(),
    },
  };
}
