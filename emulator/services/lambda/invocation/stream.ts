import type { InvokeWithResponseStreamResponseEvent } from '@aws-sdk/client-lambda';
import type { Scope } from '../../../service/call.ts';
import type { Outcome } from '../execution/execution.ts';
import type { Invoker, Request } from './invoker.ts';

type Event = InvokeWithResponseStreamResponseEvent;

/** An invocation whose answer is sent while the handler still writes it. */
export interface StreamedInvocation {
  /** As the handler declared it before its first byte. */
  readonly contentType: string;
  /** Whether the handler streams; the answer of one that does not is one chunk. */
  readonly streamed: boolean;
  readonly executedVersion: string;
  readonly events: AsyncIterable<Event>;
}

/**
 * Runs an invocation and passes its bytes on as events. Resolves with the first bytes or at the end, so that
 * what stands in the way of an invocation is still answered as an error.
 *
 * @throws ServiceFailure as an invocation does
 */
export async function streamInvocation(
  invoker: Invoker,
  scope: Scope,
  request: Request,
  withLog: boolean,
): Promise<StreamedInvocation> {
  const target = invoker.target(scope, request.reference);
  const chunks: Uint8Array[] = [];
  let wake: () => void = () => undefined;
  let streamed: { readonly contentType: string | undefined } | undefined;
  let size = 0;
  const onChunk = (chunk: Uint8Array, contentType?: string): void => {
    streamed ??= { contentType };
    size += chunk.length;
    // What is more is not sent on; the end says why.
    if (size <= streamedLimit) chunks.push(chunk);
    wake();
  };
  let ended: { outcome: Outcome } | { error: unknown } | undefined;
  const running = invoker.run(scope, { ...request, onChunk }, target).then(
    (outcome) => {
      ended = { outcome };
      wake();
    },
    (error: unknown) => {
      ended = { error };
      wake();
    },
  );
  const somethingNew = (): Promise<void> => new Promise((resolve) => (wake = resolve));
  const end = (): typeof ended => ended;

  if (chunks.length === 0 && end() === undefined) await somethingNew();
  const first = end();
  if (first !== undefined && 'error' in first) throw first.error;

  async function* events(): AsyncGenerator<Event> {
    for (;;) {
      const chunk = chunks.shift();
      if (chunk !== undefined) {
        yield { PayloadChunk: { Payload: chunk } };
        continue;
      }
      const at = end();
      if (at === undefined) {
        await somethingNew();
        continue;
      }
      await running;
      if ('error' in at) throw at.error;
      const outcome = size > streamedLimit ? { ...at.outcome, ...tooLong } : at.outcome;
      yield* lastEvents(outcome, streamed !== undefined, withLog);
      return;
    }
  }
  const begun = (): typeof streamed => streamed;
  return {
    contentType: begun()?.contentType ?? first?.outcome.contentType ?? 'application/octet-stream',
    streamed: begun() !== undefined || first?.outcome.contentType !== undefined,
    executedVersion: target.view.version ?? '$LATEST',
    events: events(),
  };
}

/** 200 MB (AWS Lambda quotas). */
const streamedLimit = 209_715_200;

const tooLong = {
  functionError: 'Unhandled',
  payload: new TextEncoder().encode(
    JSON.stringify({
      errorMessage: `Response payload size exceeded maximum allowed payload size (${streamedLimit} bytes).`,
      errorType: 'Function.ResponseSizeTooLarge',
    }),
  ),
} as const;

/* A handler that does not stream has its whole answer in one chunk. */
function* lastEvents(outcome: Outcome, streamed: boolean, withLog: boolean): Generator<Event> {
  const failed = outcome.functionError !== undefined;
  if (!streamed && !failed) yield { PayloadChunk: { Payload: outcome.payload } };
  yield {
    InvokeComplete: {
      ...(failed
        ? { ErrorCode: outcome.functionError, ErrorDetails: new TextDecoder().decode(outcome.payload) }
        : {}),
      ...(withLog ? { LogResult: Buffer.from(outcome.logTail).toString('base64') } : {}),
    },
  };
}
