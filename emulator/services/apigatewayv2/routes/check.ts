import { badRequest, conflict } from '../../../gateway/failures.ts';
import type { Scope } from '../../../service/call.ts';
import type { RouteDefinition } from '../definition/definition.ts';
import type { ApiRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';

/**
 * Checks what a route would be after its making or a change.
 * @throws BadRequestException, ConflictException
 */
export function checkRoute(store: ApiStore, scope: Scope, api: ApiRow['api'], route: RouteDefinition): void {
  checkKey(api, route.RouteKey);
  checkAuthorization(api, route);
  const { Target } = route;
  if (Target !== undefined) {
    const [, id] = /^integrations\/([^/]+)$/.exec(Target) ?? [];
    if (id === undefined)
      throw badRequest(
        'Unexpected or malformed target in route. Correct format should be integrations/<integration_id>.',
      );
    if (!store.integrations.has(scope, api.apiId, id))
      throw badRequest(`Invalid Integration identifier specified ${id}`);
  }
  const same = store.routes
    .all(scope, api.apiId)
    .some(({ RouteId, RouteKey }) => RouteKey === route.RouteKey && RouteId !== route.RouteId);
  if (same) throw conflict(`Route with key ${route.RouteKey} already exists for this API`);
}

function checkKey({ protocolType }: ApiRow['api'], key: string): void {
  if (protocolType === 'WEBSOCKET') {
    if (key === '' || (key.startsWith('$') && !/^\$(connect|disconnect|default)$/.test(key)))
      throw badRequest('The provided route key is not formatted properly');
    return;
  }
  const [, path] = /^(?:ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) (\/\S*)$/.exec(key) ?? [];
  if (key !== '$default' && (path === undefined || !isPath(path)))
    throw badRequest(
      'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
    );
}

/* A variable is a whole part; one that takes everything comes last. */
function isPath(path: string): boolean {
  const parts = path.split('/');
  return parts.every((part, index) =>
    /[{}]/.test(part)
      ? /^\{[\w.:-]+\+?\}$/.test(part) && (!part.endsWith('+}') || index === parts.length - 1)
      : true,
  );
}

function checkAuthorization({ protocolType, authorizers }: ApiRow['api'], route: RouteDefinition): void {
  const { AuthorizationType: type, AuthorizerId: id = '', AuthorizationScopes = [], RouteKey } = route;
  if (protocolType === 'HTTP' && route.ApiKeyRequired)
    throw badRequest('ApiKeyRequired is not currently supported for HTTP APIs.');
  if (protocolType === 'WEBSOCKET' && type !== 'NONE' && RouteKey !== '$connect')
    throw badRequest('Currently, authorization is restricted to the $connect route only');
  if (AuthorizationScopes.length > 0 && type !== 'JWT')
    throw badRequest(
      'Invalid Route authorization type specified. Authorization Scopes are only valid for COGNITO_USER_POOLS and JWT authorization types',
    );
  const authorizer = Object.hasOwn(authorizers, id) ? authorizers[id] : undefined;
  if (type === 'JWT' && authorizer?.AuthorizerType !== 'JWT')
    throw badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to JWT requires a valid JWT authorizer.',
    );
  if (type === 'CUSTOM' && authorizer?.AuthorizerType !== 'REQUEST')
    throw badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    );
}
