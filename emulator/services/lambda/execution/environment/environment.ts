import { randomBytes, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrailFacts, TrailId } from '../../../../trail/trail.ts';
import { runtimeVersionArn } from '../../runtimes/runtimes.ts';
import type { FunctionVersion, Invocation, Outcome } from '../execution.ts';
import { EnvironmentLog } from '../log/environment-log.ts';
import { Account } from '../outcome/account.ts';
import { initFailed, initLimitOf } from '../outcome/init.ts';
import type { Started } from '../outcome/init.ts';
import type { InitializationType } from '../log/system-events.ts';
import { diskUse } from '../process/disk.ts';
import { RuntimeProcess } from '../process/runtime-process.ts';
import type { RunResult } from '../process/runtime-process.ts';
import { canFreeze } from '../process/signals.ts';
import { endStrays } from '../process/strays.ts';
import type { Program } from '../programs/program.ts';
import { eventOf } from './event.ts';
import { prepare } from './preparation.ts';
import type { EnvironmentSetting, Prepared } from './preparation.ts';

/**
 * ms that a process without work runs on. To stop and continue all its threads costs more than a small invocation, so
 * that one which has work again at once is left to run.
 */
const FREEZE_AFTER = 2;
/** ms of an invocation after which memory is looked at in any case. */
const SHORT = 10;
/** ms between looks at the memory of an environment whose invocations are all short. */
const MEASURED_EVERY = 50;

/** One execution environment: a folder, a log stream and a process, which is started anew after it crashed. */
export class Environment {
  readonly id = randomBytes(8).toString('hex');
  readonly version: FunctionVersion;
  readonly initialization: InitializationType;
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
  #resting: NodeJS.Timeout | undefined;
  /** KB; of the process that runs, or ran last. */
  #peak = 0;
  /** Host time, ms. */
  #measuredAt = -Infinity;

  constructor(setting: EnvironmentSetting, version: FunctionVersion, initialization: InitializationType) {
    this.#setting = setting;
    this.version = version;
    this.initialization = initialization;
    this.bornAt = setting.cloud.clock.now();
    const isOrphaned = (): boolean => this.retired === 'deleted';
    this.#log = new EnvironmentLog(setting.cloud, setting.ports, { version, initialization, isOrphaned });
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
      const prepared = (this.#prepared ??= await this.#prepare());
      const outcome = await (cold
        ? this.#invokeCold(invocation, prepared, cause)
        : this.#invokeWarm(invocation, prepared, cause));
      this.#log.flush();
      return outcome;
    } finally {
      this.#busy = false;
    }
  }

  /**
   * Runs the Init phase before there is an invocation. @returns whether the runtime is ready for one
   * @throws ServiceFailure where the function cannot be run on this machine
   */
  async initialise(): Promise<boolean> {
    this.#busy = true;
    try {
      this.#log.attend(undefined);
      const prepared = (this.#prepared ??= await this.#prepare());
      this.#announce(prepared.program);
      this.#tell({ phase: 'init' });
      this.#initialised = true;
      const started = await this.#start(prepared, 'init', randomUUID());
      if (started.ready) this.#tell({ phase: 'ready', ms: started.ms });
      this.#log.flush();
      return started.ready;
    } finally {
      this.#busy = false;
    }
  }

  /** Its process has ended though the environment has not: the next invocation would start another. */
  get crashed(): boolean {
    return this.#process?.ended === true;
  }

  /** Freezes the process until the next invocation, unless that comes at once. */
  rest(): void {
    if (!canFreeze) return;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      if (this.#busy || this.#ended || this.#frozen || this.#process?.ended !== false) return;
      this.#frozen = true;
      this.#process.freeze();
      this.#tell({ phase: 'frozen' });
    }, FREEZE_AFTER);
  }

  /** Looks at the memory in use and ends the process where it is more than the function has. */
  watchMemory(): void {
    const process = this.#process;
    if (process === undefined || process.ended) return;
    const use = process.memory();
    if (use === undefined) return;
    this.#measuredAt = performance.now();
    this.#peak = Math.max(this.#peak, use.peak);
    if (use.pinned > this.version.memoryMB * 1024) process.killForMemory();
  }

  /** The folder stands in the variables of all its processes. */
  get mark(): string {
    return this.#folder;
  }

  /** Looks at its `/tmp` and ends the process where that has grown over its size. */
  async watchDisk(): Promise<void> {
    const process = this.#process;
    if (process === undefined || process.ended || process.condemned) return;
    const megabytes = (await diskUse(join(this.#folder, 'tmp'))) / 1024 / 1024;
    const { ephemeralStorageMB: limit } = this.version;
    if (megabytes <= limit * 1.05) return;
    this.#endForExcess(
      `/tmp holds ${Math.round(megabytes)} MB of ${limit} MB. On AWS writing would fail with ENOSPC: no space left on device.`,
    );
  }

  /** Ends the process because it started too many others, and those that left its group. */
  endForProcesses(): void {
    this.#endForExcess(
      'The function has more than 1024 processes. On AWS starting another would fail with EAGAIN.',
    );
    void endStrays(this.#folder);
  }

  pause(): void {
    this.#process?.pause();
  }

  resume(): void {
    this.#process?.resume();
  }

  /** Ends the environment. Resolves when its process has gone and its folder is removed. */
  async end(why: string): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    if (why === 'deleted') this.retired = why;
    const process = this.#process;
    process?.kill();
    await process?.exited;
    if (process !== undefined) await endStrays(this.#folder);
    this.#log.flush();
    this.#tell({ phase: 'ended', why });
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /* What the system cannot refuse without root is ended; the log says why, which no line of AWS's does. */
  #endForExcess(why: string): void {
    if (this.#process === undefined || this.#process.condemned) return;
    this.#log.application(`Coldstart: ${why} The function was ended.\n`, true);
    this.#process.killForExcess();
  }

  async #invokeWarm(invocation: Invocation, prepared: Prepared, cause: TrailId): Promise<Outcome> {
    if (this.#frozen) {
      this.#frozen = false;
      this.#tell({ phase: 'thawed' }, cause);
    }
    return this.#serve(invocation, prepared, { spent: 0, initMs: undefined });
  }

  async #invokeCold(invocation: Invocation, prepared: Prepared, cause: TrailId): Promise<Outcome> {
    this.#frozen = false;
    this.#peak = 0;
    this.#measuredAt = -Infinity;
    this.#announce(prepared.program);
    this.#tell({ phase: 'init' }, cause);
    if (!this.#initialised) {
      this.#initialised = true;
      const started = await this.#start(prepared, 'init', invocation.requestId);
      if (started.ready) {
        this.#tell({ phase: 'ready', ms: started.ms }, cause);
        return this.#serve(invocation, prepared, { spent: 0, initMs: started.ms });
      }
    }
    // A failed Init phase, or a process that ended: initialised with the invocation, in the function's own time.
    const started = await this.#start(prepared, 'invoke', invocation.requestId);
    if (started.ready) {
      this.#tell({ phase: 'ready', ms: started.ms }, cause);
      return this.#serve(invocation, prepared, { spent: started.ms, initMs: undefined });
    }
    const account = this.#account(invocation, prepared);
    const measured = { durationMs: started.ms, initMs: undefined, peakKB: this.#peak };
    return account.fail(started.failure, started.status, measured);
  }

  /* Asked before and after waiting. */
  #hasEnded(): boolean {
    return this.#ended;
  }

  get #limit(): number {
    return this.version.timeoutSeconds * 1000;
  }

  #prepare(): Promise<Prepared> {
    const { version, initialization } = this;
    return prepare(this.#setting, {
      version,
      initialization,
      folder: this.#folder,
      stream: this.#log.stream,
    });
  }

  /** Starts the process and waits until it asks for its first event; says so in the log where it does not. */
  async #start(prepared: Prepared, phase: 'init' | 'invoke', requestId: string): Promise<Started> {
    if (this.#hasEnded()) throw new Error('The cloud is stopping.');
    const limit = phase === 'init' ? initLimitOf(this.initialization, this.#limit) : this.#limit;
    const began = performance.now();
    const process = await RuntimeProcess.start(prepared.launch, this.#setting.guard, (message, levelled) =>
      this.#log.application(message, levelled),
    );
    this.#process = process;
    // The cloud stopped while the process was starting.
    if (this.#hasEnded()) process.kill();
    const result = await process.initialise(limit);
    const ms = result.kind === 'timeout' ? limit : performance.now() - began;
    if (result.kind === 'ready') {
      if (phase === 'init') {
        this.#log.system({ type: 'initReport', phase, ms, status: 'success', errorType: undefined });
      }
      return { ready: true, ms };
    }
    await endStrays(this.#folder);
    const failure = initFailed(result, requestId, this.version.timeoutSeconds, prepared.program.framed);
    const status = result.kind === 'timeout' ? 'timeout' : 'error';
    this.#log.system({ type: 'initReport', phase, ms, status, errorType: failure.errorType });
    return { ready: false, ms, failure, status };
  }

  /**
   * @param before `spent`: ms of the invocation that are over; `initMs`: those of an Init phase of its own
   */
  async #serve(
    invocation: Invocation,
    prepared: Prepared,
    { spent, initMs }: { readonly spent: number; readonly initMs: number | undefined },
  ): Promise<Outcome> {
    const process = this.#process;
    if (process === undefined) throw new Error('An environment without a process has no work.');
    const account = this.#account(invocation, prepared);
    const limit = Math.max(1, this.#limit - spent);
    const began = performance.now();
    const result = await process.run(eventOf(invocation, limit), limit, invocation.onChunk);
    const durationMs = result.kind === 'timeout' ? this.#limit : spent + performance.now() - began;
    // What the most was is not forgotten: after a few ms of work it is asked for soon enough.
    if (durationMs > SHORT || performance.now() - this.#measuredAt > MEASURED_EVERY) this.watchMemory();
    const checked = await this.#checked(result, process);
    if (process.ended) await endStrays(this.#folder);
    return account.conclude(checked, { durationMs, initMs, peakKB: this.#peak });
  }

  /* The memory may be over its limit before anyone looked: on AWS the process had ended, and its answer does not count. */
  async #checked(result: RunResult, process: RuntimeProcess): Promise<RunResult> {
    if (result.kind !== 'answered' || !process.condemned) return result;
    return { kind: 'exited', exit: await process.exited };
  }

  #account(invocation: Invocation, { program }: Prepared): Account {
    return new Account(this.#log, this.version, invocation, program.framed);
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
