import type { Cloud } from '../../../cloud.ts';
import type { Site, Visit } from '../../../service/site.ts';
import type { WireAnswer } from '../../../wire/wire.ts';
import type { ApiGatewayCatalogue, ServedStage } from '../port.ts';
import { gatewayResponse } from '../responses/respond.ts';
import type { Variables } from '../mapping/variables.ts';
import { GatewayFailure, type ApiResponse } from './exchange.ts';
import { silent } from './logs/execution-log.ts';
import { Requested, type Passage } from './passage.ts';
import { pass } from './pipeline.ts';
import { contextOf } from './request/context.ts';
import { addressOf, requestOf, type Address } from './request/parse.ts';
import { answerOf } from './response/headers.ts';
import { compiledStage, type CompiledStage, type Side } from './snapshot/stage.ts';

/** 10 MB (Amazon API Gateway quotas). */
const LARGEST_BODY = 10_485_760;

/** Answers requests to the stages of REST APIs. */
export function stageSite(cloud: Cloud, catalogue: ApiGatewayCatalogue): Site {
  return async (visit) => {
    const address = addressOf(visit.id, visit.head.path);
    const served = catalogue.stageOf(address.apiId, address.stageName);
    if (served === undefined || isClosed(served)) return await forbidden(visit, address);
    return await serve(cloud, visit, address, compiledStage(served));
  };
}

async function serve(
  cloud: Cloud,
  visit: Visit,
  address: Address,
  stage: CompiledStage,
): Promise<WireAnswer> {
  const { scope } = stage.served;
  const side = drawSide(stage);
  const body = await visit.body(LARGEST_BODY);
  const now = cloud.clock.now();
  const request = requestOf(visit, address, scope, body ?? new Uint8Array(), now);
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
  try {
    if (body === undefined) throw new GatewayFailure('REQUEST_TOO_LARGE', tooLarge);
    const match = side.api.routes.find(request.method, request.rawPath);
    if (match === undefined) throw new GatewayFailure('MISSING_AUTHENTICATION_TOKEN', unknown);
    const { route } = match;
    requested.setPath(match.path);
    context.resourceId = route.resource.id;
    context.resourcePath = route.resource.path;
    if (route.method.operationName !== undefined) context.operationName = route.method.operationName;
    const passage: Passage = {
      scope,
      api: side.api,
      route,
      request,
      rawPathParameters: match.path,
      context,
      variables,
      log: silent,
      cause,
      visitor: visit.visitor,
    };
    response = await pass(cloud, passage);
  } catch (error) {
    const failure =
      error instanceof GatewayFailure
        ? error
        : new GatewayFailure('DEFAULT_5XX', 'Internal server error', { status: 500, cause: error });
    response = gatewayResponse(failure, side.api.definition.gatewayResponses, variables);
  }
  cloud.trail.complete(cause, { status: response.status });
  return answerOf(response, context);
}

const tooLarge = 'HTTP content length exceeded 10485760 bytes';
const unknown = 'Missing Authentication Token';

function drawSide({ base, canary, canaryPercent }: CompiledStage): Side {
  return canary !== undefined && Math.random() * 100 < canaryPercent ? canary : base;
}

/* Its default address was switched off, or it is private: nothing here lies in a VPC. */
function isClosed({ snapshot }: ServedStage): boolean {
  const { disableExecuteApiEndpoint, endpointConfiguration } = snapshot.definition;
  return disableExecuteApiEndpoint || endpointConfiguration.types?.includes('PRIVATE') === true;
}

/* No stage of that name, or no API: AWS does not say which. */
async function forbidden(visit: Visit, _address: Address): Promise<WireAnswer> {
  await visit.body(LARGEST_BODY);
  return {
    status: 403,
    headers: {
      'Content-Type': 'application/json',
      'x-amzn-RequestId': visit.requestId,
      'x-amzn-ErrorType': 'ForbiddenException',
    },
    body: Buffer.from('{"message":"Forbidden"}'),
  };
}
