import type { ApiDefinition } from '../../definition/definition.ts';
import type { ImportOptions } from '../import/options.ts';

/** An API with only a root, and ids that count. */
export function emptyApi(change: Partial<ApiDefinition> = {}): ApiDefinition {
  return {
    apiId: 'abc123',
    name: 'before',
    apiKeySource: 'HEADER',
    binaryMediaTypes: [],
    disableExecuteApiEndpoint: false,
    endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
    rootResourceId: 'root',
    resources: { root: { id: 'root', path: '/', methods: {} } },
    models: {},
    requestValidators: {},
    authorizers: {},
    gatewayResponses: {},
    ...change,
  };
}

export function importOptions(change: Partial<ImportOptions> = {}): ImportOptions {
  let count = 0;
  return {
    existing: emptyApi(),
    mode: 'overwrite',
    basePath: 'ignore',
    failOnWarnings: false,
    newId: () => `id${(count += 1)}`,
    ...change,
  };
}

/** A definition where names and paths stand for ids, and order does not matter: what two imports have in common. */
export function withoutIds(api: ApiDefinition): unknown {
  const byName = <T extends { readonly name: string; readonly id: string }>(
    all: Readonly<Record<string, T>>,
  ): unknown => Object.fromEntries(Object.values(all).map((one) => [one.name, { ...one, id: one.name }]));
  const resources = Object.values(api.resources).map(({ id, parentId, methods, ...resource }) => [
    resource.path,
    {
      ...resource,
      parent: parentId === undefined ? undefined : api.resources[parentId]?.path,
      methods: Object.fromEntries(
        Object.entries(methods).map(([name, method]) => [
          name,
          {
            ...method,
            authorizerId: api.authorizers[method.authorizerId ?? '']?.name,
            requestValidatorId: api.requestValidators[method.requestValidatorId ?? '']?.name,
            integration:
              method.integration?.cacheNamespace === id
                ? { ...method.integration, cacheNamespace: 'own' }
                : method.integration,
          },
        ]),
      ),
    },
  ]);
  return {
    ...api,
    resources: Object.fromEntries(resources) as unknown,
    models: Object.fromEntries(
      Object.values(api.models).map(({ schema, ...model }) => [
        model.name,
        { ...model, id: model.name, schema: JSON.parse(schema ?? '{}') as unknown },
      ]),
    ),
    requestValidators: byName(api.requestValidators),
    authorizers: byName(api.authorizers),
  };
}
