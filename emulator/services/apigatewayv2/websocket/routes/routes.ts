import type {
  ApiDefinition,
  AuthorizerDefinition,
  IntegrationDefinition,
  RouteDefinition,
} from '../../definition/definition.ts';
import { routeKeyOf } from './selection.ts';

/** A route with what is behind it. */
export interface CompiledRoute {
  readonly key: string;
  readonly route: RouteDefinition;
  readonly integration: IntegrationDefinition | undefined;
  readonly authorizer: AuthorizerDefinition | undefined;
  /** Whether the client gets to see what the back end answers. */
  readonly answers: boolean;
}

const compiled = new WeakMap<ApiDefinition, ReadonlyMap<string, CompiledRoute>>();

/** The routes of a deployment by their keys, worked out once. */
export function routesOf(definition: ApiDefinition): ReadonlyMap<string, CompiledRoute> {
  let routes = compiled.get(definition);
  if (routes === undefined) {
    routes = new Map(
      Object.values(definition.routes).map((route) => [route.RouteKey, compile(definition, route)]),
    );
    compiled.set(definition, routes);
  }
  return routes;
}

/** The route that a message takes; undefined: there is none for it. */
export function routeFor(definition: ApiDefinition, message: string): CompiledRoute | undefined {
  const routes = routesOf(definition);
  const key = routeKeyOf(definition.routeSelectionExpression, message);
  return (key === undefined ? undefined : routes.get(key)) ?? routes.get('$default');
}

function compile({ integrations, authorizers }: ApiDefinition, route: RouteDefinition): CompiledRoute {
  const target = /^integrations\/(.+)$/.exec(route.Target ?? '')?.[1] ?? '';
  return {
    key: route.RouteKey,
    route,
    integration: Object.hasOwn(integrations, target) ? integrations[target] : undefined,
    authorizer: authorizers[route.AuthorizerId ?? ''],
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
    answers: Object.values(route.routeResponses).some(
      ({ RouteResponseKey }) => RouteResponseKey === '$default',
    ),
  };
}
