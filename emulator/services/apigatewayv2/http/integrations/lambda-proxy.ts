import type { Cloud } from '../../../../cloud.ts';
import { answerOf } from '../../../../gateway/functions/answer.ts';
import { invokeFunction, NotPermitted } from '../../../../gateway/functions/function.ts';
import { withStageVariables } from '../../../../gateway/stage-variables.ts';
import { ServiceFailure } from '../../../../service/failure.ts';
import type { WireAnswer } from '../../../../wire/wire.ts';
import { noteResult } from '../../../apigateway/execution/integrations/lambda/notes.ts';
import { responseOf } from '../../../apigateway/execution/integrations/lambda/result.ts';
import type { IntegrationDefinition } from '../../definition/definition.ts';
import { eventVersionOne } from '../events/version-one.ts';
import { eventVersionTwo } from '../events/version-two.ts';
import { internal, unavailable } from '../failure.ts';
import { routeArn, type HttpResponse, type Passage } from '../passage.ts';
import { functionOf } from './function-of.ts';

/** What an answer is that says a status and no type (seen on AWS). */
const TEXT = 'text/plain;charset=UTF-8';

/**
 * `AWS_PROXY`: the function gets the request, and its result is the answer.
 * @throws HttpFailure 500 where the function cannot be asked, fails, or its result is no answer; 503 where it is throttled
 */
export async function lambdaProxy(
  cloud: Cloud,
  passage: Passage,
  integration: IntegrationDefinition,
): Promise<HttpResponse> {
  const { served, route, context, visitor, cause, request } = passage;
  const { StageVariables } = served.stage;
  const target = functionOf(integration.IntegrationUri, StageVariables);
  if (target === undefined) throw internal('The integration names no function.');
  const two = integration.PayloadFormatVersion === '2.0';
  const event = two ? eventVersionTwo(passage) : eventVersionOne(passage);
  const { CredentialsArn } = integration;
  const caller = {
    scope: served.scope,
    sourceArn: routeArn(passage, route.path === undefined ? '$default' : `${request.method}${route.path}`),
    credentials:
      CredentialsArn === undefined ? undefined : withStageVariables(CredentialsArn, StageVariables),
    visitor,
    cause,
    traceHeader: request.headers['X-Amzn-Trace-Id']?.[0],
  };
  let result: Awaited<ReturnType<typeof invokeFunction>>;
  try {
    result = await invokeFunction(cloud, caller, target, Buffer.from(JSON.stringify(event)));
  } catch (error) {
    context.integration = { ...context.integration, error: reasonOf(error) };
    if (error instanceof NotPermitted) throw internal(error.message, error);
    if (!(error instanceof ServiceFailure)) throw error;
    const why = `${error.code}: ${error.message}`;
    throw error.code === 'TooManyRequestsException' ? unavailable(why, error) : internal(why, error);
  }
  noteResult(passage, result);
  if (result.functionError !== undefined) throw internal('The function failed.');
  const response = two ? ofAnswer(answerOf(result.payload, TEXT)) : responseOf(result.payload, true);
  if (response === undefined) {
    context.integration = { ...context.integration, error: MALFORMED };
    throw internal(MALFORMED);
  }
  context.integration = { ...context.integration, integrationStatus: response.status };
  return { ...response, headers: lowerCase(response.headers) };
}

/* As AWS words them in `$context.integrationErrorMessage` (troubleshooting HTTP API Lambda integrations). */
const MALFORMED =
  "The response from the Lambda function doesn't match the format that API Gateway expects. Lambda invocation is successful.";
const NOT_PERMITTED =
  "The IAM role configured on the integration or API Gateway doesn't have permissions to call the integration. Check the permissions and try again.";

const reasonOf = (error: unknown): string =>
  error instanceof NotPermitted ? NOT_PERMITTED : error instanceof Error ? error.message : String(error);

function ofAnswer(answer: WireAnswer | undefined): HttpResponse | undefined {
  if (answer === undefined || !(answer.body instanceof Uint8Array)) return undefined;
  const single = Object.entries(answer.headers).map(([name, value]) => [name, [value]]);
  return {
    status: answer.status,
    headers: { ...(Object.fromEntries(single) as Record<string, string[]>), ...answer.repeated },
    body: answer.body,
  };
}

const lowerCase = (headers: HttpResponse['headers']): HttpResponse['headers'] =>
  Object.fromEntries(Object.entries(headers).map(([name, values]) => [name.toLowerCase(), values]));
