import type { FunctionVersion, Invocation, Outcome } from '../execution.ts';
import type { EnvironmentLog } from '../log/environment-log.ts';
import type { Finished } from '../log/system-events.ts';
import type { RunResult } from '../process/runtime-process.ts';
import { exited, reported, responseTooLarge, timedOut } from './failures.ts';
import type { Failure } from './failures.ts';

/** What was measured of an invocation. */
export interface Measured {
  readonly durationMs: number;
  /** Only of the first invocation of an environment, where its Init phase went well. */
  readonly initMs: number | undefined;
  readonly peakKB: number;
}

/** The account of one invocation: how it ended, as the log and the caller are told. */
export class Account {
  readonly #log: EnvironmentLog;
  readonly #version: FunctionVersion;
  readonly #requestId: string;
  readonly #framed: boolean;

  /**
   * Writes START.
   * @param framed whether the runtime is one of ours, not a custom one
   */
  constructor(log: EnvironmentLog, version: FunctionVersion, { requestId }: Invocation, framed: boolean) {
    this.#log = log;
    this.#version = version;
    this.#requestId = requestId;
    this.#framed = framed;
    log.startTail();
    log.system({ type: 'start', requestId, version: version.version });
  }

  /** Writes what follows from the runtime's answer, END and REPORT. */
  conclude(result: RunResult, measured: Measured): Outcome {
    if (result.kind === 'timeout') {
      return this.fail(timedOut(this.#requestId, this.#version.timeoutSeconds), 'timeout', measured);
    }
    if (result.kind === 'exited') {
      return this.fail(exited(this.#requestId, result.exit, this.#framed), 'error', measured);
    }
    const { answer } = result;
    if (answer.kind === 'tooLarge') return this.fail(responseTooLarge(), 'success', measured);
    if (answer.kind === 'error') {
      // An error that a handler throws is its answer. One that ended the runtime is the platform's matter, too.
      return this.fail(reported(answer.payload), result.exit === undefined ? 'success' : 'error', measured);
    }
    const contentType = answer.streamed ? answer.contentType : undefined;
    return this.#finish({ payload: answer.payload, errorType: undefined, contentType }, 'success', measured);
  }

  /** Writes a failure's own line where it has one, END and REPORT. */
  fail(failure: Failure, status: Finished['status'], measured: Measured): Outcome {
    const { payload, errorType, fault } = failure;
    if (fault !== undefined) {
      this.#log.system({ type: 'fault', requestId: this.#requestId, message: fault, errorType });
    }
    return this.#finish({ payload, errorType, contentType: undefined }, status, measured);
  }

  #finish(
    told: Pick<Outcome, 'payload' | 'errorType' | 'contentType'>,
    status: Finished['status'],
    { durationMs, initMs, peakKB }: Measured,
  ): Outcome {
    const { memoryMB } = this.#version;
    const requestId = this.#requestId;
    // A limit cannot be exceeded: of what is above it, file pages would have been given back.
    const usedMB = told.errorType === 'Runtime.OutOfMemory' ? memoryMB : Math.ceil(peakKB / 1024);
    const maxMemoryMB = Math.min(memoryMB, usedMB);
    const billedMs = Math.ceil(durationMs + (initMs ?? 0));
    const result: Finished = {
      durationMs,
      billedMs,
      memoryMB,
      maxMemoryMB,
      initMs,
      producedBytes: told.payload.length,
      status,
      errorType: status === 'error' ? told.errorType : undefined,
    };
    this.#log.system({ type: 'end', requestId, result });
    this.#log.system({ type: 'report', requestId, result });
    return {
      ...told,
      functionError: told.errorType === undefined ? undefined : 'Unhandled',
      logTail: this.#log.takeTail(),
      durationMs,
      billedMs,
      initMs,
      maxMemoryMB,
    };
  }
}
