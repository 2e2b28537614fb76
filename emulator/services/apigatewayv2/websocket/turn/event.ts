import { isEmpty } from '../../../apigateway/execution/integrations/lambda/event.ts';
import { lastOf } from '../../../apigateway/execution/request/headers.ts';
import type { Turn } from './turn.ts';

/**
 * What a function gets of an event on a connection. Headers and parameters are those of the request that asked for
 * the connection; of its end, only a few headers are left.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
 */
export function eventOf(turn: Turn): object {
  const { request, happening, variables } = turn;
  const { stageVariables } = variables;
  return {
    ...(happening.eventType === 'MESSAGE' ? {} : headersOf(turn)),
    ...(happening.eventType === 'CONNECT' && !isEmpty(request.query) && queryOf(turn)),
    ...(!isEmpty(stageVariables) && { stageVariables }),
    requestContext: requestContextOf(turn),
    ...(happening.eventType === 'MESSAGE' && { body: variables.request.body }),
    isBase64Encoded: false,
  };
}

/**
 * What the function of an authorizer gets.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html
 */
export function authorizerEventOf(turn: Turn, methodArn: string): object {
  return {
    type: 'REQUEST',
    methodArn,
    ...headersOf(turn),
    ...queryOf(turn),
    stageVariables: turn.variables.stageVariables,
    requestContext: requestContextOf(turn),
  };
}

const headersOf = ({ request: { headers } }: Turn) => ({
  headers: lastOf(headers),
  multiValueHeaders: headers,
});

const queryOf = ({ request: { query } }: Turn) => ({
  queryStringParameters: lastOf(query),
  multiValueQueryStringParameters: query,
});

/* In the order and with the names that AWS has. */
function requestContextOf({ context, happening, facts }: Turn): Record<string, unknown> {
  const { identity, authorizer } = context;
  const { eventType } = happening;
  return {
    routeKey: context['routeKey'],
    ...(authorizer !== undefined && { authorizer }),
    ...(eventType === 'MESSAGE' && { messageId: happening.messageId }),
    ...(eventType === 'DISCONNECT' && { disconnectStatusCode: happening.ending.code }),
    eventType,
    extendedRequestId: context.extendedRequestId,
    requestTime: context.requestTime,
    messageDirection: 'IN',
    ...(eventType === 'DISCONNECT' && { disconnectReason: happening.ending.reason }),
    stage: context.stage,
    connectedAt: facts.connectedAt,
    requestTimeEpoch: context.requestTimeEpoch,
    // Of who is connected, only what is known.
    identity: Object.fromEntries(Object.entries(identity).filter(([, value]) => value !== null)),
    requestId: context.requestId,
    domainName: context.domainName,
    connectionId: facts.connectionId,
    apiId: context.apiId,
  };
}
