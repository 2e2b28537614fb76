import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { TrailId } from '../../../trail/trail.ts';
import { accountLimit, unreserved } from '../concurrency/account.ts';
import type { Provisioning } from '../concurrency/provisioning.ts';
import { countProvisioned } from '../concurrency/usage.ts';
import { throttled } from '../failures.ts';
import type { Functions } from '../functions/functions.ts';
import type { FunctionRecord } from '../functions/record.ts';
import { metricsOf } from '../metrics/metrics.ts';
import { functionArn } from '../names/name.ts';
import type { FunctionReference } from '../names/name.ts';

/** What wants to run. */
export interface Candidate {
  readonly record: FunctionRecord;
  /** As the caller named it. */
  readonly reference: FunctionReference;
  /** `$LATEST` or a number. */
  readonly version: string;
  readonly cause: TrailId | undefined;
}

/**
 * Who may run now. An invocation that a provisioned environment is free for takes that; the others are counted
 * against reserved concurrency, or the account's limit.
 */
export class Admission {
  readonly #cloud: Cloud;
  readonly #functions: Functions;
  readonly #provisioning: Provisioning;
  /* Scope and name → invocations at work in environments on demand. */
  readonly #atWork = new Map<string, number>();

  constructor(cloud: Cloud, functions: Functions, provisioning: Provisioning) {
    this.#cloud = cloud;
    this.#functions = functions;
    this.#provisioning = provisioning;
  }

  /**
   * Runs `work` where concurrency is left. It must take its environment before it waits for anything.
   * @throws ServiceFailure `TooManyRequestsException` with its reason where none is
   */
  async run<T>(scope: Scope, candidate: Candidate, work: () => Promise<T>): Promise<T> {
    const { record, reference, version } = candidate;
    const invoked = { scope, reference, version };
    if (this.#provisioning.state(scope, record.name, version).free > 0) {
      countProvisioned(this.#cloud, this.#provisioning, invoked, 'provisioned');
      return work();
    }
    const key = keyOf(scope, record.name);
    this.#admit(scope, candidate);
    countProvisioned(this.#cloud, this.#provisioning, invoked, 'on-demand');
    this.#atWork.set(key, this.#count(key) + 1);
    this.#measure(scope);
    try {
      return await work();
    } finally {
      const left = this.#count(key) - 1;
      if (left === 0) this.#atWork.delete(key);
      else this.#atWork.set(key, left);
    }
  }

  #admit(scope: Scope, { record, cause }: Candidate): void {
    const { name, reserved } = record;
    const [used, limit, reason] =
      reserved === undefined
        ? ([
            this.#usedUnreserved(scope),
            unreserved(this.#functions, this.#provisioning, scope),
            'ConcurrentInvocationLimitExceeded',
          ] as const)
        : ([
            this.#count(keyOf(scope, name)),
            // Provisioned concurrency is a part of what is reserved (recorded: test_lambda_concurrency_block).
            Math.max(0, reserved - this.#provisioning.ready(scope, name)),
            'ReservedFunctionConcurrentInvocationLimitExceeded',
          ] as const);
    if (used < limit) return;
    const why = `${reason}: ${used} of ${limit} at work`;
    this.#cloud.trail.record(
      scope,
      'decision',
      { by: functionArn(scope, name), outcome: 'throttled', why },
      cause,
    );
    throw throttled(reason);
  }

  /* Developer Guide, "Concurrency metrics": both are of the region. */
  #measure(scope: Scope): void {
    const metrics = metricsOf(this.#cloud);
    const used = this.#usedUnreserved(scope);
    const allocated = accountLimit - unreserved(this.#functions, this.#provisioning, scope);
    metrics.level(scope, undefined, 'UnreservedConcurrentExecutions', used);
    metrics.level(scope, undefined, 'ClaimedAccountConcurrency', used + allocated);
  }

  #usedUnreserved(scope: Scope): number {
    if (this.#atWork.size === 0) return 0;
    let used = 0;
    for (const record of this.#functions.reservations(scope)) {
      if (record.reserved === undefined) used += this.#count(keyOf(scope, record.name));
    }
    return used;
  }

  #count(key: string): number {
    return this.#atWork.get(key) ?? 0;
  }
}

const keyOf = (scope: Scope, name: string): string => `${scope.account}/${scope.region}/${name}`;
