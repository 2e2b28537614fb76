import type { CreateRouteRequest } from '@aws-sdk/client-apigatewayv2';
import { drawId } from '../../../gateway/ids.ts';
import { said } from '../../../gateway/openapi/document.ts';
import type { Scope } from '../../../service/call.ts';
import type { RouteDefinition } from '../definition/definition.ts';
import type { ApiRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';
import { checkRoute } from './check.ts';

/** A route with AWS's defaults, not yet kept. @throws BadRequestException, ConflictException */
export function newRoute(
  store: ApiStore,
  scope: Scope,
  api: ApiRow['api'],
  input: Omit<CreateRouteRequest, 'ApiId'>,
): RouteDefinition {
  const route: RouteDefinition = {
    AuthorizationType: 'NONE',
    ApiKeyRequired: false,
    ...said(input),
    RouteKey: input.RouteKey ?? '',
    RouteId: drawId(7, (id) => store.routes.has(scope, api.apiId, id)),
    routeResponses: {},
  };
  checkRoute(store, scope, api, route);
  return route;
}
