import { compiledApi, type CompiledApi } from '../../../apigateway/execution/snapshot/api.ts';
import type { ApiDefinition } from '../../definition/definition.ts';

const made = new WeakMap<ApiDefinition, CompiledApi>();

/**
 * What back ends of REST APIs ask of their API, for a WebSocket API: it has no paths, no policy, and of a back end's
 * answers those are bytes whose type says so.
 */
export function gatewayOf(definition: ApiDefinition): CompiledApi {
  let gateway = made.get(definition);
  if (gateway === undefined) {
    gateway = compiledApi({
      apiId: definition.apiId,
      name: definition.name,
      apiKeySource: 'HEADER',
      binaryMediaTypes: ['application/octet-stream', 'image/*', 'audio/*', 'video/*'],
      disableExecuteApiEndpoint: definition.disableExecuteApiEndpoint,
      endpointConfiguration: {},
      rootResourceId: '',
      resources: {},
      models: {},
      requestValidators: {},
      authorizers: {},
      gatewayResponses: {},
    });
    made.set(definition, gateway);
  }
  return gateway;
}
