import type { IntegrationType } from '@aws-sdk/client-api-gateway';
import { badRequest } from '../../../gateway/failures.ts';

/**
 * Checks where an integration leads. Stage variables may stand anywhere in it.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html#apigw-PutIntegration-request-uri
 * @throws BadRequestException in the recorded words
 */
export function checkUri(type: IntegrationType, uri: string | undefined): void {
  if (type === 'MOCK') return;
  if (type === 'HTTP' || type === 'HTTP_PROXY') {
    if (!isHttp(uri ?? '')) throw badRequest('Invalid HTTP endpoint specified for URI');
    return;
  }
  const parts = (uri ?? '').split(':');
  const [arn, partition = '', , region, service, ...rest] = parts;
  if (arn !== 'arn' || !partition.startsWith('aws') || parts.length < 6)
    throw badRequest('Invalid ARN specified in the request');
  const target = rest.join(':');
  if (parts[2] !== 'apigateway' || !/^(path|action)\//.test(target))
    throw badRequest('AWS ARN for integration must contain path or action');
  if (region === '' || service === '') throw badRequest('Invalid ARN specified in the request');
  if (type === 'AWS_PROXY' && !isProxied(service ?? '', target))
    throw badRequest(
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    );
}

function isHttp(uri: string): boolean {
  if (!/^https?:\/\//i.test(uri)) return false;
  return URL.canParse(uri.replaceAll(/\$\{stageVariables\.[^}]*\}/g, 'v').replaceAll(/[{}]/g, ''));
}

function isProxied(service: string, target: string): boolean {
  if (service === 'lambda')
    return /^path\/20\d\d-\d\d-\d\d\/functions\/.+\/(invocations|response-streaming-invocations)$/s.test(
      target,
    );
  return service === 'firehose' && target.startsWith('action/Put');
}
