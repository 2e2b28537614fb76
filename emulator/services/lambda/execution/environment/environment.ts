import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cloud } from '../../../../cloud.ts';
import type { TrailFacts, TrailId } from '../../../../trail/trail.ts';
import { runtimeVersionArn } from '../../runtimes/runtimes.ts';
import type { FunctionVersion, Invocation, Outcome } from '../execution.ts';
import { EnvironmentLog } from '../log/environment-log.ts';
import type { LogPorts } from '../log/environment-log.ts';
import type { Finished } from '../log/system-events.ts';
import { exited, reported, responseTooLarge, timedOut } from '../outcome/failures.ts';
import type { Failure } from '../outcome/failures.ts';
import type { Guard } from '../process/guard.ts';
import { RuntimeProcess } from '../process/runtime-process.ts';
import type { InitResult, Launch, RunResult } from '../process/runtime-process.ts';
import { canFreeze } from '../process/signals.ts';
import { findProgram } from '../runtimes.ts';
import type { Program } from '../programs/program.ts';
import type { Code } from './code.ts';
import { eventOf } from './event.ts';
import { variablesOf, withWrapper } from './variables.ts';

/** What environments share. */
export interface EnvironmentSetting {
  readonly cloud: Cloud;
  readonly ports: LogPorts;
  readonly code: Code;
  readonly guard: Guard;
  /** Below which each environment has a folder of its own. */
  readonly folder: string;
}

/** Lambda gives the Init phase of a function on demand this long, in ms; then it is tried again with the invocation. */
const initLimit = 10_000;
/** Seconds that the keys of a running function are valid: longer than an environment lives. */
const credentialsFor = 12 * 3600;

interface Prepared {
  readonly program: Program;
  readonly launch: Launch;
}

/** How the Init phase, or its repetition with an invocation, ended. */
type Started =
  | { readonly ready: true }
  | { readonly ready: false; readonly failure: Failure; readonly status: 'error' | 'timeout' };

/** One execution environment: a folder, a log stream and a process, which is started anew after it crashed. */
export class Environment {
  readonly id = randomBytes(8).toString('hex');
  readonly version: FunctionVersion;
  /** Cloud time, ms since 1970. */
  readonly bornAt: number;
  /** Set when it must end after the invocation that it is at work on. */
  retired: 'updated' | 'deleted' | undefined;
  readonly #setting: EnvironmentSetting;
  readonly #log: EnvironmentLog;
  readonly #folder: string;
  #prepared: Prepared | undefined;
  #process: RuntimeProcess | undefined;
  #initialised = false;
  #frozen = false;
  #ended = false;
  #busy = false;
  /** KB; of the process that runs, or ran last. */
  #peak = 0;

  constructor(setting: EnvironmentSetting, version: FunctionVersion) {
    this.#setting = setting;
    this.version = version;
    this.bornAt = setting.cloud.clock.now();
    this.#log = new EnvironmentLog(setting.cloud, setting.ports, version);
    this.#folder = join(setting.folder, this.id);
  }

  /**
   * Runs one invocation. Never two at once.
   * @param cause the invocation's entry in the trail
   * @throws ServiceFailure where the function cannot be run on this machine
   */
  async invoke(invocation: Invocation, cause: TrailId): Promise<Outcome> {
    this.#busy = true;
    try {
      this.#log.attend(cause);
      const cold = this.#process === undefined || this.#process.ended;
      this.#setting.cloud.trail.complete(cause, { environment: this.id, cold });
      const outcome = cold
        ? await this.#invokeCold(invocation, cause)
        : await this.#invokeWarm(invocation, cause);
      this.#log.flush();
      return outcome;
    } finally {
      this.#busy = false;
    }
  }

  /** Freezes the process until the next invocation, as soon as the event loop is free. */
  rest(): void {
    if (!canFreeze) return;
    setImmediate(() => {
      if (this.#busy || this.#ended || this.#frozen || this.#process?.ended !== false) return;
      this.#frozen = true;
      this.#process.freeze();
      this.#tell({ phase: 'frozen' });
    });
  }

  /** Looks at the memory in use and ends the process where it is more than the function has. */
  watchMemory(): void {
    const process = this.#process;
    if (process === undefined || process.ended) return;
    const use = process.memory();
    if (use === undefined) return;
    this.#peak = Math.max(this.#peak, use.peak);
    if (use.pinned > this.version.memoryMB * 1024) process.killForMemory();
  }

  /** Ends the environment. Resolves when its process has gone and its folder is removed. */
  async end(why: string): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    const process = this.#process;
    process?.kill();
    await process?.exited;
    this.#log.flush();
    this.#tell({ phase: 'ended', why });
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async #invokeWarm(invocation: Invocation, cause: TrailId): Promise<Outcome> {
    if (this.#frozen) {
      this.#frozen = false;
      this.#tell({ phase: 'thawed' }, cause);
    }
    this.#begin(invocation);
    return this.#serve(invocation, this.#limit, 0, undefined);
  }

  async #invokeCold(invocation: Invocation, cause: TrailId): Promise<Outcome> {
    this.#frozen = false;
    this.#peak = 0;
    const prepared = (this.#prepared ??= await this.#prepare());
    this.#announce(prepared.program);
    this.#tell({ phase: 'init' }, cause);
    let initMs: number | undefined;
    if (!this.#initialised) {
      this.#initialised = true;
      const began = performance.now();
      const started = await this.#start(prepared, initLimit, 'init', invocation.requestId);
      if (started.ready) {
        initMs = performance.now() - began;
        this.#tell({ phase: 'ready', ms: initMs }, cause);
        this.#begin(invocation);
        return this.#serve(invocation, this.#limit, 0, initMs);
      }
    }
    // A failed Init phase, or a process that ended: initialised with the invocation, in the function's own time.
    const began = performance.now();
    const started = await this.#start(prepared, this.#limit, 'invoke', invocation.requestId);
    const spent = performance.now() - began;
    this.#begin(invocation);
    if (!started.ready) {
      const durationMs = started.status === 'timeout' ? this.#limit : spent;
      return this.#fail(invocation, started.failure, durationMs, undefined, started.status);
    }
    this.#tell({ phase: 'ready', ms: spent }, cause);
    return this.#serve(invocation, Math.max(1, this.#limit - spent), spent, undefined);
  }

  get #limit(): number {
    return this.version.timeoutSeconds * 1000;
  }

  async #prepare(): Promise<Prepared> {
    const { cloud, code, ports } = this.#setting;
    const { version } = this;
    const tmp = join(this.#folder, 'tmp');
    mkdirSync(tmp, { recursive: true });
    const [task, modules] = await Promise.all([code.folder(version.code), code.modules()]);
    const program = await findProgram(version.runtime, version.memoryMB, task, cloud.settings.runtimes);
    const variables = variablesOf({
      version,
      program,
      places: { task, modules, tmp, home: join(this.#folder, 'home') },
      credentials: ports.iam.session(version.scope, version.roleName, version.name, credentialsFor),
      stream: this.#log.stream,
      origin: cloud.settings.origin,
    });
    const launch = { ...withWrapper(program, variables, task), cwd: task, variables, framed: program.framed };
    return { program, launch };
  }

  /** Starts the process and waits until it asks for its first event; says so in the log where it does not. */
  async #start(
    prepared: Prepared,
    limit: number,
    phase: 'init' | 'invoke',
    requestId: string,
  ): Promise<Started> {
    if (this.#ended) return { ready: false, failure: reported(new Uint8Array()), status: 'error' };
    const began = performance.now();
    const process = await RuntimeProcess.start(prepared.launch, this.#setting.guard, (message, levelled) =>
      this.#log.application(message, levelled),
    );
    this.#process = process;
    const result = await process.initialise(limit);
    const ms = result.kind === 'timeout' ? limit : performance.now() - began;
    if (result.kind === 'ready') {
      if (phase === 'init')
        this.#log.system({ type: 'initReport', phase, ms, status: 'success', errorType: undefined });
      return { ready: true };
    }
    const { failure, status } = this.#initFailure(result, prepared.program, requestId);
    const { errorType } = failure;
    this.#log.system({ type: 'initReport', phase, ms, status, errorType });
    return { ready: false, failure, status };
  }

  #initFailure(
    result: Exclude<InitResult, { kind: 'ready' }>,
    program: Program,
    requestId: string,
  ): { readonly failure: Failure; readonly status: 'error' | 'timeout' } {
    if (result.kind === 'timeout') {
      return { failure: timedOut(requestId, this.version.timeoutSeconds), status: 'timeout' };
    }
    const { payload, exit } = result;
    const failure = payload === undefined ? exited(requestId, exit, program.framed) : reported(payload);
    return { failure, status: 'error' };
  }

  /**
   * @param limit ms that are left
   * @param spent ms of the invocation that are over
   */
  async #serve(
    invocation: Invocation,
    limit: number,
    spent: number,
    initMs: number | undefined,
  ): Promise<Outcome> {
    const process = this.#process;
    if (process === undefined) throw new Error('An environment without a process has no work.');
    const began = performance.now();
    const result = await process.run(eventOf(invocation, limit), limit, invocation.onChunk);
    const durationMs = result.kind === 'timeout' ? this.#limit : spent + performance.now() - began;
    this.watchMemory();
    return this.#conclude(invocation, await this.#checked(result), durationMs, initMs);
  }

  /* More memory than it has may be over before it is seen: the answer does not count, as the process was ended for it on AWS. */
  async #checked(result: RunResult): Promise<RunResult> {
    const process = this.#process;
    if (result.kind !== 'answered' || process === undefined || !process.condemned) return result;
    return { kind: 'exited', exit: await process.exited };
  }

  #conclude(
    invocation: Invocation,
    result: RunResult,
    durationMs: number,
    initMs: number | undefined,
  ): Outcome {
    const { requestId } = invocation;
    if (result.kind === 'timeout') {
      return this.#fail(
        invocation,
        timedOut(requestId, this.version.timeoutSeconds),
        durationMs,
        initMs,
        'timeout',
      );
    }
    if (result.kind === 'exited') {
      const failure = exited(requestId, result.exit, this.#prepared?.program.framed ?? true);
      return this.#fail(invocation, failure, durationMs, initMs, 'error');
    }
    const { answer } = result;
    if (answer.kind === 'tooLarge') {
      return this.#fail(invocation, responseTooLarge(), durationMs, initMs, 'success');
    }
    if (answer.kind === 'error') {
      // An error that the handler threw leaves the environment as it is; one that ended the runtime is the platform's matter.
      const status = result.exit === undefined ? 'success' : 'error';
      return this.#fail(invocation, reported(answer.payload), durationMs, initMs, status);
    }
    const contentType = answer.streamed ? answer.contentType : undefined;
    return this.#finish(durationMs, initMs, 'success', invocation, answer.payload, undefined, contentType);
  }

  #fail(
    invocation: Invocation,
    failure: Failure,
    durationMs: number,
    initMs: number | undefined,
    status: Finished['status'],
  ): Outcome {
    if (failure.fault !== undefined) {
      this.#log.system({
        type: 'fault',
        requestId: invocation.requestId,
        message: failure.fault,
        errorType: failure.errorType,
      });
    }
    return this.#finish(
      durationMs,
      initMs,
      status,
      invocation,
      failure.payload,
      failure.errorType,
      undefined,
    );
  }

  #begin({ requestId }: Invocation): void {
    this.#log.startTail(requestId);
    this.#log.system({ type: 'start', requestId, version: this.version.version });
  }

  #finish(
    durationMs: number,
    initMs: number | undefined,
    status: Finished['status'],
    { requestId }: Invocation,
    payload: Uint8Array,
    errorType: string | undefined,
    contentType: string | undefined,
  ): Outcome {
    const { memoryMB } = this.version;
    // A limit cannot be exceeded: of what is above it, file pages would have been given back.
    const maxMemoryMB = Math.min(memoryMB, Math.ceil(this.#peak / 1024));
    const billedMs = Math.ceil(durationMs + (initMs ?? 0));
    const result: Finished = {
      durationMs,
      billedMs,
      memoryMB,
      maxMemoryMB: errorType === 'Runtime.OutOfMemory' ? memoryMB : maxMemoryMB,
      initMs,
      producedBytes: payload.length,
      status,
      errorType: status === 'error' ? errorType : undefined,
    };
    this.#log.system({ type: 'end', requestId, result });
    this.#log.system({ type: 'report', requestId, result });
    return {
      payload,
      functionError: errorType === undefined ? undefined : 'Unhandled',
      errorType,
      logTail: this.#log.takeTail(),
      durationMs,
      billedMs,
      initMs,
      maxMemoryMB: result.maxMemoryMB,
      contentType,
    };
  }

  #announce(program: Program): void {
    const { scope, runtime, name, version } = this.version;
    this.#log.system({
      type: 'initStart',
      runtimeVersion: program.runtimeVersion,
      runtimeVersionArn: runtimeVersionArn(scope.region, runtime),
      standIn: program.standIn,
      functionName: name,
      functionVersion: version,
    });
  }

  #tell(facts: Omit<TrailFacts['lambda.environment'], 'functionArn' | 'environment'>, cause?: TrailId): void {
    const { scope, arn } = this.version;
    this.#setting.cloud.trail.record(
      scope,
      'lambda.environment',
      { functionArn: arn, environment: this.id, ...facts },
      cause,
    );
  }
}
