import type { Route } from '@aws-sdk/client-apigatewayv2';
import { notFound } from '../../../gateway/failures.ts';
import type { Scope } from '../../../service/call.ts';
import { changed, without } from '../changes.ts';
import type { ApiGatewayV2Operations } from '../client.ts';
import type { RouteDefinition } from '../definition/definition.ts';
import { autoDeploy } from '../deployments/auto-deploy.ts';
import { itemsOf } from '../paging.ts';
import type { ApiStore } from '../store/store.ts';
import { checkRoute } from './check.ts';
import { newRoute } from './new-route.ts';

/** `CreateRoute`, `GetRoute(s)`, `UpdateRoute`, `DeleteRoute`, `DeleteRouteRequestParameter`. */
export function routeOperations(store: ApiStore) {
  const keep = (scope: Scope, apiId: string, route: RouteDefinition): void => {
    store.routes.set(scope, apiId, route.RouteId, route);
    autoDeploy(store, scope, apiId);
  };
  return {
    CreateRoute(input, call) {
      const { api } = store.named(call, input.ApiId);
      const route = newRoute(store, call, api, without(input, 'ApiId'));
      keep(call, api.apiId, route);
      return shownRoute(route);
    },
    GetRoute({ ApiId, RouteId }, call) {
      return shownRoute(routeNamed(store, call, ApiId, RouteId));
    },
    GetRoutes({ ApiId, ...page }, call) {
      const { api } = store.named(call, ApiId);
      return itemsOf(store.routes.all(call, api.apiId), ({ RouteId }) => RouteId, shownRoute, page);
    },
    UpdateRoute({ ApiId, RouteId, ...given }, call) {
      const { api } = store.named(call, ApiId);
      const before = routeNamed(store, call, ApiId, RouteId);
      const { RequestParameters, AuthorizationType } = given;
      // Without authorization there is nothing of an authorizer either.
      const base =
        AuthorizationType === 'NONE' || AuthorizationType === 'AWS_IAM'
          ? without(before, 'AuthorizerId', 'AuthorizationScopes')
          : before;
      const after = changed<RouteDefinition>(base, {
        ...given,
        ...(RequestParameters !== undefined && {
          RequestParameters: { ...before.RequestParameters, ...RequestParameters },
        }),
      });
      checkRoute(store, call, api, after);
      keep(call, api.apiId, after);
      return shownRoute(after);
    },
    DeleteRoute({ ApiId = '', RouteId }, call) {
      const route = routeNamed(store, call, ApiId, RouteId);
      store.routes.delete(call, ApiId, route.RouteId);
      for (const stage of store.stages(call, ApiId)) {
        const { [route.RouteKey]: settings, ...rest } = stage.RouteSettings;
        if (settings !== undefined) store.setStage(call, ApiId, { ...stage, RouteSettings: rest });
      }
      autoDeploy(store, call, ApiId);
      return {};
    },
    DeleteRouteRequestParameter({ ApiId = '', RouteId, RequestParameterKey = '' }, call) {
      const route = routeNamed(store, call, ApiId, RouteId);
      const { [RequestParameterKey]: gone, ...rest } = route.RequestParameters ?? {};
      if (gone === undefined)
        throw notFound(`Invalid request parameter key specified ${RequestParameterKey}`);
      keep(call, ApiId, { ...route, RequestParameters: rest });
      return {};
    },
  } satisfies ApiGatewayV2Operations;
}

/** @throws NotFoundException */
export function routeNamed(
  store: ApiStore,
  scope: Scope,
  apiId: string | undefined,
  id = '',
): RouteDefinition {
  const { api } = store.named(scope, apiId);
  const route = store.routes.get(scope, api.apiId, id);
  if (route === undefined) throw notFound(`Invalid Route identifier specified ${id}`);
  return route;
}

const shownRoute = (route: RouteDefinition): Route => without(route, 'routeResponses');
