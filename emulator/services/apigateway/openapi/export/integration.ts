import type { IntegrationDefinition } from '../../definition/definition.ts';
import { said } from '../../../../gateway/openapi/document.ts';

/** As recorded on AWS: what is as it always is, is left out. */
export function exportIntegration(
  integration: IntegrationDefinition,
  resourceId: string,
): Record<string, unknown> {
  const responses = Object.values(integration.integrationResponses).map((one) => [
    one.selectionPattern === undefined || one.selectionPattern === '' ? 'default' : one.selectionPattern,
    said({
      statusCode: one.statusCode,
      responseParameters: one.responseParameters,
      responseTemplates: one.responseTemplates,
      contentHandling: one.contentHandling,
    }),
  ]);
  const keys = integration.cacheKeyParameters ?? [];
  return said({
    type: integration.type.toLowerCase(),
    connectionType: integration.connectionType,
    connectionId: integration.connectionId,
    credentials: integration.credentials,
    httpMethod: integration.httpMethod,
    uri: integration.uri,
    responses: responses.length === 0 ? undefined : (Object.fromEntries(responses) as unknown),
    requestParameters: integration.requestParameters,
    requestTemplates: integration.requestTemplates,
    passthroughBehavior: integration.passthroughBehavior.toLowerCase(),
    timeoutInMillis: integration.timeoutInMillis === 29_000 ? undefined : integration.timeoutInMillis,
    cacheNamespace: integration.cacheNamespace === resourceId ? undefined : integration.cacheNamespace,
    cacheKeyParameters: keys.length === 0 ? undefined : [...keys],
    contentHandling: integration.contentHandling,
    tlsConfig: integration.tlsConfig,
  });
}
