import type { EndpointConfiguration, EndpointType } from '@aws-sdk/client-api-gateway';
import { ServiceFailure } from '../../../../service/failure.ts';
import type { ApiDefinition, GatewayResponseDefinition } from '../../definition/definition.ts';
import { GATEWAY_RESPONSE_TYPES } from '../../responses/types.ts';
import {
  invalidDocument,
  isPart,
  own,
  part,
  parts,
  readDocument,
  said,
  text,
  textMap,
  texts,
  whole,
  type ApiDocument,
  type Part,
} from '../../../../gateway/openapi/document.ts';
import { basePathOf, prefixFor } from './base-path.ts';
import { importAuthorizers } from './authorizers.ts';
import { ModelImport } from './models.ts';
import type { Imported, ImportOptions } from './options.ts';
import { importPaths } from './paths.ts';

/**
 * Makes an API of an OpenAPI 3.0 or Swagger 2.0 document with AWS's extensions.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 * @throws ServiceFailure BadRequestException: no such document, errors in it, or warnings that shall fail
 */
export function importApi(body: Uint8Array | string, options: ImportOptions): Imported {
  const document = readDocument(body);
  const { root } = document;
  const title = text(part(own(root, 'info'))['title']);
  if (title === undefined || !isPart(own(root, 'paths') ?? {})) throw invalidDocument();
  const { existing } = options;
  const merging = options.mode === 'merge';
  const warnings: string[] = [];
  const errors: string[] = [];
  const models = new ModelImport(document, options, errors);
  const requestValidators = validatorsOf(root, options);
  const authorizers = importAuthorizers(document, options);
  const resources = importPaths({
    document,
    options,
    prefix: prefixFor(options.basePath, basePathOf(document)),
    models,
    requestValidators,
    authorizers,
    warnings,
    errors,
  });
  if (errors.length > 0) throw found('Errors', errors);
  if (options.failOnWarnings && warnings.length > 0) throw found('Warnings', warnings);
  return {
    warnings,
    definition: said<ApiDefinition>({
      ...existing,
      ...settings(document, options),
      name: title,
      resources,
      models: { ...(merging ? existing.models : {}), ...models.all() },
      requestValidators,
      authorizers,
      gatewayResponses: { ...(merging ? existing.gatewayResponses : {}), ...gatewayResponses(root) },
    }),
  };
}

const found = (what: 'Errors' | 'Warnings', all: readonly string[]): ServiceFailure =>
  new ServiceFailure(
    'BadRequestException',
    `${what} found during import:${all.map((one) => `\n\t${one}`).join('')}`,
  );

/** What the document says of the API itself; the rest stays as it is. */
function settings({ root, dialect }: ApiDocument, options: ImportOptions): Partial<ApiDefinition> {
  const info = part(own(root, 'info'));
  const servers = dialect === 'oas30' ? parts(own(root, 'servers')) : [];
  const endpoint = part(
    own(root, 'x-amazon-apigateway-endpoint-configuration') ??
      servers
        .map((one) => own(one, 'x-amazon-apigateway-endpoint-configuration'))
        .find((one) => one !== undefined),
  );
  const source = text(own(root, 'x-amazon-apigateway-api-key-source'))?.toUpperCase();
  const policy = own(root, 'x-amazon-apigateway-policy');
  const binary = own(root, 'x-amazon-apigateway-binary-media-types');
  return said<Partial<ApiDefinition>>({
    description: text(info['description']),
    version: text(info['version']),
    apiKeySource: source === 'AUTHORIZER' || source === 'HEADER' ? source : undefined,
    binaryMediaTypes: binary === undefined ? undefined : texts(binary),
    minimumCompressionSize: whole(own(root, 'x-amazon-apigateway-minimum-compression-size')),
    policy: isPart(policy) ? JSON.stringify(policy) : undefined,
    disableExecuteApiEndpoint: flag(endpoint['disableExecuteApiEndpoint']),
    endpointConfiguration: endpointConfiguration(endpoint, options),
  });
}

const TYPES: readonly string[] = ['EDGE', 'REGIONAL', 'PRIVATE'];

function endpointConfiguration(
  endpoint: Part,
  { existing, endpointTypes }: ImportOptions,
): EndpointConfiguration {
  const types = texts(endpoint['types'])
    .map((type) => type.toUpperCase())
    .filter((type): type is EndpointType => TYPES.includes(type));
  const vpcEndpoints = own(endpoint, 'vpcEndpointIds');
  return {
    ...existing.endpointConfiguration,
    ...(types.length > 0 ? { types } : {}),
    ...(vpcEndpoints === undefined ? {} : { vpcEndpointIds: texts(vpcEndpoints) }),
    ...(endpointTypes === undefined ? {} : { types: [...endpointTypes] }),
  };
}

const flag = (value: unknown): boolean | undefined =>
  value === undefined ? undefined : value === true || value === 'true';

function validatorsOf(
  root: Part,
  { existing, mode, newId }: ImportOptions,
): ApiDefinition['requestValidators'] {
  const before = Object.values(existing.requestValidators);
  const named = Object.entries(part(own(root, 'x-amazon-apigateway-request-validators'))).map(
    ([name, value]) => {
      const id = before.find((one) => one.name === name)?.id ?? newId();
      return {
        id,
        name,
        validateRequestBody: flag(part(value)['validateRequestBody']) ?? false,
        validateRequestParameters: flag(part(value)['validateRequestParameters']) ?? false,
      };
    },
  );
  const kept = mode === 'merge' ? before.filter((one) => !named.some(({ name }) => name === one.name)) : [];
  return Object.fromEntries([...kept, ...named].map((one) => [one.id, one]));
}

function gatewayResponses(root: Part): ApiDefinition['gatewayResponses'] {
  const all = part(own(root, 'x-amazon-apigateway-gateway-responses'));
  return Object.fromEntries(
    GATEWAY_RESPONSE_TYPES.filter((type) => Object.hasOwn(all, type)).map((responseType) => {
      const value = part(all[responseType]);
      return [
        responseType,
        said<GatewayResponseDefinition>({
          responseType,
          statusCode: text(value['statusCode']),
          responseParameters: textMap(value['responseParameters']),
          responseTemplates: textMap(value['responseTemplates']),
        }),
      ];
    }),
  );
}
