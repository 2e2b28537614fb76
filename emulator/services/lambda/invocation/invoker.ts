import { randomInt } from 'node:crypto';
import type { Scope } from '../../../service/call.ts';
import type { TrailId } from '../../../trail/trail.ts';
import type { LambdaContext } from '../context.ts';
import type { Outcome } from '../execution/execution.ts';
import { runnable } from '../functions/functions.ts';
import { metricsOf } from '../metrics/metrics.ts';
import { functionArn } from '../names/name.ts';
import type { FunctionReference } from '../names/name.ts';
import type { Resolved } from '../versions/versions.ts';
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

/** How an invocation ended, and which version it was. */
export interface Executed extends Outcome {
  /** `$LATEST` or a number. */
  readonly executedVersion: string;
}

/** Runs invocations where concurrency is left. Every way in ends here. */
export class Invoker {
  readonly #context: LambdaContext;
  readonly #admission: Admission;

  constructor(context: LambdaContext) {
    this.#context = context;
    this.#admission = new Admission(context.cloud, context.functions);
  }

  /**
   * Finds what a reference runs: of an alias with weights, a version is drawn.
   * @throws ServiceFailure not found, still pending
   */
  target(scope: Scope, reference: FunctionReference): Resolved {
    // A function that is not there is named with its qualifier, $LATEST included (recorded: test_invoke_exceptions).
    const { name, qualifier = '$LATEST' } = reference;
    const resolved = this.#context.versions.draw(scope, { name, qualifier }, randomInt(draws) / draws);
    runnable(scope, resolved.view);
    return resolved;
  }

  /**
   * @param target what {@link target} found, where the caller has asked already
   * @throws ServiceFailure not found, still pending, throttled, runtime missing on this machine
   */
  async run(
    scope: Scope,
    request: Request,
    target: Resolved = this.target(scope, request.reference),
  ): Promise<Executed> {
    const { reference } = request;
    const version = runnable(scope, target.view);
    const admitted = async () =>
      this.#admission.run(scope, target.record, request.cause, async () => {
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
    const ofAlias = target.alias === undefined ? undefined : version.version;
    const outcome = await metricsOf(this.#context.cloud).measure(scope, reference, admitted, ofAlias);
    return { ...outcome, executedVersion: version.version };
  }
}

/* How finely weights are told apart. */
const draws = 1_000_000;
