import type { InvokeResult } from '../../../../lambda/port.ts';
import { javaMap } from '../../logs/java-map.ts';
import type { Passage } from '../../passage.ts';
import type { FunctionTarget } from '../../../../../gateway/functions/function.ts';

const endpointOf = ({ scope, arn }: FunctionTarget): string =>
  `https://lambda.${scope.region}.amazonaws.com/2015-03-31/functions/${arn}/invocations`;

/** Notes what a function is asked, in the lines that AWS has. */
export function noteAsked({ log, context }: Passage, target: FunctionTarget, payload: Uint8Array): void {
  log.data(() => `Endpoint request URI: ${endpointOf(target)}`);
  log.data(
    () =>
      `Endpoint request headers: ${javaMap({
        'x-amzn-lambda-integration-tag': context.requestId,
        Authorization: '*'.repeat(24),
        'X-Amz-Date': new Date(context.requestTimeEpoch).toISOString().replace(/[-:]|\.\d+/g, ''),
        'x-amzn-apigateway-api-id': context.apiId,
        Accept: 'application/json',
        'User-Agent': `AmazonAPIGateway_${context.apiId}`,
      })} [TRUNCATED]`,
  );
  log.data(() => `Endpoint request body after transformations: ${Buffer.from(payload).toString('utf8')}`);
  log.info(() => `Sending request to ${endpointOf(target)}`);
}

/** Notes what a function has answered. @param latency ms */
export function noteAnswered(
  { log, trace, context }: Passage,
  { payload, requestId, executedVersion }: InvokeResult,
  latency: number,
): void {
  log.info(() => `Received response. Status: 200, Integration latency: ${latency} ms`);
  log.data(
    () =>
      `Endpoint response headers: ${javaMap({
        Date: new Date(context.requestTimeEpoch + latency).toUTCString(),
        'Content-Type': 'application/json',
        'Content-Length': String(payload.length),
        Connection: 'keep-alive',
        'x-amzn-RequestId': requestId,
        'x-amzn-Remapped-Content-Length': '0',
        'X-Amz-Executed-Version': executedVersion,
        'X-Amzn-Trace-Id': trace,
      })}`,
  );
  log.data(() => `Endpoint response body before transformations: ${Buffer.from(payload).toString('utf8')}`);
}

/** Leaves in `$context` what access logs tell of a function's answer. */
export function noteResult(
  { context }: Pick<Passage, 'context'>,
  { requestId, functionError, payload }: Pick<InvokeResult, 'requestId' | 'functionError' | 'payload'>,
): void {
  context['awsEndpointRequestId'] = requestId;
  context.integration = {
    ...context.integration,
    status: 200,
    requestId,
    ...(functionError === undefined ? {} : { error: Buffer.from(payload).toString('utf8').slice(0, 1024) }),
  };
}
