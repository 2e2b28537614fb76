import type { Cloud } from '../../../../../cloud.ts';
import { valuesOf } from '../../../mapping/variables.ts';
import type { IntegrationDefinition } from '../../../definition/definition.ts';
import type { ApiResponse } from '../../exchange.ts';
import type { Passage } from '../../passage.ts';
import { notAsked } from '../failures.ts';
import { traceOf } from '../http/integration.ts';
import { mappedRequest } from '../mapped-request.ts';
import { mappedResponse } from '../mapped-response.ts';
import { functionTarget } from '../../../../../gateway/functions/function.ts';
import { noteAnswered, noteAsked, noteResult } from './notes.ts';
import { invoked, queued } from './proxy.ts';

/**
 * `AWS` with a function behind it: mappings make its event, and its answer or its error's message chooses the
 * response.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-custom-integrations.html
 * @throws GatewayFailure
 */
export async function lambdaMapped(
  cloud: Cloud,
  passage: Passage,
  integration: IntegrationDefinition,
): Promise<ApiResponse> {
  const { log, variables, context } = passage;
  const target = functionTarget(integration.uri, variables.stageVariables);
  if (target === undefined || integration.httpMethod !== 'POST') {
    log.error(() => 'Execution failed due to configuration error: Invalid function in the integration URI');
    throw notAsked();
  }
  const { headers, body } = mappedRequest(passage, integration);
  const payload = body.length === 0 ? Buffer.from('{}') : body;
  noteAsked(passage, target, payload);
  const started = cloud.clock.now();
  const answered = (status: number): void => {
    context.integration = { ...context.integration, status, integrationStatus: status };
  };
  const traced = (response: ApiResponse): ApiResponse => ({
    ...response,
    headers: { ...response.headers, ...traceOf(passage) },
  });
  if (valuesOf(headers, 'x-amz-invocation-type', true)?.at(-1) === 'Event') {
    await queued(cloud, passage, integration, target, payload);
    answered(202);
    const answer = { status: 202, headers: {}, body: new Uint8Array(), selected: '202' };
    return traced(mappedResponse(passage, integration, answer));
  }
  const result = await invoked(cloud, passage, integration, target, payload);
  answered(200);
  noteResult(passage, result);
  noteAnswered(passage, result, cloud.clock.now() - started);
  const answer = {
    status: 200,
    headers: { 'Content-Type': ['application/json'], 'x-amzn-RequestId': [result.requestId] },
    body: result.payload,
    selected: errorMessage(result.payload) ?? '200',
  };
  return traced(mappedResponse(passage, integration, answer));
}

/* What a pattern is held against is the message, also where a function only answered what looks like an error. */
function errorMessage(payload: Uint8Array): string | undefined {
  try {
    const told = JSON.parse(Buffer.from(payload).toString('utf8')) as { errorMessage?: unknown } | null;
    const message = typeof told === 'object' ? told?.errorMessage : undefined;
    return typeof message === 'string' && message !== '' ? message : undefined;
  } catch {
    return undefined;
  }
}
