import { compiledApi, type CompiledApi } from '../../../apigateway/execution/snapshot/api.ts';
import type { MethodDefinition } from '../../../apigateway/definition/definition.ts';
import type { ApiDefinition, RouteDefinition } from '../../definition/definition.ts';
import { selected, type Lookup } from '../routes/selection.ts';

/** Routes have none of their own: what they ask of a message always counts. */
const VALIDATOR = 'route';

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
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html
      apiKeySource:
        definition.apiKeySelectionExpression === '$context.authorizer.usageIdentifierKey'
          ? 'AUTHORIZER'
          : 'HEADER',
      binaryMediaTypes: ['application/octet-stream', 'image/*', 'audio/*', 'video/*'],
      disableExecuteApiEndpoint: definition.disableExecuteApiEndpoint,
      endpointConfiguration: {},
      rootResourceId: '',
      resources: {},
      models: Object.fromEntries(
        Object.values(definition.models).map(({ ModelId, Name, ContentType, Schema }) => [
          Name,
          { id: ModelId, name: Name, contentType: ContentType, schema: Schema },
        ]),
      ),
      requestValidators: {
        [VALIDATOR]: {
          id: VALIDATOR,
          name: VALIDATOR,
          validateRequestBody: true,
          validateRequestParameters: true,
        },
      },
      authorizers: {},
      gatewayResponses: {},
    });
    made.set(definition, gateway);
  }
  return gateway;
}

/** What a route asks of a message: the model that it selects, and parameters that must be there. */
export function contractOf(
  { RequestModels = {}, ModelSelectionExpression = '', RequestParameters = {} }: RouteDefinition,
  lookup: Lookup,
): Pick<MethodDefinition, 'requestValidatorId' | 'requestModels' | 'requestParameters'> {
  const key = selected(ModelSelectionExpression, lookup);
  const model = Object.hasOwn(RequestModels, key) ? RequestModels[key] : RequestModels['$default'];
  return {
    requestValidatorId: VALIDATOR,
    ...(model !== undefined && { requestModels: { $default: model } }),
    requestParameters: Object.fromEntries(
      Object.entries(RequestParameters).map(([name, { Required = false }]) => [
        name.replace(/^route\./, 'method.'),
        Required,
      ]),
    ),
  };
}
