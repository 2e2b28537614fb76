import { extendedRequestId } from '../../../gateway/extended-request-id.ts';
import { writeAccessLog } from '../../../gateway/access-log/write.ts';
import { isPreflight, preflightHeaders } from '../../../gateway/cors.ts';
import { LARGEST_BODY } from '../../../gateway/forbidden.ts';
import type { Visit } from '../../../service/site.ts';
import type { WireAnswer } from '../../../wire/wire.ts';
import type { Address } from '../../apigateway/execution/request/parse.ts';
import { contextOf } from '../../apigateway/execution/request/context.ts';
import type { ServedStage } from '../port.ts';
import type { Plane } from '../site.ts';
import { authorize } from './access/authorize.ts';
import { HttpFailure, internal, notFound } from './failure.ts';
import { integrate } from './integrations/integrate.ts';
import type { Gates, HttpContext, HttpResponse, Passage } from './passage.ts';
import { findStage } from './request/address.ts';
import { headerOf, httpRequestOf, type HttpRequest } from './request/request.ts';
import { answerOf, failed } from './response/answer.ts';
import { routesOf, type RouteMatch } from './routes/routes.ts';
import { throttle } from './throttle.ts';

/** Answers requests to the stages of HTTP APIs. */
export function httpSite(gates: Gates): Plane {
  return async (visit, at) => {
    const found = findStage(gates.catalogue, visit, at);
    const requestId = extendedRequestId();
    if (found === undefined || (at === undefined && isClosed(found.served))) {
      await visit.body(LARGEST_BODY);
      return answerOf(failed(notFound()), requestId);
    }
    return await serve(gates, visit, found.served, found.address, requestId);
  };
}

const isClosed = ({ snapshot }: ServedStage): boolean => snapshot.definition.disableExecuteApiEndpoint;

async function serve(
  gates: Gates,
  visit: Visit,
  served: ServedStage,
  address: Address,
  requestId: string,
): Promise<WireAnswer> {
  const { cloud } = gates;
  const { scope, snapshot, stage } = served;
  const sent = await visit.body(LARGEST_BODY);
  const now = cloud.clock.now();
  const request = httpRequestOf(visit, address, scope, sent ?? new Uint8Array(), now);
  const context = httpContext(served, address, request, requestId, visit, now);
  const cause = cloud.trail.record(scope, 'api.call', {
    service: 'execute-api',
    operation: 'Invoke',
    requestId,
    principal: 'anonymous',
  });
  let match: RouteMatch | undefined;
  let response: HttpResponse;
  try {
    if (sent === undefined) throw new HttpFailure(413, 'Request Entity Too Large');
    match = routesOf(snapshot.definition).find(request.method, address.rawPath);
    if (match !== undefined) context['routeKey'] = match.route.route.RouteKey;
    const passage = match && { served, request, context, cause, visitor: visit.visitor, ...match };
    response = await pass(gates, request, passage, snapshot.definition.corsConfiguration);
  } catch (error) {
    const failure = error instanceof HttpFailure ? error : internal(String(error), error);
    const outcome = error instanceof HttpFailure ? 'refused' : 'failed';
    cloud.trail.record(scope, 'decision', { by: 'apigatewayv2', outcome, why: failure.why }, cause);
    context.error = { message: failure.message, messageString: JSON.stringify(failure.message) };
    response = failed(failure);
  }
  const { userArn } = context.identity;
  cloud.trail.complete(cause, {
    status: response.status,
    ...(typeof userArn === 'string' && { principal: userArn }),
  });
  const latency = cloud.clock.now() - now;
  Object.assign(context, {
    status: response.status,
    responseLength: response.body.length,
    responseLatency: latency,
  });
  const processed = request.body.length + response.body.length;
  const answered = { served, context, response, routeKey: match?.route.route.RouteKey, processed };
  await gates.metrics.count(answered, latency);
  const { DestinationArn, Format } = stage.AccessLogSettings ?? {};
  if (match !== undefined)
    await writeAccessLog(cloud, { destinationArn: DestinationArn, format: Format }, context);
  return answerOf(response, requestId, {
    cors: snapshot.definition.corsConfiguration,
    origin: headerOf(request, 'origin'),
  });
}

/** @throws HttpFailure */
async function pass(
  gates: Gates,
  request: HttpRequest,
  passage: Passage | undefined,
  cors: ServedStage['snapshot']['definition']['corsConfiguration'],
): Promise<HttpResponse> {
  const asking = {
    origin: headerOf(request, 'origin'),
    method: headerOf(request, 'access-control-request-method'),
    headers: headerOf(request, 'access-control-request-headers'),
  };
  const asked = cors !== undefined && isPreflight(cors, request.method, asking);
  if (passage === undefined && !asked) throw notFound();
  if (passage !== undefined) {
    throttle(gates, passage);
    await authorize(gates, passage);
    if (!asked) return await integrate(gates, passage);
  }
  // A browser that asks first is answered here, whatever back end there is; only authorization stands before it.
  const headers = cors === undefined ? {} : preflightHeaders(cors, asking);
  const lists = Object.entries(headers).map(([name, value]): [string, string[]] => [name, [value]]);
  return { status: 204, headers: Object.fromEntries(lists), body: new Uint8Array() };
}

function httpContext(
  { scope, snapshot }: ServedStage,
  address: Address,
  request: HttpRequest,
  requestId: string,
  { head }: Visit,
  now: number,
): HttpContext {
  const at = {
    account: scope.account,
    apiId: address.apiId,
    stage: address.stageName,
    deploymentId: snapshot.deploymentId,
  };
  const more = { requestId, path: request.path, userAgent: head.headers['user-agent'] };
  return { ...contextOf(at, request, more, now), extendedRequestId: requestId };
}
