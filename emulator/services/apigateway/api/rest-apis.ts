import type { RestApi } from '@aws-sdk/client-api-gateway';
import type { Scope } from '../../../service/call.ts';
import type { ApiGatewayOperations } from '../client.ts';
import type { ModelDefinition } from '../definition/definition.ts';
import { badRequest } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { pageOf } from '../../../gateway/paging.ts';
import { patched } from '../patch/patch.ts';
import type { ApiRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';
import { checkTags } from '../../../gateway/tags.ts';
import { restApiPatches } from './patches.ts';
import { readEndpoint } from './endpoints.ts';
import { readPolicy, shownPolicy } from './policy.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const MOST_APIS = 600;

/** `CreateRestApi`, `GetRestApi(s)`, `UpdateRestApi`, `DeleteRestApi`. */
export function restApiOperations(store: ApiStore, deleted: (scope: Scope, apiId: string) => void) {
  return {
    CreateRestApi(input, call) {
      if (input.description === '') throw badRequest('Description cannot be an empty string');
      if (input.name === undefined || input.name === '') throw badRequest('Name cannot be empty');
      const endpointConfiguration = readEndpoint(input.endpointConfiguration);
      const minimumCompressionSize = readCompression(input.minimumCompressionSize);
      if (store.apis(call).length >= MOST_APIS)
        throw badRequest(
          'Maximum number of APIs for this account has been reached. Please contact AWS if you need additional APIs.',
        );
      const source = input.cloneFrom === undefined ? undefined : store.named(call, input.cloneFrom);
      const row = newApi(store, call, input.name, {
        ...source?.api,
        ...(input.description !== undefined && { description: input.description }),
        ...(input.version !== undefined && { version: input.version }),
        endpointConfiguration,
        ...(input.apiKeySource !== undefined && { apiKeySource: input.apiKeySource }),
        ...(input.binaryMediaTypes !== undefined && { binaryMediaTypes: input.binaryMediaTypes }),
        ...(minimumCompressionSize !== undefined && { minimumCompressionSize }),
        ...(input.disableExecuteApiEndpoint !== undefined && {
          disableExecuteApiEndpoint: input.disableExecuteApiEndpoint,
        }),
      });
      const { apiId } = row.api;
      const policy =
        input.policy === undefined || input.policy === '' ? undefined : readPolicy(input.policy, call, apiId);
      const { tags, securityPolicy, endpointAccessMode } = input;
      const made: ApiRow = {
        api: { ...row.api, policy },
        details: {
          ...row.details,
          ...(tags !== undefined && { tags: checkTags(call, tags) }),
          ...(securityPolicy !== undefined && { securityPolicy }),
          ...(endpointAccessMode !== undefined && { endpointAccessMode }),
        },
      };
      store.setApi(call, made);
      if (source === undefined) addRoot(store, call, made);
      else copyResources(store, call, source, made);
      return shownApi(made);
    },
    GetRestApi({ restApiId }, call) {
      return withTags(shownApi(store.named(call, restApiId)));
    },
    GetRestApis(page, call) {
      const { items, position } = pageOf(store.apis(call), ({ api }) => api.apiId, page);
      return { items: items.map(shownApi), position };
    },
    UpdateRestApi({ restApiId, patchOperations }, call) {
      const row = patched(store.named(call, restApiId), patchOperations, restApiPatches(call));
      store.setApi(call, row);
      return withTags(shownApi(row));
    },
    DeleteRestApi({ restApiId }, call) {
      const { api } = store.named(call, restApiId);
      deleted(call, api.apiId);
      store.deleteApi(call, api.apiId);
      return {};
    },
  } satisfies ApiGatewayOperations;
}

/** An API with AWS's defaults, not yet kept. */
export function newApi(
  store: ApiStore,
  scope: Scope,
  name: string,
  given: Partial<Omit<ApiRow['api'], 'apiId' | 'name' | 'rootResourceId'>>,
): ApiRow {
  const taken = (id: string): boolean => store.isTaken(id);
  return {
    api: {
      apiKeySource: 'HEADER',
      binaryMediaTypes: [],
      disableExecuteApiEndpoint: false,
      endpointConfiguration: readEndpoint(undefined),
      models: defaultModels(),
      requestValidators: {},
      authorizers: {},
      gatewayResponses: {},
      ...given,
      apiId: drawId(10, taken),
      name,
      rootResourceId: drawId(10, () => false),
    },
    details: { createdAt: store.cloud.clock.now() },
  };
}

/** Every API begins with its root. */
export function addRoot(store: ApiStore, scope: Scope, { api }: ApiRow): void {
  const { apiId, rootResourceId } = api;
  store.resources.set(scope, apiId, rootResourceId, { id: rootResourceId, path: '/', methods: {} });
}

function copyResources(store: ApiStore, scope: Scope, source: ApiRow, target: ApiRow): void {
  const ids = new Map([[source.api.rootResourceId, target.api.rootResourceId]]);
  const resources = store.resources.all(scope, source.api.apiId);
  for (const { id } of resources)
    if (!ids.has(id))
      ids.set(
        id,
        drawId(6, (drawn) => [...ids.values()].includes(drawn)),
      );
  for (const resource of resources) {
    const id = ids.get(resource.id) ?? resource.id;
    const parentId = resource.parentId === undefined ? undefined : ids.get(resource.parentId);
    store.resources.set(scope, target.api.apiId, id, {
      ...resource,
      id,
      ...(parentId !== undefined && { parentId }),
    });
  }
}

/** What every API has from its making, as recorded. */
function defaultModels(): Record<string, ModelDefinition> {
  const schema = (title: string, more: string): string =>
    `{\n  "$schema": "http://json-schema.org/draft-04/schema#",\n  "title" : "${title} Schema",\n  "type" : "object"${more}\n}`;
  const contentType = 'application/json';
  return {
    Empty: {
      id: drawId(6, () => false),
      name: 'Empty',
      description: 'This is a default empty schema model',
      schema: schema('Empty', ''),
      contentType,
    },
    Error: {
      id: drawId(6, () => false),
      name: 'Error',
      description: 'This is a default error schema model',
      schema: schema('Error', ',\n  "properties" : {\n    "message" : { "type" : "string" }\n  }'),
      contentType,
    },
  };
}

/** @throws BadRequestException */
export function readCompression(size: number | undefined): number | undefined {
  if (size !== undefined && !(Number.isInteger(size) && size >= 0 && size <= 10_485_760))
    throw badRequest('Invalid minimum compression size, must be between 0 and 10485760');
  return size;
}

/** An API as AWS shows it. */
export function shownApi({ api, details }: ApiRow): RestApi {
  const { tags, securityPolicy, endpointAccessMode, apiStatus } = details;
  return {
    id: api.apiId,
    name: api.name,
    description: api.description,
    createdDate: new Date(details.createdAt),
    version: api.version,
    ...(api.binaryMediaTypes.length > 0 && { binaryMediaTypes: [...api.binaryMediaTypes] }),
    minimumCompressionSize: api.minimumCompressionSize,
    apiKeySource: api.apiKeySource,
    endpointConfiguration: api.endpointConfiguration,
    ...(api.policy !== undefined && { policy: shownPolicy(api.policy) }),
    ...(tags !== undefined && Object.keys(tags).length > 0 && { tags }),
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    rootResourceId: api.rootResourceId,
    securityPolicy,
    endpointAccessMode,
    apiStatus,
  };
}

/** Recorded: what is asked for by name has tags, even none; what was just made or is listed has them where there are some. */
export function withTags<Shown extends { tags?: Record<string, string> | undefined }>(shown: Shown): Shown {
  return { ...shown, tags: shown.tags ?? {} };
}
