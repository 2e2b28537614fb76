import { isText } from '../../../../gateway/functions/text.ts';
import { joinedQuery } from '../../../../gateway/request/query.ts';
import { isEmpty } from '../../../apigateway/execution/integrations/lambda/event.ts';
import type { Passage } from '../passage.ts';
import { headerOf, joinedHeaders, type HttpRequest } from '../request/request.ts';

/**
 * What a function gets of a request: payload format 2.0. Maps that would be empty are left out.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function eventVersionTwo(passage: Passage): Record<string, unknown> {
  return { ...asked(passage), ...bodyOf(passage.request) };
}

/** The event without its body, which authorizers do not get. */
export function asked(passage: Passage): Record<string, unknown> {
  const { request, route, context, pathParameters, served, authorized } = passage;
  const { cookie, ...headers } = joinedHeaders(request);
  const cookies = cookie?.split(/;\s*/).filter((one) => one !== '') ?? [];
  const query = joinedQuery(request.rawQuery);
  const { StageVariables } = served.stage;
  return {
    version: '2.0',
    routeKey: route.route.RouteKey,
    rawPath: request.path,
    rawQueryString: request.rawQuery,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(!isEmpty(query) && { queryStringParameters: query }),
    requestContext: {
      accountId: context.accountId,
      apiId: context.apiId,
      ...(authorized !== undefined && { authorizer: { [authorized.kind]: authorized.told } }),
      domainName: context.domainName,
      domainPrefix: context.domainPrefix,
      http: {
        method: request.method,
        path: request.path,
        protocol: context.protocol,
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: context.requestId,
      routeKey: route.route.RouteKey,
      stage: context.stage,
      time: context.requestTime,
      timeEpoch: context.requestTimeEpoch,
    },
    ...(!isEmpty(pathParameters) && { pathParameters }),
    ...(!isEmpty(StageVariables) && { stageVariables: StageVariables }),
  };
}

/** The body as a function gets it: text, or base64 for what is none by its type. */
export function bodyOf(request: HttpRequest): {
  readonly body?: string;
  readonly isBase64Encoded: boolean;
} {
  const { body } = request;
  if (body.length === 0) return { isBase64Encoded: false };
  const type = headerOf(request, 'content-type');
  const text = (type === undefined || isText(type)) && headerOf(request, 'content-encoding') === undefined;
  return { body: Buffer.from(body).toString(text ? 'utf8' : 'base64'), isBase64Encoded: !text };
}
