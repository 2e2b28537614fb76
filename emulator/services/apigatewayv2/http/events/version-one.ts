import { isEmpty } from '../../../apigateway/execution/integrations/lambda/event.ts';
import { lastOf } from '../../../apigateway/execution/request/headers.ts';
import type { Passage } from '../passage.ts';
import { bodyOf } from './version-two.ts';

/**
 * What a function gets of a request: payload format 1.0, as HTTP APIs have it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function eventVersionOne(passage: Passage): Record<string, unknown> {
  const { request, context, authorized } = passage;
  const { body = null, isBase64Encoded } = bodyOf(request);
  return {
    ...askedInOne(passage),
    requestContext: {
      accountId: context.accountId,
      apiId: context.apiId,
      ...(authorized !== undefined && authorized.kind !== 'iam' && { authorizer: authorized.told }),
      domainName: context.domainName,
      domainPrefix: context.domainPrefix,
      extendedRequestId: context.requestId,
      httpMethod: request.method,
      identity: context.identity,
      path: request.path,
      protocol: context.protocol,
      requestId: context.requestId,
      requestTime: context.requestTime,
      requestTimeEpoch: context.requestTimeEpoch,
      resourceId: passage.route.route.RouteKey,
      resourcePath: passage.route.path ?? '$default',
      stage: context.stage,
    },
    body,
    isBase64Encoded,
  };
}

/** The event without its context and body. */
export function askedInOne({ request, route, pathParameters, served }: Passage): Record<string, unknown> {
  const { StageVariables } = served.stage;
  const noQuery = isEmpty(request.query);
  return {
    version: '1.0',
    resource: route.path ?? '$default',
    // At a custom domain name with the mapping, which format 2.0 leaves out.
    path: request.toldPath === request.rawPath ? request.path : request.toldPath,
    httpMethod: request.method,
    headers: lastOf(request.headers),
    multiValueHeaders: request.headers,
    queryStringParameters: noQuery ? null : lastOf(request.query),
    multiValueQueryStringParameters: noQuery ? null : request.query,
    pathParameters: isEmpty(pathParameters) ? null : pathParameters,
    stageVariables: isEmpty(StageVariables) ? null : StageVariables,
  };
}
