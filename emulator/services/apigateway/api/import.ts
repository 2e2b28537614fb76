import type { EndpointType } from '@aws-sdk/client-api-gateway';
import type { Call, Scope } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import type { ApiGatewayOperations } from '../client.ts';
import type { ApiDefinition } from '../definition/definition.ts';
import { badRequest } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { importApi } from '../openapi/import/import.ts';
import type { ImportOptions, Imported } from '../openapi/import/options.ts';
import type { ApiRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';
import { endpoint, readEndpointType } from './endpoints.ts';
import { readPolicy } from './policy.ts';
import { newApi, shownApi, withTags } from './rest-apis.ts';

type Parameters = Readonly<Record<string, string>> | undefined;

/** `ImportRestApi`, `PutRestApi`: an API from an OpenAPI document. */
export function importOperations(
  store: ApiStore,
  documented: (call: Call, apiId: string, body: Uint8Array) => void,
) {
  /** Keeps an API as an import made it. */
  const keep = (
    call: Call,
    row: ApiRow,
    { definition, warnings }: Imported,
    body: Uint8Array,
    parameters: Parameters,
  ) => {
    const { resources, ...api } = checked(definition, call);
    const kept: ApiRow = { ...row, api };
    store.setApi(call, kept);
    for (const { id } of store.resources.all(call, api.apiId))
      if (!Object.hasOwn(resources, id)) store.resources.delete(call, api.apiId, id);
    for (const resource of Object.values(resources))
      store.resources.set(call, api.apiId, resource.id, resource);
    if (parameters?.['ignore'] !== 'documentation') documented(call, api.apiId, body);
    return { ...shownApi(kept), ...(warnings.length > 0 && { warnings: [...warnings] }) };
  };
  return {
    ImportRestApi({ body, parameters, failOnWarnings }, call) {
      const bytes = required(body, 'body');
      const row = newApi(store, call, '', { models: {} });
      const { rootResourceId: id } = row.api;
      const existing: ApiDefinition = { ...row.api, resources: { [id]: { id, path: '/', methods: {} } } };
      const options = optionsOf(existing, parameters, failOnWarnings);
      return keep(call, row, importApi(bytes, { ...options, mode: 'overwrite' }), bytes, parameters);
    },
    PutRestApi({ restApiId, body, mode, parameters, failOnWarnings }, call) {
      const bytes = required(body, 'body');
      const row = store.named(call, restApiId);
      const options = optionsOf(store.definition(call, row), parameters, failOnWarnings);
      const imported = importApi(bytes, { ...options, mode: mode ?? 'merge' });
      return withTags(keep(call, row, imported, bytes, parameters));
    },
  } satisfies ApiGatewayOperations;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/import-api-basePath.html */
function optionsOf(
  existing: ApiDefinition,
  parameters: Parameters = {},
  failOnWarnings: boolean | undefined,
): Omit<ImportOptions, 'mode'> {
  const basePath = parameters['basepath'] ?? parameters['basePath'] ?? 'ignore';
  if (basePath !== 'ignore' && basePath !== 'prepend' && basePath !== 'split')
    throw badRequest('Invalid basepath parameter specified. Must be one of: [ignore, prepend, split]');
  const types = parameters['endpointConfigurationTypes'];
  const drawn = new Set<string>();
  return {
    existing,
    basePath,
    failOnWarnings: failOnWarnings ?? false,
    endpointTypes: types?.split(',').map((type): EndpointType => readEndpointType(type.trim())),
    newId: () => {
      const id = drawId(6, (one) => drawn.has(one) || Object.hasOwn(existing.resources, one));
      drawn.add(id);
      return id;
    },
  };
}

/** What the other ways to make an API check too. @throws BadRequestException */
function checked(definition: ApiDefinition, scope: Scope): ApiDefinition {
  const { types = [], ipAddressType, vpcEndpointIds } = definition.endpointConfiguration;
  if (types.length > 1) throw badRequest('Cannot create an api with multiple Endpoint Types.');
  const type = types[0] ?? 'EDGE';
  // IPv4 is what the API had before a document made it private.
  const address = type === 'PRIVATE' ? 'dualstack' : ipAddressType;
  const { policy } = definition;
  return {
    ...definition,
    endpointConfiguration: endpoint(type, address, vpcEndpointIds),
    ...(policy !== undefined && { policy: readPolicy(policy, scope, definition.apiId) }),
  };
}
