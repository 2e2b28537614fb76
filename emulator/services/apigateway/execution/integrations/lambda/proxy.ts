import type { Cloud } from '../../../../../cloud.ts';
import { ServiceFailure } from '../../../../../service/failure.ts';
import type { IntegrationDefinition } from '../../../definition/definition.ts';
import { mapRequestParameters } from '../../../mapping/parameters.ts';
import { valuesOf } from '../../../mapping/variables.ts';
import { GatewayFailure, type ApiResponse, type Values } from '../../exchange.ts';
import type { Passage } from '../../passage.ts';
import { remapped } from '../../response/headers.ts';
import { firstAccepted } from '../../snapshot/binary.ts';
import { badGateway, notAsked } from '../failures.ts';
import { traceOf } from '../http/integration.ts';
import { bodyOf, eventOf, isEmpty } from './event.ts';
import { withStageVariables } from '../../../../../gateway/stage-variables.ts';
import {
  enqueueEvent,
  functionTarget,
  invokeFunction,
  NotPermitted,
  type Caller,
  type FunctionTarget,
} from '../../../../../gateway/functions/function.ts';
import { noteAnswered, noteAsked, noteResult } from './notes.ts';
import { responseOf } from './result.ts';

/**
 * `AWS_PROXY`: the function gets the request, and its result is the answer.
 * @throws GatewayFailure 500 where the function cannot be asked, 502 where it fails or its result is no answer
 */
export async function lambdaProxy(
  cloud: Cloud,
  passage: Passage,
  integration: IntegrationDefinition,
): Promise<ApiResponse> {
  const accept = valuesOf(passage.request.headers, 'accept', true)?.[0];
  const event = (): object => {
    const mapped = withMapped(passage, integration);
    const contentType = valuesOf(mapped.request.headers, 'content-type', true)?.at(-1);
    return { ...eventOf(mapped), ...bodyOf(mapped, contentType) };
  };
  const binary = passage.api.isBinary(firstAccepted(accept));
  const response = await functionAnswer(cloud, passage, integration, event, binary);
  return { ...response, headers: { ...remapped(response.headers, 'other'), ...traceOf(passage) } };
}

/**
 * What a function's result says to an event.
 * @param binary whether the client takes bytes
 * @throws GatewayFailure as {@link lambdaProxy}
 */
export async function functionAnswer(
  cloud: Cloud,
  passage: Passage,
  integration: IntegrationDefinition,
  event: () => object,
  binary: boolean,
): Promise<ApiResponse> {
  const { log, variables } = passage;
  const target = functionTarget(integration.uri, variables.stageVariables);
  if (target === undefined) {
    log.error(() => 'Execution failed due to configuration error: Invalid function in the integration URI');
    throw notAsked();
  }
  // Recorded: Lambda takes nothing but POST.
  if (integration.httpMethod !== 'POST') throw notAsked();
  const payload = Buffer.from(JSON.stringify(event()));
  noteAsked(passage, target, payload);
  const started = cloud.clock.now();
  const result = await invoked(cloud, passage, integration, target, payload);
  noteAnswered(passage, result, cloud.clock.now() - started);
  noteResult(passage, result);
  if (result.functionError !== undefined) {
    log.error(() => 'Lambda execution failed with status 200 due to customer function error');
    throw badGateway();
  }
  const response = responseOf(result.payload, binary);
  if (response === undefined) {
    log.error(() => 'Execution failed due to configuration error: Malformed Lambda proxy response');
    passage.context.integration = {
      ...passage.context.integration,
      error: 'Malformed Lambda proxy response',
    };
    throw badGateway();
  }
  passage.context.integration = { ...passage.context.integration, integrationStatus: response.status };
  return response;
}

/** Invokes for an integration. @throws GatewayFailure 500, 413 */
export async function invoked(
  cloud: Cloud,
  passage: Passage,
  integration: IntegrationDefinition,
  target: FunctionTarget,
  payload: Uint8Array,
): ReturnType<typeof invokeFunction> {
  return await guarded(passage, () => invokeFunction(cloud, callerOf(passage, integration), target, payload));
}

/** Hands an event over for an integration that waits for no answer. @throws GatewayFailure 500, 413 */
export async function queued(
  cloud: Cloud,
  passage: Passage,
  integration: IntegrationDefinition,
  target: FunctionTarget,
  payload: Uint8Array,
): Promise<void> {
  await guarded(passage, () => enqueueEvent(cloud, callerOf(passage, integration), target, payload));
}

function callerOf(passage: Passage, { credentials }: IntegrationDefinition): Caller {
  const { scope, context, route, visitor, cause, trace, variables } = passage;
  return {
    scope,
    sourceArn: `arn:aws:execute-api:${scope.region}:${scope.account}:${context.apiId}/${context.stage}/${context.httpMethod}${route.resource.path}`,
    credentials:
      credentials === undefined ? undefined : withStageVariables(credentials, variables.stageVariables),
    visitor,
    cause,
    traceHeader: trace,
  };
}

/** @throws GatewayFailure */
async function guarded<T>({ log }: Passage, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotPermitted) {
      log.error(() => 'Execution failed due to configuration error: Invalid permissions on Lambda function');
      throw notAsked(error);
    }
    if (!(error instanceof ServiceFailure)) throw error;
    if (error.code === 'RequestEntityTooLargeException')
      throw new GatewayFailure('REQUEST_TOO_LARGE', 'Request Too Long', { cause: error });
    log.error(
      () =>
        `Execution failed due to configuration error: ${error.message} (Service: AWSLambda; Error Code: ${error.code})`,
    );
    throw notAsked(error);
  }
}

/* Parameter mappings of a proxy add to what the function gets (recorded: request_data_mapping). */
function withMapped(passage: Passage, { requestParameters }: IntegrationDefinition): Passage {
  if (requestParameters === undefined || isEmpty(requestParameters)) return passage;
  const { headers, query, path } = mapRequestParameters(requestParameters, passage.variables);
  const { request } = passage;
  return {
    ...passage,
    request: { ...request, headers: over(request.headers, headers), query: over(request.query, query) },
    rawPathParameters: { ...passage.rawPathParameters, ...path },
  };
}

const over = (values: Values, more: Values): Values => ({ ...values, ...more });
