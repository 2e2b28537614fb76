import type { ConnectionType, IntegrationType } from '@aws-sdk/client-apigatewayv2';
import { badRequest } from '../../../gateway/failures.ts';
import { own, part, said, text, textMap, whole, type Part } from '../../../gateway/openapi/document.ts';
import type { Scope } from '../../../service/call.ts';
import { newApi } from '../apis/apis.ts';
import { checkApi } from '../apis/check.ts';
import type { ShowApi } from '../apis/shown.ts';
import { newAuthorizer } from '../authorizers/authorizers.ts';
import { changed } from '../changes.ts';
import type { ApiGatewayV2Operations } from '../client.ts';
import type { AuthorizerDefinition } from '../definition/definition.ts';
import { autoDeploy } from '../deployments/auto-deploy.ts';
import { newIntegration } from '../integrations/new-integration.ts';
import { newRoute } from '../routes/new-route.ts';
import type { ApiRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';
import { payloadVersion } from './payload-version.ts';
import { HttpDocument, responseParametersOf, type Operation } from './read.ts';

/**
 * `ImportApi`, `ReimportApi`: HTTP APIs from OpenAPI 3.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html
 */
export function importOperations(store: ApiStore, show: ShowApi) {
  return {
    async ImportApi({ Body, Basepath = 'ignore' }, call) {
      const document = new HttpDocument(Body);
      const row = newApi(store, call, { Name: document.info.name, ProtocolType: 'HTTP' });
      try {
        return await show(call, fill(store, call, row, document, Basepath));
      } catch (error) {
        store.deleteApi(call, row.api.apiId);
        throw error;
      }
    },
    async ReimportApi({ ApiId, Body, Basepath = 'ignore' }, call) {
      const before = store.named(call, ApiId);
      if (before.api.protocolType !== 'HTTP')
        throw badRequest('Reimport is only supported for HTTP protocol Apis.');
      const { apiId } = before.api;
      const kept = store.definition(call, before);
      try {
        return await show(call, fill(store, call, before, new HttpDocument(Body), Basepath));
      } catch (error) {
        // What was there stays as it was.
        store.setApi(call, before);
        store.routes.clear(call, apiId);
        store.integrations.clear(call, apiId);
        for (const route of Object.values(kept.routes)) store.routes.set(call, apiId, route.RouteId, route);
        for (const one of Object.values(kept.integrations))
          store.integrations.set(call, apiId, one.IntegrationId, one);
        throw error;
      }
    },
  } satisfies ApiGatewayV2Operations;
}

/* Puts a document in place of what an API has. */
function fill(store: ApiStore, scope: Scope, row: ApiRow, document: HttpDocument, basepath: string): ApiRow {
  const { apiId } = row.api;
  store.routes.clear(scope, apiId);
  store.integrations.clear(scope, apiId);
  let api: ApiRow['api'] = {
    ...changed(row.api, { ...document.info, corsConfiguration: document.cors }),
    authorizers: {},
    models: {},
  };
  const schemes = new Map<string, AuthorizerDefinition>();
  for (const [name, given] of Object.entries(document.authorizers())) {
    const authorizer = newAuthorizer(api, given);
    schemes.set(name, authorizer);
    api = { ...api, authorizers: { ...api.authorizers, [authorizer.AuthorizerId]: authorizer } };
  }
  checkApi(api);
  const filled: ApiRow = { api, details: row.details };
  store.setApi(scope, filled);
  for (const operation of document.operations(basepath)) add(store, scope, api, document, schemes, operation);
  autoDeploy(store, scope, apiId);
  return filled;
}

function add(
  store: ApiStore,
  scope: Scope,
  api: ApiRow['api'],
  document: HttpDocument,
  schemes: ReadonlyMap<string, AuthorizerDefinition>,
  { routeKey, operation }: Operation,
): void {
  const { apiId } = api;
  const given = document.integrationOf(operation);
  let target: string | undefined;
  if (given !== undefined) {
    const integration = newIntegration(store, scope, api, integrationOf(given));
    store.integrations.set(scope, apiId, integration.IntegrationId, integration);
    target = `integrations/${integration.IntegrationId}`;
  }
  const security = document.securityOf(operation);
  const authorizer = security && schemes.get(security.scheme);
  const route = newRoute(store, scope, api, {
    RouteKey: routeKey,
    ...said({ Target: target, OperationName: text(own(operation, 'operationId')) }),
    ...(document.isSigned(operation, security?.scheme)
      ? { AuthorizationType: 'AWS_IAM' }
      : authorizer !== undefined && {
          AuthorizationType: authorizer.AuthorizerType === 'JWT' ? 'JWT' : 'CUSTOM',
          AuthorizerId: authorizer.AuthorizerId,
          ...(security !== undefined &&
            security.scopes.length > 0 && { AuthorizationScopes: security.scopes }),
        }),
  });
  store.routes.set(scope, apiId, route.RouteId, route);
}

function integrationOf(given: Part): Parameters<typeof newIntegration>[3] {
  const type = text(own(given, 'type'))?.toUpperCase();
  const subtype = text(own(given, 'integrationSubtype'));
  const verify = text(own(part(own(given, 'tlsConfig')), 'serverNameToVerify'));
  return {
    IntegrationType: type as IntegrationType,
    ...said({
      ConnectionId: text(own(given, 'connectionId')),
      ConnectionType: text(own(given, 'connectionType'))?.toUpperCase() as ConnectionType | undefined,
      CredentialsArn: text(own(given, 'credentials')),
      Description: text(own(given, 'description')),
      IntegrationMethod: text(own(given, 'httpMethod'))
        ?.toUpperCase()
        .replace('X-AMAZON-APIGATEWAY-ANY-METHOD', 'ANY'),
      IntegrationSubtype: subtype,
      IntegrationUri: text(own(given, 'uri')),
      PayloadFormatVersion: payloadVersion(own(given, 'payloadFormatVersion')),
      RequestParameters: textMap(own(given, 'requestParameters')),
      ResponseParameters: responseParametersOf(given),
      TimeoutInMillis: whole(own(given, 'timeoutInMillis')),
      TlsConfig: verify === undefined ? undefined : { ServerNameToVerify: verify },
    }),
  };
}
