import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { TrailId } from '../../../trail/trail.ts';
import { unreserved } from '../concurrency/reserved.ts';
import { throttled } from '../failures.ts';
import type { Functions } from '../functions/functions.ts';
import type { FunctionRecord } from '../functions/record.ts';
import { functionArn } from '../names/name.ts';

/** Who may run now: counts invocations at work against reserved concurrency and the account's limit. */
export class Admission {
  readonly #cloud: Cloud;
  readonly #functions: Functions;
  /* Scope and name → invocations at work. */
  readonly #atWork = new Map<string, number>();

  constructor(cloud: Cloud, functions: Functions) {
    this.#cloud = cloud;
    this.#functions = functions;
  }

  /**
   * Runs `work` where concurrency is left.
   * @throws ServiceFailure `TooManyRequestsException` with its reason where none is
   */
  async run<T>(
    scope: Scope,
    record: FunctionRecord,
    cause: TrailId | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    const key = keyOf(scope, record.name);
    this.#admit(scope, record, cause);
    this.#atWork.set(key, this.#count(key) + 1);
    try {
      return await work();
    } finally {
      const left = this.#count(key) - 1;
      if (left === 0) this.#atWork.delete(key);
      else this.#atWork.set(key, left);
    }
  }

  #admit(scope: Scope, record: FunctionRecord, cause: TrailId | undefined): void {
    const { reserved } = record;
    const [used, limit, reason] =
      reserved === undefined
        ? ([
            this.#usedUnreserved(scope),
            unreserved(this.#functions, scope),
            'ConcurrentInvocationLimitExceeded',
          ] as const)
        : ([
            this.#count(keyOf(scope, record.name)),
            reserved,
            'ReservedFunctionConcurrentInvocationLimitExceeded',
          ] as const);
    if (used < limit) return;
    this.#cloud.trail.record(
      scope,
      'decision',
      {
        by: functionArn(scope, record.name),
        outcome: 'throttled',
        why: `${reason}: ${used} of ${limit} at work`,
      },
      cause,
    );
    throw throttled(reason);
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
