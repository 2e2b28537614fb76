import type { CreateIntegrationRequest } from '@aws-sdk/client-apigatewayv2';
import { drawId } from '../../../gateway/ids.ts';
import { said } from '../../../gateway/openapi/document.ts';
import type { Scope } from '../../../service/call.ts';
import type { IntegrationDefinition } from '../definition/definition.ts';
import type { ApiRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';
import { checkIntegration } from './check.ts';

/** An integration with AWS's defaults, not yet kept. @throws BadRequestException */
export function newIntegration(
  store: ApiStore,
  scope: Scope,
  { apiId, protocolType }: Pick<ApiRow['api'], 'apiId' | 'protocolType'>,
  input: Omit<CreateIntegrationRequest, 'ApiId'>,
): IntegrationDefinition {
  const { IntegrationType = 'AWS_PROXY', IntegrationSubtype } = input;
  const ofHttp = protocolType === 'HTTP';
  const mapped = ['AWS', 'HTTP', 'MOCK'].includes(IntegrationType);
  const integration: IntegrationDefinition = {
    ConnectionType: 'INTERNET',
    TimeoutInMillis: ofHttp ? 30_000 : 29_000,
    // AWS wants to be told for Lambda, and only there: it is the only one that has a choice.
    PayloadFormatVersion:
      ofHttp && IntegrationType === 'AWS_PROXY' && IntegrationSubtype === undefined ? '' : '1.0',
    ...(mapped && { PassthroughBehavior: 'WHEN_NO_MATCH' as const }),
    ...selection(IntegrationType),
    ...(IntegrationType === 'AWS_PROXY' && IntegrationSubtype === undefined && { IntegrationMethod: 'POST' }),
    ...said(input),
    IntegrationType,
    IntegrationId: drawId(7, (id) => store.integrations.has(scope, apiId, id)),
    integrationResponses: {},
  };
  checkIntegration(protocolType, integration);
  return integration;
}

/* What chooses among the integration's responses. */
function selection(type: string): Pick<IntegrationDefinition, 'IntegrationResponseSelectionExpression'> {
  if (type === 'MOCK' || type === 'HTTP')
    return { IntegrationResponseSelectionExpression: '${integration.response.statuscode}' };
  return type === 'AWS'
    ? { IntegrationResponseSelectionExpression: '${integration.response.body.errorMessage}' }
    : {};
}
