import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { ProcessOutput } from '../output/process-output.ts';
import type { Take } from '../output/process-output.ts';
import type { Guard } from './guard.ts';
import { ProcessMemory } from './memory.ts';
import type { MemoryUse } from './memory.ts';
import { openRuntimeApi } from './runtime-api.ts';
import type { Answer, Event, RuntimeApi } from './runtime-api.ts';
import { freeze, kill, thaw } from './signals.ts';

/** How a runtime is started. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment of the process: nothing of the cloud's own is added. */
  readonly variables: Readonly<Record<string, string>>;
  /** Whether the runtime's bootstrap is ours and writes frames to descriptor 3. */
  readonly framed: boolean;
}

/** How a process ended. */
export interface Exit {
  readonly status: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  /** The system's code where it could not even be started, for example `ENOENT`. */
  readonly refused: string | undefined;
  /** It was ended for the memory it took, or V8 ended it as its heap was full. */
  readonly outOfMemory: boolean;
}

export type InitResult =
  | { readonly kind: 'ready' }
  | { readonly kind: 'timeout' }
  /** `payload`: what the runtime posted to `/init/error` before. */
  | { readonly kind: 'exited'; readonly exit: Exit; readonly payload: Uint8Array | undefined };

export type RunResult =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly exit: Exit | undefined }
  | { readonly kind: 'exited'; readonly exit: Exit }
  | { readonly kind: 'timeout' };

interface Work {
  readonly requestId: string;
  answer: Answer | undefined;
  /** Nothing was printed. */
  silent: boolean;
  readonly onChunk: ((bytes: Uint8Array, contentType: string | undefined) => void) | undefined;
  readonly settle: (why: 'next' | 'timeout' | 'exit') => void;
}

/** Longest wait for output that was announced, in ms: a safeguard that a healthy runtime never reaches. */
const drainLimit = 1_000;

/** How long a runtime that told of an init error may take to end, in ms. */
const initErrorGrace = 500;

/** The process of an execution environment: one life of it, from start to end. */
export class RuntimeProcess {
  /** Resolves when the process has ended and all that it wrote has been taken. */
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess | undefined;
  readonly #api: RuntimeApi;
  readonly #output: ProcessOutput | undefined;
  readonly #memory: ProcessMemory | undefined;
  #exit: Exit | undefined;
  #ready = false;
  #onReady: (() => void) | undefined;
  #initError: Uint8Array | undefined;
  #work: Work | undefined;
  #outOfMemory = false;
  #condemned = false;
  #frozen = false;

  /**
   * Starts a runtime.
   * @param take gets every event the function logs, in order
   */
  static async start(launch: Launch, guard: Guard, take: Take): Promise<RuntimeProcess> {
    return new RuntimeProcess(launch, guard, take, await openRuntimeApi());
  }

  private constructor(launch: Launch, guard: Guard, take: Take, api: RuntimeApi) {
    this.#api = api;
    api.listen({
      next: () => this.#asked(),
      chunk: (bytes, contentType) => this.#chunk(bytes, contentType),
      answer: (answer, silent) => this.#answered(answer, silent),
      initError: (payload) => this.#initFailed(payload),
    });
    const { child, refused } = spawnRuntime(launch, api.address);
    this.#child = child;
    const output = child?.pid === undefined ? undefined : new ProcessOutput(child, take);
    this.#output = output;
    this.#memory = child?.pid === undefined ? undefined : new ProcessMemory(child.pid);
    this.exited = new Promise((resolve) => {
      const finish = (
        status: number | null,
        signal: NodeJS.Signals | null,
        code: string | undefined,
      ): void => {
        if (this.#exit !== undefined) return;
        api.close();
        this.#output?.end();
        this.#memory?.close();
        this.#exit = {
          status: status ?? undefined,
          signal: signal ?? undefined,
          refused: code,
          outOfMemory: this.#outOfMemory || output?.heapWasFull === true,
        };
        resolve(this.#exit);
        this.#onReady?.();
        this.#work?.settle('exit');
      };
      if (child?.pid === undefined) {
        // The event of a process that could not be started brings the reason where the call did not.
        if (refused !== undefined) setImmediate(finish, null, null, refused);
        child?.once('error', (error: NodeJS.ErrnoException) => finish(null, null, error.code ?? 'ENOENT'));
        return;
      }
      const { pid } = child;
      guard.watch(pid);
      child.on('error', () => {
        // A signal could not be sent: it has ended.
      });
      child.once('exit', (status, signal) => {
        // What it started goes with it; and with that, the last who could hold its pipes open.
        kill(pid);
        guard.forget(pid);
        const limit = setTimeout(() => finish(status, signal, undefined), drainLimit);
        child.once('close', () => {
          clearTimeout(limit);
          finish(status, signal, undefined);
        });
      });
    });
  }

  /** Undefined where it could not be started. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get ended(): boolean {
    return this.#exit !== undefined;
  }

  /**
   * Waits until the runtime asks for its first event.
   * @param limit ms; a runtime that takes longer is ended
   */
  async initialise(limit: number): Promise<InitResult> {
    if (!this.#ready && this.#exit === undefined) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, limit);
        this.#onReady = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#onReady = undefined;
    }
    if (this.#exit !== undefined) return { kind: 'exited', exit: this.#exit, payload: this.#initError };
    if (this.#ready) return { kind: 'ready' };
    this.kill();
    await this.exited;
    return { kind: 'timeout' };
  }

  /**
   * Hands an event to the runtime and waits until it asks for the next one; all that it logged has been taken then.
   * @param limit ms until the process is ended
   * @param onChunk takes a streamed response's bytes as they come
   */
  async run(event: Event, limit: number, onChunk?: Work['onChunk']): Promise<RunResult> {
    if (this.#exit !== undefined) return { kind: 'exited', exit: this.#exit };
    const outcome = await new Promise<{
      why: 'next' | 'timeout' | 'exit';
      answer: Answer | undefined;
      silent: boolean;
    }>((resolve) => {
      const timer = setTimeout(() => work.settle('timeout'), limit);
      const work: Work = {
        requestId: event.requestId,
        answer: undefined,
        silent: false,
        onChunk,
        settle: (why) => {
          clearTimeout(timer);
          this.#work = undefined;
          resolve({ why, answer: work.answer, silent: work.silent });
        },
      };
      this.#work = work;
      this.#ready = false;
      this.#api.deliver(event);
      this.#thaw();
    });
    if (outcome.why === 'timeout') {
      this.kill();
      await this.exited;
      return { kind: 'timeout' };
    }
    if (outcome.why === 'next') await this.#output?.drain(outcome.silent ? undefined : event.requestId);
    if (outcome.answer !== undefined) return { kind: 'answered', answer: outcome.answer, exit: this.#exit };
    return { kind: 'exited', exit: await this.exited };
  }

  /** What the process uses and has used, in KB. Undefined where nothing is known. */
  memory(): MemoryUse | undefined {
    const seen = this.#exit === undefined ? this.#memory?.measure() : undefined;
    if (seen !== undefined) return seen;
    const peak = this.#output?.reportedPeak ?? 0;
    return peak > 0 ? { peak, pinned: 0 } : undefined;
  }

  freeze(): void {
    if (this.pid === undefined || this.#exit !== undefined) return;
    this.#frozen = true;
    freeze(this.pid);
  }

  #thaw(): void {
    if (!this.#frozen || this.pid === undefined) return;
    this.#frozen = false;
    thaw(this.pid);
  }

  /** Stops it for a moment of its work; {@link resume} lets it go on. */
  pause(): void {
    if (this.pid !== undefined && this.#exit === undefined) freeze(this.pid);
  }

  resume(): void {
    if (this.pid !== undefined && this.#exit === undefined && !this.#frozen) thaw(this.pid);
  }

  /** Whether it took more than it may: its answer does not count any more. */
  get condemned(): boolean {
    return this.#outOfMemory || this.#condemned;
  }

  /** Ends the process because of the memory it takes. */
  killForMemory(): void {
    this.#outOfMemory = true;
    this.kill();
  }

  /** Ends the process because of something else that it takes too much of. */
  killForExcess(): void {
    this.#condemned = true;
    this.kill();
  }

  kill(): void {
    if (this.pid !== undefined && this.#exit === undefined) kill(this.pid);
  }

  /* A runtime may send its answer and the next question in one packet: they are read side by side. */
  #asked(): void {
    this.#ready = true;
    this.#onReady?.();
    if (this.#work?.answer !== undefined) this.#work.settle('next');
  }

  #answered(answer: Answer, silent: boolean): void {
    if (this.#work === undefined) return;
    if (this.#work.answer === undefined) {
      this.#work.answer = answer;
      this.#work.silent = silent;
    }
    if (this.#ready) this.#work.settle('next');
  }

  #chunk(bytes: Uint8Array, contentType: string | undefined): boolean {
    if (this.#work?.onChunk === undefined) return false;
    this.#work.onChunk(bytes, contentType);
    return true;
  }

  #initFailed(payload: Uint8Array): void {
    if (this.#initError !== undefined) return;
    this.#initError = payload;
    // A runtime that says so ends by itself; a custom one may not.
    setTimeout(() => this.kill(), initErrorGrace).unref();
  }
}

function spawnRuntime(
  launch: Launch,
  address: string,
): { readonly child: ChildProcess | undefined; readonly refused: string | undefined } {
  try {
    const child = spawn(launch.command, launch.args, {
      cwd: launch.cwd,
      env: { ...launch.variables, AWS_LAMBDA_RUNTIME_API: address },
      stdio: launch.framed ? ['ignore', 'pipe', 'pipe', 'pipe'] : ['ignore', 'pipe', 'pipe'],
      // The leader of a group of its own, so that what it starts ends and freezes with it.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    return { child, refused: undefined };
  } catch (error) {
    return { child: undefined, refused: (error as NodeJS.ErrnoException).code ?? 'ENOEXEC' };
  }
}
