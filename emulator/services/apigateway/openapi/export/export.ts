import { stringify } from 'yaml';
import type { ApiDefinition } from '../../definition/definition.ts';
import { said, type Dialect } from '../../../../gateway/openapi/document.ts';
import { toDocument } from '../schema-refs.ts';
import { exportPaths } from './paths.ts';
import { exportSchemes } from './security.ts';

export type Extension = 'integrations' | 'authorizers' | 'apigateway' | 'postman';

export interface ExportOptions {
  readonly dialect: Dialect;
  readonly stageName: string;
  /** `abc123.execute-api.us-east-1.amazonaws.com` */
  readonly host: string;
  /** For an API without one: when the deployment was made, `2016-11-17T07:03:59Z`. */
  readonly version: string;
  readonly extensions: ReadonlySet<Extension>;
}

/** What of AWS's extensions goes in. */
export interface Detail {
  readonly dialect: Dialect;
  readonly integrations: boolean;
  readonly authorizers: boolean;
  readonly all: boolean;
}

/** `extensions=apigateway` has all of them; `postman` comes with integrations, as AWS asks. */
export function extensionsOf(
  parameters: Readonly<Record<string, string>> | undefined,
): ReadonlySet<Extension> {
  const known: readonly string[] = ['integrations', 'authorizers', 'apigateway', 'postman'];
  return new Set(
    (parameters?.['extensions'] ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter((one): one is Extension => known.includes(one)),
  );
}

/**
 * A deployed API as a document.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html
 */
export function exportApi(definition: ApiDefinition, options: ExportOptions): Record<string, unknown> {
  const { dialect, extensions } = options;
  const all = extensions.has('apigateway');
  const detail: Detail = {
    dialect,
    all,
    integrations: all || extensions.has('integrations') || extensions.has('postman'),
    authorizers: all || extensions.has('authorizers'),
  };
  const info = said({
    title: definition.name,
    description: definition.description,
    version: definition.version ?? options.version,
  });
  const paths = exportPaths(definition, detail);
  const schemas = schemasOf(definition, dialect);
  const schemes = exportSchemes(definition, detail);
  const own = all ? extensionsOfApi(definition, dialect) : {};
  if (dialect === 'swagger') {
    return said({
      swagger: '2.0',
      info,
      host: options.host,
      basePath: `/${options.stageName}`,
      schemes: ['https'],
      paths,
      securityDefinitions: schemes,
      definitions: schemas,
      ...own,
    });
  }
  const { endpoint, ...others } = own;
  return {
    openapi: '3.0.1',
    info,
    servers: [
      said({
        url: `https://${options.host}/{basePath}`,
        variables: { basePath: { default: options.stageName } },
        'x-amazon-apigateway-endpoint-configuration': endpoint,
      }),
    ],
    paths,
    components: said({ schemas, securitySchemes: schemes }),
    ...others,
  };
}

/** As a file: its text, and the name that AWS gives it. */
export function exportFile(
  definition: ApiDefinition,
  options: ExportOptions & { readonly yaml: boolean },
): { readonly text: string; readonly filename: string } {
  const document = exportApi(definition, options);
  const ending = options.yaml ? 'yaml' : 'json';
  return {
    text: options.yaml
      ? stringify(document, { aliasDuplicateObjects: false })
      : JSON.stringify(document, null, 2),
    filename: `${options.dialect}_${definition.version ?? options.version}.${ending}`,
  };
}

function schemasOf(definition: ApiDefinition, dialect: Dialect): Record<string, unknown> | undefined {
  const models = Object.values(definition.models);
  if (models.length === 0) return undefined;
  return Object.fromEntries(models.map(({ name, schema }) => [name, toDocument(parsed(schema), dialect)]));
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined || text === '' ? {} : (JSON.parse(text) as unknown);
  } catch {
    return {};
  }
}

function extensionsOfApi(
  definition: ApiDefinition,
  dialect: Dialect,
): Record<string, unknown> & { endpoint?: unknown } {
  const { gatewayResponses, requestValidators, binaryMediaTypes, policy } = definition;
  const responses = Object.values(gatewayResponses).map((one): [string, unknown] => [
    one.responseType,
    said({
      statusCode: one.statusCode,
      responseParameters: one.responseParameters,
      responseTemplates: one.responseTemplates,
    }),
  ]);
  const validators = Object.values(requestValidators).map(
    ({ name, validateRequestBody, validateRequestParameters }): [string, unknown] => [
      name,
      { validateRequestBody, validateRequestParameters },
    ],
  );
  const endpoint = endpointOf(definition);
  return said({
    'x-amazon-apigateway-gateway-responses':
      responses.length === 0 ? undefined : Object.fromEntries(responses),
    'x-amazon-apigateway-request-validators':
      validators.length === 0 ? undefined : Object.fromEntries(validators),
    'x-amazon-apigateway-binary-media-types':
      binaryMediaTypes.length === 0 ? undefined : [...binaryMediaTypes],
    'x-amazon-apigateway-minimum-compression-size': definition.minimumCompressionSize,
    'x-amazon-apigateway-api-key-source':
      definition.apiKeySource === 'AUTHORIZER' ? definition.apiKeySource : undefined,
    'x-amazon-apigateway-policy': policy === undefined ? undefined : parsed(policy),
    ...(dialect === 'swagger' ? { 'x-amazon-apigateway-endpoint-configuration': endpoint } : { endpoint }),
  });
}

function endpointOf({ disableExecuteApiEndpoint, endpointConfiguration }: ApiDefinition): unknown {
  const { vpcEndpointIds } = endpointConfiguration;
  if (!disableExecuteApiEndpoint && vpcEndpointIds === undefined) return undefined;
  return said({
    disableExecuteApiEndpoint: disableExecuteApiEndpoint ? true : undefined,
    vpcEndpointIds,
  });
}
