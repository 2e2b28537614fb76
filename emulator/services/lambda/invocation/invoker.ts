import { randomInt } from 'node:crypto';
import type { Scope } from '../../../service/call.ts';
import type { TrailId } from '../../../trail/trail.ts';
import type { LambdaContext } from '../context.ts';
import type { Outcome } from '../execution/execution.ts';
import { recursive } from '../failures.ts';
import { runnable } from '../functions/functions.ts';
import { metricsOf } from '../metrics/metrics.ts';
import { functionArn } from '../names/name.ts';
import type { FunctionReference } from '../names/name.ts';
import { descend, mostInChain } from '../recursion/lineage.ts';
import type { Resolved } from '../versions/versions.ts';
import { Admission } from './admission.ts';

/** One invocation, its payload checked. */
export interface Request {
  readonly reference: FunctionReference;
  readonly requestId: string;
  readonly payload: Uint8Array;
  readonly clientContext: string | undefined;
  readonly cause: TrailId | undefined;
  /** `X-Amzn-Trace-Id` of the request that led to it. */
  readonly traceHeader?: string;
  readonly onChunk?: (chunk: Uint8Array, contentType?: string) => void;
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
    this.#admission = new Admission(context.cloud, context.functions, context.provisioning);
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
    const traceHeader = this.#descend(scope, request, target);
    const execution = await this.#context.execution();
    const candidate = { record: target.record, reference, version: version.version, cause: request.cause };
    const admitted = async () =>
      this.#admission.run(scope, candidate, async () => {
        return execution.invoke(version, {
          requestId: request.requestId,
          payload: request.payload,
          clientContext: request.clientContext,
          invokedArn: functionArn(scope, reference.name, reference.qualifier),
          cause: request.cause,
          traceHeader,
          ...(request.onChunk === undefined ? {} : { onChunk: request.onChunk }),
        });
      });
    const ofAlias = target.alias === undefined ? undefined : version.version;
    const outcome = await metricsOf(this.#context.cloud).measure(scope, reference, admitted, ofAlias);
    return { ...outcome, executedVersion: version.version };
  }

  /** Whether one more invocation of the function would be one too many in its chain. */
  loops(scope: Scope, reference: FunctionReference, traceHeader: string | undefined): boolean {
    const record = this.#context.functions.find(scope, reference.name);
    if (traceHeader === undefined || record?.recursiveLoop === 'Allow') return false;
    const arn = functionArn(scope, reference.name);
    return descend(traceHeader, arn, this.#context.cloud.clock.now()).count > mostInChain;
  }

  /** @throws ServiceFailure `RecursiveInvocationException` where the function has called itself too often */
  #descend(scope: Scope, { reference, traceHeader, cause }: Request, { record }: Resolved): string {
    const arn = functionArn(scope, reference.name);
    const { header, count } = descend(traceHeader, arn, this.#context.cloud.clock.now());
    if (count <= mostInChain || record.recursiveLoop === 'Allow') return header;
    const why = `invocation ${count} of the function in one chain of requests; Lambda stops a loop after ${mostInChain}`;
    this.#context.cloud.trail.record(scope, 'decision', { by: arn, outcome: 'stopped', why }, cause);
    throw recursive();
  }
}

/* How finely weights are told apart. */
const draws = 1_000_000;
