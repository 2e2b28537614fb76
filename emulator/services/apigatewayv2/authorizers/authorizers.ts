import type { Authorizer } from '@aws-sdk/client-apigatewayv2';
import { badRequest, conflict, notFound } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { said } from '../../../gateway/openapi/document.ts';
import type { Scope } from '../../../service/call.ts';
import { changed, without } from '../changes.ts';
import type { ApiGatewayV2Operations } from '../client.ts';
import type { AuthorizerDefinition } from '../definition/definition.ts';
import { autoDeploy } from '../deployments/auto-deploy.ts';
import { itemsOf } from '../paging.ts';
import type { ApiGatewayV2Execution } from '../port.ts';
import type { ApiRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';
import { checkAuthorizer } from './check.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const MOST = 10;

/** `CreateAuthorizer`, `GetAuthorizer(s)`, `UpdateAuthorizer`, `DeleteAuthorizer`, `ResetAuthorizersCache`. */
export function authorizerOperations(store: ApiStore, execution: ApiGatewayV2Execution | undefined) {
  const keep = (scope: Scope, { api, details }: ApiRow, authorizers: ApiRow['api']['authorizers']): void => {
    store.setApi(scope, { api: { ...api, authorizers }, details });
    autoDeploy(store, scope, api.apiId);
  };
  /** @throws NotFoundException */
  const named = ({ api: { authorizers } }: ApiRow, id = ''): AuthorizerDefinition => {
    const authorizer = Object.hasOwn(authorizers, id) ? authorizers[id] : undefined;
    if (authorizer === undefined) throw notFound(`Invalid Authorizer identifier specified ${id}`);
    return authorizer;
  };
  return {
    CreateAuthorizer({ ApiId, ...given }, call) {
      const row = store.named(call, ApiId);
      const { authorizers } = row.api;
      if (Object.keys(authorizers).length >= MOST)
        throw badRequest(
          'Maximum number of Authorizers for this API has been reached. Please contact AWS if you need additional Authorizers.',
        );
      const authorizer = newAuthorizer(row.api, given);
      keep(call, row, { ...authorizers, [authorizer.AuthorizerId]: authorizer });
      return authorizer;
    },
    GetAuthorizer({ ApiId, AuthorizerId }, call) {
      return named(store.named(call, ApiId), AuthorizerId);
    },
    GetAuthorizers({ ApiId, ...page }, call) {
      const all = Object.values(store.named(call, ApiId).api.authorizers);
      return itemsOf(
        all,
        (one) => one.AuthorizerId,
        (one) => one,
        page,
      );
    },
    UpdateAuthorizer({ ApiId, AuthorizerId, ...given }, call) {
      const row = store.named(call, ApiId);
      const before = named(row, AuthorizerId);
      const { JwtConfiguration } = given;
      const after = changed<AuthorizerDefinition>(before, {
        ...given,
        ...(JwtConfiguration !== undefined && {
          JwtConfiguration: changed(before.JwtConfiguration ?? {}, JwtConfiguration),
        }),
      });
      checkAuthorizer(row.api.protocolType, after);
      keep(call, row, { ...row.api.authorizers, [after.AuthorizerId]: after });
      return after;
    },
    DeleteAuthorizer({ ApiId, AuthorizerId }, call) {
      const row = store.named(call, ApiId);
      const { AuthorizerId: id, Name } = named(row, AuthorizerId);
      const user = store.routes.all(call, row.api.apiId).find((route) => route.AuthorizerId === id);
      if (user !== undefined)
        throw conflict(`Cannot delete authorizer '${Name}', is referenced in route: ${user.RouteKey}`);
      keep(call, row, without(row.api.authorizers, id));
      return {};
    },
    ResetAuthorizersCache({ ApiId = '', StageName }, call) {
      const { api } = store.named(call, ApiId);
      if (api.protocolType !== 'HTTP')
        throw badRequest('Resetting the authorizers cache is only supported for HTTP protocol Apis.');
      const stage = store.stageNamed(call, ApiId, StageName);
      execution?.flushAuthorizers(ApiId, stage.StageName);
      return {};
    },
  } satisfies ApiGatewayV2Operations;
}

/** An authorizer with AWS's defaults, not yet kept. @throws BadRequestException */
export function newAuthorizer(
  { authorizers, protocolType }: ApiRow['api'],
  given: Partial<Authorizer>,
): AuthorizerDefinition {
  const authorizer: AuthorizerDefinition = {
    ...(protocolType === 'HTTP' &&
      given.AuthorizerType === 'REQUEST' && {
        // Without a source there is nothing to remember answers by.
        AuthorizerResultTtlInSeconds: (given.IdentitySource ?? []).length === 0 ? 0 : 300,
        EnableSimpleResponses: false,
      }),
    ...said(given),
    AuthorizerType: given.AuthorizerType ?? 'REQUEST',
    Name: given.Name ?? '',
    AuthorizerId: drawId(6, (id) => Object.hasOwn(authorizers, id)),
  };
  checkAuthorizer(protocolType, authorizer);
  return authorizer;
}
