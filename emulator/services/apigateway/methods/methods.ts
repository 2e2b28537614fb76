import type { Scope } from '../../../service/call.ts';
import type { ApiGatewayOperations } from '../client.ts';
import type { MethodDefinition } from '../definition/definition.ts';
import { badRequest, conflict } from '../../../gateway/failures.ts';
import { field, flag, member, text, without } from '../patch/fields.ts';
import { patched } from '../patch/patch.ts';
import { namingThePath, onlyOperations } from '../patch/refusals.ts';
import type { PatchTable } from '../patch/rules.ts';
import type { ApiStore } from '../store/store.ts';
import { findMethod } from './find.ts';
import {
  checkRequestParameters,
  isContentType,
  knownEntry,
  noContentType,
  noParameter,
} from './parameters.ts';
import { shownMethod } from './shown.ts';

const verbs: readonly string[] = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY'];
const authorizations: readonly string[] = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'];

/** `PutMethod`, `GetMethod`, `UpdateMethod`, `DeleteMethod`. */
export function methodOperations(store: ApiStore) {
  return {
    PutMethod(input, call) {
      const { restApiId = '', httpMethod = '' } = input;
      const resource = store.resource(call, restApiId, input.resourceId);
      if (!verbs.includes(httpMethod))
        throw badRequest(`Invalid HttpMethod specified. Valid options are ${verbs.join(',')}`);
      if (Object.hasOwn(resource.methods, httpMethod))
        throw conflict('Method already exists for this resource');
      const given: MethodDefinition = {
        httpMethod,
        authorizationType: input.authorizationType ?? 'NONE',
        apiKeyRequired: input.apiKeyRequired ?? false,
        ...(input.authorizerId !== undefined && { authorizerId: input.authorizerId }),
        ...(input.operationName !== undefined && { operationName: input.operationName }),
        ...(input.requestParameters !== undefined && { requestParameters: input.requestParameters }),
        ...(input.requestModels !== undefined && { requestModels: input.requestModels }),
        ...(input.requestValidatorId !== undefined && { requestValidatorId: input.requestValidatorId }),
        ...(input.authorizationScopes !== undefined && { authorizationScopes: input.authorizationScopes }),
        methodResponses: {},
      };
      const method = checkMethod(store, call, restApiId, given);
      const methods = { ...resource.methods, [httpMethod]: method };
      store.resources.set(call, restApiId, resource.id, { ...resource, methods });
      return shownMethod(method);
    },
    GetMethod(name, call) {
      return shownMethod(findMethod(store, call, name).method);
    },
    UpdateMethod({ patchOperations, ...name }, call) {
      const found = findMethod(store, call, name);
      const method = checkMethod(store, call, found.apiId, patched(found.method, patchOperations, patches));
      found.set(method);
      return shownMethod(method);
    },
    DeleteMethod(name, call) {
      findMethod(store, call, name).set(undefined);
      return {};
    },
  } satisfies ApiGatewayOperations;
}

const replaceOnly = (): ReturnType<typeof onlyOperations> => onlyOperations('replace');

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateMethod-Patch */
const patches: PatchTable<MethodDefinition> = {
  refuse: namingThePath,
  rules: [
    field('/authorizationType', 'authorizationType', (value) => value ?? 'NONE', ['replace'], replaceOnly),
    field('/authorizerId', 'authorizerId', text, ['replace'], replaceOnly),
    field('/apiKeyRequired', 'apiKeyRequired', flag, ['replace'], replaceOnly),
    field('/operationName', 'operationName', text, ['replace'], replaceOnly),
    field('/requestValidatorId', 'requestValidatorId', text, ['replace'], replaceOnly),
    member('/authorizationScopes/{name}', 'authorizationScopes'),
    {
      path: '/authorizationScopes',
      add: (target, { value = '' }) => ({
        ...target,
        authorizationScopes: [...new Set([...(target.authorizationScopes ?? []), value])],
      }),
      remove: (target, { value }) => ({
        ...target,
        authorizationScopes: (target.authorizationScopes ?? []).filter((scope) => scope !== value),
      }),
    },
    knownEntry<MethodDefinition, 'requestParameters'>(
      '/requestParameters/{name}',
      'requestParameters',
      flag,
      noParameter,
    ),
    knownEntry<MethodDefinition, 'requestModels'>(
      '/requestModels/{name}',
      'requestModels',
      (value) => value ?? '',
      noContentType,
    ),
  ],
};

/** Whether what a method refers to is there. @throws BadRequestException in the recorded words */
function checkMethod(
  store: ApiStore,
  scope: Scope,
  apiId: string,
  given: MethodDefinition,
): MethodDefinition {
  const { api } = store.named(scope, apiId);
  const { authorizationType, authorizerId, requestValidatorId } = given;
  if (!authorizations.includes(authorizationType))
    throw badRequest(`Invalid AuthorizationType specified. Valid options are ${authorizations.join(',')}`);
  let method = given;
  if (authorizationType === 'CUSTOM' || authorizationType === 'COGNITO_USER_POOLS') {
    const authorizer = authorizerId === undefined ? undefined : api.authorizers[authorizerId];
    const fits =
      authorizer !== undefined &&
      (authorizer.type === 'COGNITO_USER_POOLS') === (authorizationType === 'COGNITO_USER_POOLS');
    if (!fits)
      throw badRequest(
        'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
      );
  } else {
    // Recorded: without such a type an authorizer is neither looked for nor kept.
    method = without(method, 'authorizerId');
  }
  if (requestValidatorId === '') method = without(method, 'requestValidatorId');
  else if (requestValidatorId !== undefined && api.requestValidators[requestValidatorId] === undefined)
    throw badRequest('Invalid Request Validator identifier specified');
  for (const [type, name] of Object.entries(given.requestModels ?? {})) {
    if (!Object.hasOwn(api.models, name)) throw badRequest(`Invalid model identifier specified: ${name}`);
    if (!isContentType(type)) throw badRequest(`Invalid content type specified: ${type}`);
  }
  checkRequestParameters(given.requestParameters);
  return method;
}
