import type { Scope } from '../../../service/call.ts';
import type { ApiGatewayOperations } from '../client.ts';
import type { AuthorizerDefinition } from '../definition/definition.ts';
import { badRequest, conflict, noSuch } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { pageOf } from '../../../gateway/paging.ts';
import { said } from '../../../gateway/openapi/document.ts';
import { field, numeric, text, without } from '../patch/fields.ts';
import { patched } from '../patch/patch.ts';
import { namingThePath } from '../patch/refusals.ts';
import type { PatchTable } from '../patch/rules.ts';
import type { ApiRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';
import { checkAuthorizer } from './check.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const MOST_AUTHORIZERS = 10;

/** `CreateAuthorizer`, `GetAuthorizer(s)`, `UpdateAuthorizer`, `DeleteAuthorizer`. */
export function authorizerOperations(store: ApiStore) {
  /** @throws NotFoundException */
  const named = (
    scope: Scope,
    restApiId: string | undefined,
    id = '',
  ): { readonly row: ApiRow; readonly authorizer: AuthorizerDefinition } => {
    const row = store.named(scope, restApiId);
    const authorizer = row.api.authorizers[id];
    if (authorizer === undefined) throw noSuch('Authorizer');
    return { row, authorizer };
  };
  const set = (scope: Scope, row: ApiRow, authorizers: ApiRow['api']['authorizers']): void =>
    store.setApi(scope, { ...row, api: { ...row.api, authorizers } });
  const checkName = ({ api }: ApiRow, { id, name }: AuthorizerDefinition): void => {
    if (Object.values(api.authorizers).some((other) => other.name === name && other.id !== id))
      throw badRequest(`Authorizer name must be unique. Authorizer ${name} already exists in this RestApi.`);
  };

  return {
    CreateAuthorizer({ restApiId = '', ...given }, call) {
      const row = store.api(call, restApiId);
      // Recorded so of an API that is not there.
      if (row === undefined)
        throw conflict(
          'Unable to complete operation due to concurrent modification. Please try again later.',
        );
      const { name = '', type = 'TOKEN', ...optional } = given;
      if (Object.keys(row.api.authorizers).length >= MOST_AUTHORIZERS)
        throw badRequest(
          'Maximum number of authorizers for this API has been reached. Please contact AWS if you need additional authorizers.',
        );
      const authorizer: AuthorizerDefinition = {
        id: drawId(6, (id) => Object.hasOwn(row.api.authorizers, id)),
        name,
        type,
        ...said(optional),
        authType: optional.authType ?? authTypeOf(type),
      };
      checkName(row, authorizer);
      checkAuthorizer(authorizer, call);
      set(call, row, { ...row.api.authorizers, [authorizer.id]: authorizer });
      return authorizer;
    },
    GetAuthorizer({ restApiId, authorizerId }, call) {
      return named(call, restApiId, authorizerId).authorizer;
    },
    GetAuthorizers({ restApiId, ...page }, call) {
      const { api } = store.named(call, restApiId);
      return pageOf(Object.values(api.authorizers), ({ id }) => id, page);
    },
    UpdateAuthorizer({ restApiId, authorizerId, patchOperations }, call) {
      const { row, authorizer } = named(call, restApiId, authorizerId);
      const changed = patched(authorizer, patchOperations, patches);
      checkName(row, changed);
      checkAuthorizer(changed, call);
      set(call, row, { ...row.api.authorizers, [authorizer.id]: changed });
      return changed;
    },
    DeleteAuthorizer({ restApiId, authorizerId }, call) {
      const { row, authorizer } = named(call, restApiId, authorizerId);
      for (const { path, methods } of store.resources.all(call, row.api.apiId))
        for (const [method, { authorizerId: used }] of Object.entries(methods))
          if (used === authorizer.id)
            throw conflict(
              `Cannot delete authorizer '${authorizer.id}', is referenced in method: ${path}/${method}`,
            );
      set(call, row, without(row.api.authorizers, authorizer.id));
      return {};
    },
  } satisfies ApiGatewayOperations;
}

/** What AWS calls an authorizer of this type in documents. */
const authTypeOf = (type: AuthorizerDefinition['type']): string =>
  type === 'COGNITO_USER_POOLS' ? 'cognito_user_pools' : 'custom';

const ttl = numeric(() => badRequest('Authorizer TTL must be between 0 and 3600 seconds.'));
const providers = (target: AuthorizerDefinition, arns: readonly string[]): AuthorizerDefinition => ({
  ...target,
  providerARNs: [...new Set(arns)],
});

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateAuthorizer-Patch */
const patches: PatchTable<AuthorizerDefinition> = {
  refuse: namingThePath,
  rules: [
    field('/name', 'name', (value) => value ?? ''),
    field('/authType', 'authType', text),
    field('/authorizerUri', 'authorizerUri', text),
    field('/authorizerCredentials', 'authorizerCredentials', text),
    field('/authorizerResultTtlInSeconds', 'authorizerResultTtlInSeconds', ttl),
    field('/identitySource', 'identitySource', text, ['add', 'replace', 'remove']),
    field('/identityValidationExpression', 'identityValidationExpression', text),
    {
      path: '/type',
      replace: (target, { value }) => {
        if (value !== 'TOKEN' && value !== 'REQUEST' && value !== 'COGNITO_USER_POOLS')
          throw badRequest(
            'Invalid authorizer type specified. Valid options are TOKEN,REQUEST,COGNITO_USER_POOLS',
          );
        return { ...target, type: value };
      },
    },
    {
      path: '/providerARNs',
      add: (target, { value = '' }) => providers(target, [...(target.providerARNs ?? []), value]),
      replace: (target, { value = '' }) => providers(target, value.split(',')),
      remove: (target, { value }) =>
        providers(
          target,
          (target.providerARNs ?? []).filter((arn) => arn !== value),
        ),
    },
  ],
};
