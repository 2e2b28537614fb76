import type { ProtocolType } from '@aws-sdk/client-apigatewayv2';
import { badRequest, notBuilt } from '../../../gateway/failures.ts';
import type { IntegrationDefinition } from '../definition/definition.ts';
import { checkRequestParameters, checkResponseParameters } from './parameters.ts';
import { SUBTYPES } from './subtypes.ts';

const METHODS: readonly string[] = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/**
 * Checks what an integration would be after its making or a change.
 * @throws BadRequestException in AWS's words where they are known
 */
export function checkIntegration(protocol: ProtocolType, integration: IntegrationDefinition): void {
  const { TimeoutInMillis, ConnectionType, ConnectionId } = integration;
  const longest = protocol === 'HTTP' ? 30_000 : 29_000;
  if (TimeoutInMillis < 50 || TimeoutInMillis > longest)
    throw badRequest(`Timeout should be between 50 ms and ${longest} ms`);
  if (ConnectionType === 'VPC_LINK' && (ConnectionId === undefined || ConnectionId === ''))
    throw badRequest('ConnectionId must be set to vpcLinkId for ConnectionType VPC_LINK');
  checkPayload(protocol, integration);
  if (protocol === 'HTTP') checkOfHttp(integration);
  else if (integration.IntegrationSubtype !== undefined)
    throw badRequest('IntegrationSubtype is only supported for HTTP protocolType');
  checkUri(integration);
}

function checkPayload(protocol: ProtocolType, integration: IntegrationDefinition): void {
  const { PayloadFormatVersion: version, IntegrationType: type } = integration;
  if (version === '') throw badRequest('PayloadFormatVersion is a required parameter for integration');
  if ((version !== '1.0' && version !== '2.0') || (protocol !== 'HTTP' && version === '2.0'))
    throw badRequest(`Unsupported PayloadFormatVersion: ${version}`);
  if (version === '2.0' && type !== 'AWS_PROXY')
    throw badRequest(`PayloadFormatVersion 2.0 is not supported for integration of type ${type}`);
}

function checkOfHttp(integration: IntegrationDefinition): void {
  const { IntegrationType: type, IntegrationSubtype: subtype, IntegrationMethod: method } = integration;
  if (type !== 'AWS_PROXY' && type !== 'HTTP_PROXY')
    throw badRequest(`Integration type ${type} is not supported for HTTP protocol Apis.`);
  if (type === 'HTTP_PROXY' && method === undefined)
    throw badRequest('HttpMethod parameter method must be specified for integrationType HTTPPROXY');
  if (method !== undefined && !METHODS.includes(method))
    throw badRequest(`Invalid HTTP method specified: ${method}`);
  checkResponseParameters(integration.ResponseParameters);
  if (subtype === undefined) checkRequestParameters(integration.RequestParameters);
  else checkSubtype(subtype, integration);
}

function checkSubtype(subtype: string, integration: IntegrationDefinition): void {
  const known = Object.hasOwn(SUBTYPES, subtype) ? SUBTYPES[subtype] : undefined;
  if (known === undefined || integration.PayloadFormatVersion !== '1.0')
    throw badRequest(`Operation: ${subtype} is not supported.`);
  if (known.service === undefined) throw notBuilt(`integrations of subtype ${subtype}`);
  if (integration.CredentialsArn === undefined || integration.CredentialsArn === '')
    throw badRequest(`Role ARN must be specified for AWS integration configuration with Subtype: ${subtype}`);
  const given = integration.RequestParameters ?? {};
  if (known.required.some((name) => !Object.hasOwn(given, name)))
    throw badRequest(
      `Operation: ${subtype} requires enabling passthrough, or defining all of the following parameters: [${known.required.join(', ')}]`,
    );
}

function checkUri(integration: IntegrationDefinition): void {
  const { IntegrationType: type, IntegrationUri: uri = '', ConnectionType, IntegrationSubtype } = integration;
  if (type === 'MOCK' || IntegrationSubtype !== undefined) return;
  if (type === 'AWS_PROXY' || type === 'AWS') {
    if (!uri.startsWith('arn:')) throw badRequest('Invalid integration URI specified');
    return;
  }
  if (ConnectionType === 'VPC_LINK' && uri.startsWith('arn:')) return;
  const plain = uri.replaceAll(/\$\{stageVariables\.[^}]*\}/g, 'v').replaceAll(/[{}]/g, '');
  if (!/^https?:\/\//i.test(plain) || !URL.canParse(plain))
    throw badRequest('Invalid HTTP endpoint specified for URI');
}
