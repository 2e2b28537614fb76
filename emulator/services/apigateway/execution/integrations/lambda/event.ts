import type { Values } from '../../exchange.ts';
import type { Passage } from '../../passage.ts';
import { lastOf } from '../../request/headers.ts';

/**
 * What a function gets of a request: payload format 1.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 * @param absent what stands for parameters that are not there: `null` for functions; authorizers get empty objects
 */
export function eventOf(passage: Passage, absent: null | Readonly<Record<string, never>> = null) {
  const { request, route, rawPathParameters, variables } = passage;
  const query = isEmpty(request.query) ? undefined : request.query;
  return {
    resource: route.resource.path,
    path: request.toldPath,
    httpMethod: request.method,
    headers: isEmpty(request.headers) ? absent : lastOf(request.headers),
    multiValueHeaders: isEmpty(request.headers) ? absent : request.headers,
    queryStringParameters: query === undefined ? absent : lastOf(query),
    multiValueQueryStringParameters: query ?? absent,
    pathParameters: isEmpty(rawPathParameters) ? absent : rawPathParameters,
    stageVariables: isEmpty(variables.stageVariables) ? absent : variables.stageVariables,
    requestContext: requestContextOf(passage),
  };
}

/** The body as a function gets it: text, or base64 where the API says that its type is binary. */
export function bodyOf({ api, request }: Passage, contentType: string | undefined) {
  if (request.body.length === 0) return { body: null, isBase64Encoded: false };
  const isBase64Encoded = api.isBinary(contentType);
  return { body: Buffer.from(request.body).toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}

/* In the order and with the names that AWS has. */
function requestContextOf({ context }: Passage): Record<string, unknown> {
  const { resourceId, authorizer, resourcePath, operationName, httpMethod } = context;
  return {
    resourceId,
    ...(authorizer === undefined ? {} : { authorizer }),
    resourcePath,
    ...(operationName === undefined ? {} : { operationName }),
    httpMethod,
    extendedRequestId: context.extendedRequestId,
    requestTime: context.requestTime,
    path: context.path,
    accountId: context.accountId,
    protocol: context.protocol,
    stage: context.stage,
    domainPrefix: context.domainPrefix,
    requestTimeEpoch: context.requestTimeEpoch,
    requestId: context.requestId,
    identity: context.identity,
    domainName: context.domainName,
    deploymentId: context.deploymentId,
    apiId: context.apiId,
  };
}

export function isEmpty(values: Values | Readonly<Record<string, unknown>>): boolean {
  for (const _name in values) return false;
  return true;
}
