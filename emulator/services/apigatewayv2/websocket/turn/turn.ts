import type { TrailId } from '../../../../trail/trail.ts';
import type { Visit } from '../../../../service/site.ts';
import type { MethodDefinition } from '../../../apigateway/definition/definition.ts';
import type { ApiRequest } from '../../../apigateway/execution/exchange.ts';
import { logFor } from '../../../apigateway/execution/logs/request-log.ts';
import { Requested, type Passage } from '../../../apigateway/execution/passage.ts';
import { contextOf, type IdentityContext } from '../../../apigateway/execution/request/context.ts';
import type { ConnectionFacts, Ending } from '../../connections/connection.ts';
import { drawWebSocketId } from '../../connections/connections.ts';
import type { ServedStage } from '../../port.ts';
import type { Gates } from '../gates.ts';
import type { CompiledRoute } from '../routes/routes.ts';
import type { Metered } from '../../../apigateway/execution/metering/meter.ts';
import { methodSettingsOf } from '../routes/settings.ts';
import { contractOf, gatewayOf } from './gateway.ts';
import { mappedIntegration } from './integration.ts';
import { lookupIn } from './lookup.ts';

/** What a connection keeps from its `$connect` on, for every event that follows. */
export interface Carried {
  readonly authorizer: Record<string, unknown> | undefined;
  readonly identity: IdentityContext;
}

/** What happens on a connection. */
export type Happening =
  | { readonly eventType: 'CONNECT' }
  | { readonly eventType: 'MESSAGE'; readonly messageId: string }
  | { readonly eventType: 'DISCONNECT'; readonly ending: Ending };

/** One event of a connection on its way to a route's back end, as the parts that REST APIs share take it. */
export interface Turn extends Metered {
  readonly served: ServedStage;
  readonly facts: ConnectionFacts;
  readonly compiled: CompiledRoute;
  readonly happening: Happening;
}

/** What a turn is made of. */
export interface Given {
  readonly served: ServedStage;
  readonly facts: ConnectionFacts;
  readonly compiled: CompiledRoute;
  readonly happening: Happening;
  readonly request: ApiRequest;
  readonly carried: Carried | undefined;
  readonly visitor: Visit['visitor'];
  readonly cause: TrailId;
}

/** Makes a turn. */
export function turnOf(gates: Gates, given: Given): Turn {
  const { served, facts, compiled, happening, carried } = given;
  // Where REST APIs have a method and a path, there is the route's key: `…/dev/$connect` in ARNs.
  const request = { ...given.request, rawPath: compiled.key };
  const { scope, stage, snapshot } = served;
  const now = gates.cloud.clock.now();
  const requestId = drawWebSocketId();
  const base = contextOf(
    {
      account: scope.account,
      apiId: facts.apiId,
      stage: facts.stageName,
      deploymentId: snapshot.deploymentId,
    },
    { ...request, method: '' },
    { requestId, path: '', userAgent: facts.userAgent },
    now,
  );
  const context: Passage['context'] = {
    ...base,
    // One and the same on WebSocket APIs, as events recorded on AWS have it.
    extendedRequestId: requestId,
    identity: carried?.identity ?? base.identity,
    routeKey: compiled.key,
    connectionId: facts.connectionId,
    connectedAt: facts.connectedAt,
    messageDirection: 'IN',
    eventType: happening.eventType,
    ...(happening.eventType === 'MESSAGE' && { messageId: happening.messageId }),
    ...(happening.eventType === 'DISCONNECT' && {
      disconnectStatusCode: happening.ending.code,
      disconnectReason: happening.ending.reason,
    }),
    ...(carried?.authorizer !== undefined && { authorizer: carried.authorizer }),
  };
  const variables = { context, stageVariables: stage.StageVariables, request: new Requested(request) };
  const lookup = lookupIn(variables);
  const settings = methodSettingsOf(stage, compiled.key);
  const method: MethodDefinition = {
    httpMethod: '',
    authorizationType: compiled.route.AuthorizationType,
    apiKeyRequired: compiled.route.ApiKeyRequired,
    methodResponses: {},
    ...contractOf(compiled.route, lookup),
    integration: compiled.integration && mappedIntegration(compiled.integration, lookup),
  };
  return {
    served,
    facts,
    compiled,
    happening,
    settings,
    scope,
    api: gatewayOf(snapshot.definition),
    route: {
      resource: { id: compiled.route.RouteId, path: compiled.key, methods: {} },
      method,
      name: compiled.key,
    },
    request,
    rawPathParameters: {},
    context,
    variables,
    log: logFor(gates.cloud, settings, () => gates.rest().cloudWatchRole(scope)),
    cause: given.cause,
    visitor: given.visitor,
    trace: request.headers['X-Amzn-Trace-Id']?.[0] ?? '',
  };
}
