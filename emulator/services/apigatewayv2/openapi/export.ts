import { stringify } from 'yaml';
import { badRequest } from '../../../gateway/failures.ts';
import { said } from '../../../gateway/openapi/document.ts';
import type { ApiGatewayV2Operations } from '../client.ts';
import type {
  ApiDefinition,
  AuthorizerDefinition,
  IntegrationDefinition,
  RouteDefinition,
} from '../definition/definition.ts';
import type { ApiStore } from '../store/store.ts';

/** `ExportApi`: an HTTP API, or one of its stages, as OpenAPI 3.0. */
export function exportOperations(store: ApiStore) {
  return {
    ExportApi({ ApiId, StageName, Specification, OutputType, IncludeExtensions = true }, call) {
      const row = store.named(call, ApiId);
      const { apiId, protocolType } = row.api;
      if (protocolType !== 'HTTP') throw badRequest('Export is only supported for HTTP protocol Apis.');
      if (Specification !== 'OAS30') throw badRequest('Specification must be OAS30');
      if (OutputType !== 'JSON' && OutputType !== 'YAML') throw badRequest('OutputType must be JSON or YAML');
      let definition = store.definition(call, row);
      if (StageName !== undefined) {
        const { DeploymentId } = store.stageNamed(call, apiId, StageName);
        const snapshot =
          DeploymentId === undefined ? undefined : store.snapshots.get(call, apiId, DeploymentId);
        if (snapshot === undefined) throw badRequest('The stage has no deployment');
        ({ definition } = snapshot);
      }
      const document = exported(definition, IncludeExtensions, call.region, StageName);
      const told = OutputType === 'JSON' ? JSON.stringify(document, null, 2) : stringify(document);
      return { body: Buffer.from(told) };
    },
  } satisfies ApiGatewayV2Operations;
}

function exported(
  definition: ApiDefinition,
  extensions: boolean,
  region: string,
  stageName: string | undefined,
): object {
  const { apiId, name, description, version, corsConfiguration: cors, authorizers } = definition;
  const schemes = Object.values(authorizers).map((one) => [one.Name, schemeOf(one)] as const);
  const base = stageName === undefined || stageName === '$default' ? '' : stageName;
  return {
    openapi: '3.0.1',
    info: said({ title: name, description, version: version ?? '' }),
    servers: [
      {
        url: `https://${apiId}.execute-api.${region}.amazonaws.com/{basePath}`,
        variables: { basePath: { default: base } },
      },
    ],
    paths: pathsOf(definition, extensions),
    ...(schemes.length > 0 && { components: { securitySchemes: Object.fromEntries(schemes) } }),
    ...(extensions && {
      ...(cors !== undefined && {
        'x-amazon-apigateway-cors': said({
          allowMethods: cors.AllowMethods,
          allowHeaders: cors.AllowHeaders,
          exposeHeaders: cors.ExposeHeaders,
          maxAge: cors.MaxAge,
          allowCredentials: cors.AllowCredentials,
          allowOrigins: cors.AllowOrigins,
        }),
      }),
      'x-amazon-apigateway-importexport-version': '1.0',
    }),
  };
}

function pathsOf(definition: ApiDefinition, extensions: boolean): Record<string, object> {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of Object.values(definition.routes)) {
    const isDefault = route.RouteKey === '$default';
    const [method = 'ANY', path = ''] = isDefault ? ['ANY', '/$default'] : route.RouteKey.split(' ');
    // Without the extensions there is no word for any method.
    if (method === 'ANY' && !extensions) continue;
    const name = method === 'ANY' ? 'x-amazon-apigateway-any-method' : method.toLowerCase();
    (paths[path] ??= {})[name] = operationOf(definition, route, path, extensions, isDefault);
  }
  return paths;
}

function operationOf(
  { integrations, authorizers }: ApiDefinition,
  route: RouteDefinition,
  path: string,
  extensions: boolean,
  isDefaultRoute: boolean,
): object {
  const integration = integrations[route.Target?.replace(/^integrations\//, '') ?? ''];
  const authorizer = authorizers[route.AuthorizerId ?? ''];
  const parameters = [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    description: 'Generated path parameter',
    required: true,
    schema: { type: 'string' },
  }));
  return {
    ...said({ operationId: route.OperationName }),
    ...(parameters.length > 0 && { parameters }),
    responses: { default: { description: `Default response for ${route.RouteKey}` } },
    ...(authorizer !== undefined && { security: [{ [authorizer.Name]: route.AuthorizationScopes ?? [] }] }),
    ...(extensions && {
      ...(route.AuthorizationType === 'AWS_IAM' && { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } }),
      ...(isDefaultRoute && { isDefaultRoute }),
      ...(integration !== undefined && { 'x-amazon-apigateway-integration': integrationOf(integration) }),
    }),
  };
}

const integrationOf = (integration: IntegrationDefinition): object =>
  said({
    type: integration.IntegrationType.toLowerCase(),
    integrationSubtype: integration.IntegrationSubtype,
    credentials: integration.CredentialsArn,
    httpMethod: integration.IntegrationMethod,
    uri: integration.IntegrationUri,
    connectionType: integration.ConnectionType,
    connectionId: integration.ConnectionId,
    description: integration.Description,
    payloadFormatVersion: integration.PayloadFormatVersion,
    requestParameters: integration.RequestParameters,
    responseParameters: integration.ResponseParameters,
    timeoutInMillis: integration.TimeoutInMillis,
    tlsConfig:
      integration.TlsConfig === undefined
        ? undefined
        : said({ serverNameToVerify: integration.TlsConfig.ServerNameToVerify }),
  });

function schemeOf(authorizer: AuthorizerDefinition): object {
  const { IdentitySource = [], JwtConfiguration: jwt } = authorizer;
  const ofJwt = authorizer.AuthorizerType === 'JWT';
  return {
    ...(ofJwt ? { type: 'oauth2', flows: {} } : { type: 'apiKey', name: 'Unused', in: 'header' }),
    'x-amazon-apigateway-authorizer': said({
      type: authorizer.AuthorizerType.toLowerCase(),
      identitySource: IdentitySource.join(','),
      authorizerUri: authorizer.AuthorizerUri,
      authorizerCredentials: authorizer.AuthorizerCredentialsArn,
      authorizerPayloadFormatVersion: authorizer.AuthorizerPayloadFormatVersion,
      authorizerResultTtlInSeconds: authorizer.AuthorizerResultTtlInSeconds,
      enableSimpleResponses: authorizer.EnableSimpleResponses,
      jwtConfiguration: jwt && said({ audience: jwt.Audience, issuer: jwt.Issuer }),
    }),
  };
}
