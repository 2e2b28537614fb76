import type { InitializationType } from '../log/system-events.ts';
import type { InitResult } from '../process/runtime-process.ts';
import { exited, reported, timedOut } from './failures.ts';
import type { Failure } from './failures.ts';

/** Lambda gives the Init phase of a function on demand this long, in ms; then it is tried again with the invocation. */
const initLimit = 10_000;
/** Provisioned: 130 s or the function's timeout, whichever is longer (Developer Guide, "Execution environment lifecycle"). */
const provisionedInitLimit = 130_000;

/** @param timeout of the function. Both in ms */
export const initLimitOf = (initialization: InitializationType, timeout: number): number =>
  initialization === 'on-demand' ? initLimit : Math.max(provisionedInitLimit, timeout);

/** How the Init phase, or its repetition with an invocation, ended, and the ms it took. */
export type Started =
  | { readonly ready: true; readonly ms: number }
  | {
      readonly ready: false;
      readonly ms: number;
      readonly failure: Failure;
      readonly status: 'error' | 'timeout';
    };

/**
 * What the caller is told of an Init phase that failed.
 * @param seconds the function's timeout
 * @param framed whether the runtime is one of ours, not a custom one
 */
export function initFailed(
  result: Exclude<InitResult, { kind: 'ready' }>,
  requestId: string,
  seconds: number,
  framed: boolean,
): Failure {
  if (result.kind === 'timeout') return timedOut(requestId, seconds);
  return result.payload === undefined ? exited(requestId, result.exit, framed) : reported(result.payload);
}
