import type { Door, Visit } from '../../../../service/site.ts';
import { forbidden } from '../../../../gateway/forbidden.ts';
import { valuesOf } from '../../../../gateway/values.ts';
import type { WireAnswer } from '../../../../wire/wire.ts';
import type { ApiRequest, ApiResponse } from '../../../apigateway/execution/exchange.ts';
import { addressOf, requestOf } from '../../../apigateway/execution/request/parse.ts';
import { contextOf } from '../../../apigateway/execution/request/context.ts';
import { failureResponse } from '../../../apigateway/execution/response/failure.ts';
import type { ConnectionFacts } from '../../connections/connection.ts';
import { drawWebSocketId } from '../../connections/connections.ts';
import { NEW_CONNECTIONS } from '../../connections/limits.ts';
import type { ServedStage } from '../../port.ts';
import type { Gates } from '../gates.ts';
import { routesOf } from '../routes/routes.ts';
import { failureText, take, type Taken } from '../turn/take.ts';
import { turnOf, type Carried } from '../turn/turn.ts';
import { authorizeConnect } from './authorize.ts';
import { handshakeProblem } from './handshake.ts';

/** A client that has been let in, before its connection is there. */
export interface Arrival {
  readonly facts: ConnectionFacts;
  readonly carried: Carried;
  /** The headers of its request, as the gateway has them. */
  readonly request: ApiRequest;
  /** The subprotocol that the `$connect` integration has chosen. */
  readonly protocol: string | undefined;
}

/**
 * Answers clients that want to connect to a stage of a WebSocket API: nothing of the connection is there before the
 * integration of `$connect` has said yes.
 * @param enter makes the connection
 */
export function webSocketDoor(gates: Gates, enter: (arrival: Arrival) => ReturnType<Door>): Door {
  return async (visit) => {
    if (gates.catalogue.protocolOf(visit.id) !== 'WEBSOCKET') return undefined;
    const address = addressOf(visit.id, visit.head.path);
    const served = gates.catalogue.stageOf(address.apiId, address.stageName);
    const open = served !== undefined && !served.snapshot.definition.disableExecuteApiEndpoint;
    if (!open || address.rawPath !== '/') return await forbidden(visit);
    const problem = handshakeProblem(visit.head.headers);
    if (problem !== undefined) return refusal(400, problem, drawWebSocketId());
    const now = gates.cloud.clock.now();
    const request = requestOf(visit, address, served.scope, new Uint8Array(), now);
    const facts: ConnectionFacts = {
      scope: served.scope,
      apiId: address.apiId,
      stageName: address.stageName,
      connectionId: gates.connections.drawId(),
      connectedAt: now,
      sourceIp: visit.sourceIp,
      userAgent: visit.head.headers['user-agent'],
    };
    return await connect(gates, visit, served, facts, request, enter);
  };
}

async function connect(
  gates: Gates,
  visit: Visit,
  served: ServedStage,
  facts: ConnectionFacts,
  request: ApiRequest,
  enter: (arrival: Arrival) => ReturnType<Door>,
): ReturnType<Door> {
  const { account, region } = served.scope;
  if (!gates.buckets.take([{ key: `connections/${account}/${region}`, ...NEW_CONNECTIONS }])) {
    const text = failureText({ said: 'Too Many Requests' }, facts.connectionId, drawWebSocketId());
    return refusal(429, text, visit.requestId);
  }
  const compiled = routesOf(served.snapshot.definition).get('$connect');
  if (compiled === undefined) {
    const { identity } = contextOf(
      { account, apiId: facts.apiId, stage: facts.stageName, deploymentId: served.snapshot.deploymentId },
      request,
      { requestId: '', path: '', userAgent: facts.userAgent },
      facts.connectedAt,
    );
    return await enter({ facts, request, carried: { authorizer: undefined, identity }, protocol: undefined });
  }
  const cause = gates.cloud.trail.record(served.scope, 'api.call', {
    service: 'execute-api',
    operation: 'Connect',
    requestId: visit.requestId,
    principal: 'anonymous',
  });
  const turn = turnOf(gates, {
    served,
    facts,
    compiled,
    happening: { eventType: 'CONNECT' },
    request,
    carried: undefined,
    visitor: visit.visitor,
    cause,
  });
  const taken = await take(gates, turn, (one) => authorizeConnect(gates.cloud, one));
  const answer = answerTo(taken);
  const status = answer?.status ?? 101;
  const { authorizer, identity } = turn.context;
  gates.cloud.trail.complete(cause, {
    status,
    ...(identity.userArn !== null && { principal: identity.userArn }),
  });
  await gates.observer.taken(taken);
  if (answer !== undefined) return answer;
  return await enter({ facts, request, carried: { authorizer, identity }, protocol: protocolOf(taken) });
}

/** The answer that refuses a client; undefined: it may come in. */
function answerTo({ turn, outcome }: Taken): WireAnswer | undefined {
  const { context, facts, variables } = turn;
  if ('failure' in outcome) {
    const { status, headers } = failureResponse(outcome.failure, {}, variables);
    const text = failureText(outcome.failure, facts.connectionId, context.requestId);
    return refusal(status, text, context.requestId, headers['x-amzn-ErrorType']?.[0]);
  }
  const { status, body } = outcome.response;
  if (status >= 200 && status < 300) return undefined;
  return { ...refusal(status, '', context.requestId), body };
}

function refusal(status: number, text: string, requestId: string, errorType?: string): WireAnswer {
  return {
    status,
    headers: {
      'Content-Type': 'application/json',
      'x-amzn-RequestId': requestId,
      ...(errorType !== undefined && { 'x-amzn-ErrorType': errorType }),
    },
    body: Buffer.from(text),
  };
}

/* https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-connect-route-subprotocol.html */
function protocolOf({ outcome }: { readonly outcome: Taken['outcome'] }): string | undefined {
  const response: ApiResponse | undefined = 'response' in outcome ? outcome.response : undefined;
  return response && valuesOf(response.headers, 'sec-websocket-protocol', true)?.at(-1);
}
