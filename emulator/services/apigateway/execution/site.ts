import { forbidden, LARGEST_BODY } from '../../../gateway/forbidden.ts';
import type { Site, Visit } from '../../../service/site.ts';
import type { WireAnswer } from '../../../wire/wire.ts';
import type { ServedStage } from '../port.ts';
import type { Variables } from '../mapping/variables.ts';
import { GatewayFailure, type ApiResponse } from './exchange.ts';
import { logFor } from './logs/request-log.ts';
import { missingToken, notASignature } from './access/signature.ts';
import { Requested, type StagePassage } from './passage.ts';
import { pass, type Gates } from './pipeline.ts';
import { headBytes, LARGEST_HEAD } from './request/head-bytes.ts';
import { mappedAddress } from './request/mapped-address.ts';
import { contextOf } from './request/context.ts';
import { addressOf, requestOf, type Address } from './request/parse.ts';
import { packed, unpacked } from './response/compression.ts';
import { failureResponse } from './response/failure.ts';
import { answerOf } from './response/headers.ts';
import { compiledStage, type CompiledStage, type Side } from './snapshot/stage.ts';

/** Answers requests to the stages of REST APIs. */
export function stageSite(gates: Gates): Site {
  return async (visit) => {
    const { catalogue } = gates;
    const named = visit.label === 'domain';
    // An HTTP or a WebSocket API, or none.
    if (!named && catalogue.scopeOf(visit.id) === undefined) return undefined;
    const address = named
      ? mappedAddress(catalogue, visit.id, visit.head.path)
      : addressOf(visit.id, visit.head.path);
    // A custom domain name may lead to an HTTP API.
    if (address !== undefined && catalogue.scopeOf(address.apiId) === undefined) return undefined;
    const served = address && catalogue.stageOf(address.apiId, address.stageName);
    if (address === undefined || served === undefined || isClosed(served, named))
      return await forbidden(visit);
    return await serve(gates, visit, address, compiledStage(served));
  };
}

async function serve(
  gates: Gates,
  visit: Visit,
  address: Address,
  stage: CompiledStage,
): Promise<WireAnswer> {
  const { cloud } = gates;
  const { scope } = stage.served;
  const side = drawSide(stage);
  const { definition } = side.api;
  const sent = await visit.body(LARGEST_BODY);
  const now = cloud.clock.now();
  const arrived = requestOf(visit, address, scope, sent ?? new Uint8Array(), now);
  const body = sent && unpacked(sent, arrived.headers, definition.minimumCompressionSize);
  const request = body === undefined || body === sent ? arrived : { ...arrived, body };
  const at = { account: scope.account, apiId: address.apiId, stage: address.stageName };
  const more = {
    requestId: visit.requestId,
    path: address.fullPath,
    userAgent: visit.head.headers['user-agent'],
  };
  const context = contextOf({ ...at, deploymentId: side.deploymentId }, request, more, now);
  context.isCanaryRequest = side.isCanary;
  const requested = new Requested(request);
  const variables: Variables = { context, stageVariables: side.variables, request: requested };
  const cause = cloud.trail.record(scope, 'api.call', {
    service: 'execute-api',
    operation: 'Invoke',
    requestId: visit.requestId,
    principal: 'anonymous',
  });
  let response: ApiResponse;
  let passage: StagePassage | undefined;
  try {
    if (headBytes(visit) > LARGEST_HEAD) throw new GatewayFailure('REQUEST_TOO_LARGE', headTooLarge);
    if (sent === undefined) throw new GatewayFailure('REQUEST_TOO_LARGE', tooLarge);
    if (body === undefined) throw new GatewayFailure('BAD_REQUEST_BODY', 'Invalid request body');
    const match = side.api.routes.find(request.method, request.rawPath);
    if (match === undefined) throw unknownRoute(visit);
    const { route } = match;
    requested.setPath(match.path);
    context.resourceId = route.resource.id;
    context.resourcePath = route.resource.path;
    if (route.method.operationName !== undefined) context.operationName = route.method.operationName;
    const settings = stage.settings(route);
    passage = {
      scope,
      api: side.api,
      route,
      request,
      rawPathParameters: match.path,
      context,
      variables,
      log: logFor(cloud, settings, () => gates.catalogue.cloudWatchRole(scope)),
      cause,
      visitor: visit.visitor,
      trace: request.headers['X-Amzn-Trace-Id']?.[0] ?? '',
      settings,
      ownSettings: settings !== undefined && stage.hasOwnSettings(route),
      stage,
      side,
    };
    response = await pass(gates, passage);
  } catch (error) {
    cloud.trail.record(scope, 'decision', { by: 'apigateway', ...outcomeOf(error) }, cause);
    if (!(error instanceof GatewayFailure))
      passage?.log.error(() => `Execution failed due to an internal error: ${String(error)}`);
    response = failureResponse(error, definition.gatewayResponses, variables);
  }
  const { userArn } = context.identity;
  cloud.trail.complete(cause, { status: response.status, ...(userArn !== null && { principal: userArn }) });
  await gates.observer.answered({ stage, side, context, response, passage });
  return answerOf(packed(response, request.headers, definition.minimumCompressionSize), context);
}

/* The client learns as little as on AWS; whoever looks into the trail learns what it was. */
function outcomeOf(error: unknown): { readonly outcome: string; readonly why: string } {
  if (error instanceof GatewayFailure)
    return { outcome: 'refused', why: `${error.type}: ${error.said ?? 'null'}` };
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { outcome: 'failed', why };
}

const headTooLarge = `HTTP header is larger than ${LARGEST_HEAD} bytes.`;
const tooLarge = 'HTTP content length exceeded 10485760 bytes';

/* A path that is not there asks for a signature, as every call of AWS does. */
function unknownRoute({ head }: Visit): GatewayFailure {
  const { authorization } = head.headers;
  return authorization === undefined || authorization.startsWith('AWS4-')
    ? missingToken()
    : notASignature(authorization);
}

function drawSide({ base, canary, canaryPercent }: CompiledStage): Side {
  return canary !== undefined && Math.random() * 100 < canaryPercent ? canary : base;
}

/* It is private: nothing here lies in a VPC. Or its default address was switched off. */
function isClosed({ snapshot }: ServedStage, named: boolean): boolean {
  const { disableExecuteApiEndpoint, endpointConfiguration } = snapshot.definition;
  return (!named && disableExecuteApiEndpoint) || endpointConfiguration.types?.includes('PRIVATE') === true;
}
