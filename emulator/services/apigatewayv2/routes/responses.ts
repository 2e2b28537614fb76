import { badRequest, conflict, notFound } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { said } from '../../../gateway/openapi/document.ts';
import type { Scope } from '../../../service/call.ts';
import { changed, without } from '../changes.ts';
import type { ApiGatewayV2Operations } from '../client.ts';
import type { RouteDefinition, RouteResponseDefinition } from '../definition/definition.ts';
import { autoDeploy } from '../deployments/auto-deploy.ts';
import { itemsOf } from '../paging.ts';
import type { ApiStore } from '../store/store.ts';
import { routeNamed } from './routes.ts';

/** `CreateRouteResponse`, `GetRouteResponse(s)`, `UpdateRouteResponse`, `DeleteRouteResponse`: WebSocket APIs alone have them. */
export function routeResponseOperations(store: ApiStore) {
  const named = ({ routeResponses }: RouteDefinition, id = ''): RouteResponseDefinition => {
    const response = Object.hasOwn(routeResponses, id) ? routeResponses[id] : undefined;
    if (response === undefined) throw notFound(`Invalid RouteResponse identifier specified ${id}`);
    return response;
  };
  const keep = (
    scope: Scope,
    apiId: string,
    route: RouteDefinition,
    routeResponses: RouteDefinition['routeResponses'],
  ): void => {
    store.routes.set(scope, apiId, route.RouteId, { ...route, routeResponses });
    autoDeploy(store, scope, apiId);
  };
  const checkKey = (key: string): void => {
    if (key !== '$default') throw badRequest('Currently, only $default is supported as a RouteResponseKey.');
  };
  return {
    CreateRouteResponse({ ApiId = '', RouteId, ...given }, call) {
      const { api } = store.named(call, ApiId);
      if (api.protocolType === 'HTTP')
        throw badRequest('RouteResponses are currently not supported for this API protocol type.');
      const route = routeNamed(store, call, ApiId, RouteId);
      const { routeResponses } = route;
      const { RouteResponseKey = '' } = given;
      checkKey(RouteResponseKey);
      if (Object.keys(routeResponses).length > 0)
        throw conflict(`RouteResponse with key ${RouteResponseKey} already exists for this Route`);
      const response: RouteResponseDefinition = {
        ...said(given),
        RouteResponseKey,
        RouteResponseId: drawId(7, (id) => Object.hasOwn(routeResponses, id)),
      };
      keep(call, ApiId, route, { [response.RouteResponseId]: response });
      return response;
    },
    GetRouteResponse({ ApiId, RouteId, RouteResponseId }, call) {
      return named(routeNamed(store, call, ApiId, RouteId), RouteResponseId);
    },
    GetRouteResponses({ ApiId, RouteId, ...page }, call) {
      const all = Object.values(routeNamed(store, call, ApiId, RouteId).routeResponses);
      return itemsOf(
        all,
        (one) => one.RouteResponseId,
        (one) => one,
        page,
      );
    },
    UpdateRouteResponse({ ApiId = '', RouteId, RouteResponseId, ...given }, call) {
      const route = routeNamed(store, call, ApiId, RouteId);
      const after = changed<RouteResponseDefinition>(named(route, RouteResponseId), given);
      checkKey(after.RouteResponseKey);
      keep(call, ApiId, route, { ...route.routeResponses, [after.RouteResponseId]: after });
      return after;
    },
    DeleteRouteResponse({ ApiId = '', RouteId, RouteResponseId }, call) {
      const route = routeNamed(store, call, ApiId, RouteId);
      const { RouteResponseId: id } = named(route, RouteResponseId);
      keep(call, ApiId, route, without(route.routeResponses, id));
      return {};
    },
  } satisfies ApiGatewayV2Operations;
}
