import type { Scope } from '../../../service/call.ts';
import type { TrailId } from '../../../trail/trail.ts';
import type { LambdaContext } from '../context.ts';
import type { Outcome } from '../execution/execution.ts';
import { runnable } from '../functions/functions.ts';
import { metricsOf } from '../metrics/metrics.ts';
import { functionArn } from '../names/name.ts';
import type { FunctionReference } from '../names/name.ts';
import { Admission } from './admission.ts';

/** One invocation, its payload checked. */
export interface Request {
  readonly reference: FunctionReference;
  readonly requestId: string;
  readonly payload: Uint8Array;
  readonly clientContext: string | undefined;
  readonly cause: TrailId | undefined;
  readonly onChunk?: (chunk: Uint8Array) => void;
}

/** Runs invocations where concurrency is left. Every way in ends here. */
export class Invoker {
  readonly #context: LambdaContext;
  readonly #admission: Admission;

  constructor(context: LambdaContext) {
    this.#context = context;
    this.#admission = new Admission(context.cloud, context.functions);
  }

  /** @throws ServiceFailure not found, still pending, throttled, runtime missing on this machine */
  async run(scope: Scope, request: Request): Promise<Outcome> {
    const { reference } = request;
    const record = this.#context.functions.get(scope, withLatest(reference));
    const version = runnable(scope, record);
    const admitted = async () =>
      this.#admission.run(scope, record, request.cause, async () => {
        const execution = await this.#context.execution();
        return execution.invoke(version, {
          requestId: request.requestId,
          payload: request.payload,
          clientContext: request.clientContext,
          invokedArn: functionArn(scope, reference.name, reference.qualifier),
          cause: request.cause,
          ...(request.onChunk === undefined ? {} : { onChunk: request.onChunk }),
        });
      });
    return metricsOf(this.#context.cloud).measure(scope, reference, admitted);
  }

  /** What stands in the way of an invocation, without running one: for events before they are accepted, and dry runs. */
  check(scope: Scope, reference: FunctionReference): void {
    runnable(scope, this.#context.functions.get(scope, withLatest(reference)));
  }
}

/* A function that is not there is named with its qualifier, $LATEST included (recorded: test_invoke_exceptions). */
const withLatest = ({ name, qualifier }: FunctionReference): FunctionReference => ({
  name,
  qualifier: qualifier ?? '$LATEST',
});
