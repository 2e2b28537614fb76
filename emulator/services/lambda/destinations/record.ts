import type { Scope } from '../../../service/call.ts';
import type { Conclusion, QueuedEvent } from '../asynchronous/event.ts';
import type { Executed } from '../invocation/invoker.ts';
import { functionArn } from '../names/name.ts';

/**
 * The record of an asynchronous invocation, member for member as AWS sends it (recorded:
 * test_assess_lambda_destination_invocation, test_reserved_concurrency).
 * @param outcome of the last attempt; undefined where there was none
 * @param at ms since 1970
 */
export function invocationRecord(
  scope: Scope,
  event: QueuedEvent,
  payload: Uint8Array,
  conclusion: Conclusion,
  outcome: Executed | undefined,
  at: number,
): object {
  return {
    version: '1.0',
    timestamp: new Date(at).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: functionArn(scope, event.functionName, event.qualifier ?? '$LATEST'),
      condition: conclusion,
      approximateInvokeCount: event.invocations,
    },
    requestPayload: parsed(payload),
    ...(outcome === undefined
      ? {}
      : { responseContext: responseContext(outcome), responsePayload: parsed(outcome.payload) }),
  };
}

/** What is told of an invocation's answer. */
export function responseContext({ executedVersion, functionError }: Executed): object {
  return {
    statusCode: 200,
    executedVersion,
    ...(functionError === undefined ? {} : { functionError }),
  };
}

function parsed(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return null;
  }
}
