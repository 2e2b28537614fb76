import { randomInt } from 'node:crypto';
import type { Clock } from '../../../../clock/clock.ts';
import type { FunctionVersion, ProvisionedState } from '../execution.ts';
import type { Environment } from './environment.ts';

const minute = 60_000;
/** Cloud time, in ms: environments that are kept are renewed, too. */
const livesFor = 120 * minute;

/** What a set of provisioned environments needs of its pool. */
export interface ProvisionedSetting {
  readonly clock: Clock;
  /** A new environment that belongs to the pool. */
  readonly make: (version: FunctionVersion) => Environment;
  /** Ends an environment of the pool. */
  readonly end: (environment: Environment, why: string) => void;
  /** Runs work when it is its turn: a machine initialises only so many processes at once. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>;
  /** Called before and after environments are initialised. */
  readonly initialising: (change: 1 | -1) => void;
}

/** The environments of one version that are kept initialised, and how many there shall be. */
export class ProvisionedEnvironments {
  readonly #setting: ProvisionedSetting;
  #version: FunctionVersion;
  #wanted = 0;
  #failed = false;
  /* Initialised: those at work, too. */
  readonly #ready = new Set<Environment>();
  readonly #idle: Environment[] = [];
  readonly #starting = new Set<Environment>();
  readonly #work = new Set<Promise<void>>();
  #settled: (() => void)[] = [];

  constructor(setting: ProvisionedSetting, version: FunctionVersion) {
    this.#setting = setting;
    this.#version = version;
  }

  get state(): ProvisionedState {
    return {
      ready: Math.min(this.#ready.size, this.#wanted),
      free: this.#idle.length,
      atWork: this.#ready.size - this.#idle.length,
      failed: this.#failed,
    };
  }

  /** Sets how many there shall be. Resolves when they are there, when one could not be initialised, or at the next change. */
  async set(version: FunctionVersion, count: number): Promise<void> {
    this.#version = version;
    this.#want(count);
    this.#fill();
    if (this.#isSettled()) return;
    await new Promise<void>((resolve) => this.#settled.push(resolve));
  }

  /** Keeps none any more. Those at work end when they are given back. */
  none(): void {
    this.#want(0);
  }

  /** An environment that is free, or undefined. The caller's until it is given back. */
  take(): Environment | undefined {
    return this.#idle.pop();
  }

  /** Takes back an environment. @returns false where it is none of this set's */
  giveBack(environment: Environment): boolean {
    if (!this.#ready.has(environment)) return false;
    const why =
      environment.retired ??
      (this.#ready.size > this.#wanted
        ? 'no longer provisioned'
        : environment.crashed
          ? 'crashed'
          : this.#setting.clock.now() - environment.bornAt >= livesFor
            ? 'lifetime'
            : undefined);
    if (why === undefined) {
      this.#idle.push(environment);
      environment.rest();
    } else this.#drop(environment, why);
    return true;
  }

  /** Forgets an environment that could not run its invocation. @returns false where it is none of this set's */
  discard(environment: Environment, why: string): boolean {
    if (!this.#ready.has(environment)) return false;
    this.#drop(environment, why);
    return true;
  }

  isIdle(environment: Environment): boolean {
    return this.#idle.includes(environment);
  }

  /** Keeps no more. Resolves when nothing is being initialised. */
  async stop(): Promise<void> {
    this.#wanted = 0;
    this.#tellSettled();
    for (const environment of [...this.#idle.splice(0), ...this.#starting]) {
      this.#ready.delete(environment);
      this.#setting.end(environment, 'stopped');
    }
    await Promise.all(this.#work);
  }

  #want(count: number): void {
    this.#wanted = count;
    this.#failed = false;
    this.#tellSettled();
    while (this.#ready.size > count) {
      const environment = this.#idle.pop();
      if (environment === undefined) break;
      this.#drop(environment, 'no longer provisioned');
    }
  }

  #drop(environment: Environment, why: string): void {
    this.#ready.delete(environment);
    const at = this.#idle.indexOf(environment);
    if (at >= 0) this.#idle.splice(at, 1);
    this.#setting.end(environment, why);
    this.#fill();
  }

  #fill(): void {
    if (this.#failed) return;
    while (this.#ready.size + this.#starting.size < this.#wanted) {
      const environment = this.#setting.make(this.#version);
      this.#starting.add(environment);
      const work: Promise<void> = this.#setting
        .inTurn(() => this.#start(environment))
        .then(() => {
          this.#work.delete(work);
          if (this.#isSettled()) this.#tellSettled();
        });
      this.#work.add(work);
    }
  }

  async #start(environment: Environment): Promise<void> {
    // What was wanted may have changed while it waited for its turn.
    const wanted = this.#ready.size < this.#wanted && environment.retired === undefined && !this.#failed;
    let ready = false;
    if (wanted) {
      this.#setting.initialising(1);
      // Where no environment can be had at all (a runtime is missing on this machine), that is a failure, too.
      ready = await environment.initialise().catch(() => false);
      this.#setting.initialising(-1);
    }
    this.#starting.delete(environment);
    if (wanted && !ready && environment.retired === undefined && this.#wanted > 0) this.#failed = true;
    if (!ready || environment.retired !== undefined || this.#ready.size >= this.#wanted) {
      this.#setting.end(environment, wanted && !ready ? 'init failed' : 'no longer provisioned');
      this.#fill();
      return;
    }
    this.#ready.add(environment);
    this.#idle.push(environment);
    environment.rest();
    this.#renewLater(environment);
  }

  /* Renewed before it is needed, not at an invocation, and not all at once. */
  #renewLater(environment: Environment): void {
    this.#setting.clock.after(livesFor - randomInt(10 * minute), () => {
      if (this.#idle.includes(environment)) this.#drop(environment, 'lifetime');
    });
  }

  #isSettled(): boolean {
    return this.#failed || (this.#starting.size === 0 && this.#ready.size >= this.#wanted);
  }

  #tellSettled(): void {
    for (const tell of this.#settled.splice(0)) tell();
  }
}
