import { randomInt } from 'node:crypto';
import type { Clock, ClockTimer } from '../../../../clock/clock.ts';
import type { FunctionVersion, ProvisionedState } from '../execution.ts';
import { Environment } from './environment.ts';
import type { InitializationType } from '../log/system-events.ts';
import type { EnvironmentSetting } from './preparation.ts';
import { ProvisionedEnvironments } from './provisioned.ts';

const minute = 60_000;
/** Cloud time, in ms: about how long an environment waits for its next invocation. */
const idleFor = 6 * minute;
/** Cloud time, in ms: an environment is replaced after this long even under load. */
const livesFor = 120 * minute;

interface Idle {
  readonly environment: Environment;
  readonly timer: ClockTimer;
}

/** The environments of one function, over all its versions. */
export class FunctionPool {
  /** Invocations at work now. */
  busy = 0;
  readonly #setting: EnvironmentSetting;
  readonly #clock: Clock;
  /** Used last stands last. */
  readonly #idle: Idle[] = [];
  readonly #all = new Set<Environment>();
  readonly #ending = new Set<Promise<void>>();
  /* Version → those that are kept initialised. */
  readonly #provisioned = new Map<string, ProvisionedEnvironments>();
  #initialising = 0;

  constructor(setting: EnvironmentSetting) {
    this.#setting = setting;
    this.#clock = setting.cloud.clock;
  }

  /** Environments that exist, and those whose end is not complete. */
  get size(): number {
    return this.#all.size + this.#ending.size;
  }

  /** Keeps so many environments of a version initialised. Resolves as {@link ProvisionedEnvironments.set} does. */
  async provision(version: FunctionVersion, count: number): Promise<void> {
    let kept = this.#provisioned.get(version.version);
    if (kept === undefined) {
      kept = new ProvisionedEnvironments(
        {
          clock: this.#clock,
          make: (of) => this.#make(of, 'provisioned-concurrency'),
          end: (environment, why) => this.#end(environment, why),
          inTurn: this.#setting.inTurn,
          initialising: (change) => {
            this.#initialising += change;
            this.#setting.initialising(change);
          },
        },
        version,
      );
      this.#provisioned.set(version.version, kept);
    }
    await kept.set(version, count);
  }

  /** Ends those that are kept of a version: idle ones now, busy ones when they are given back. */
  unprovision(version: string): void {
    this.#provisioned.get(version)?.none();
  }

  /** How many environments of a version are kept initialised now. */
  provisioned(version: string): ProvisionedState {
    return this.#provisioned.get(version)?.state ?? { ready: 0, free: 0, atWork: 0, failed: false };
  }

  /**
   * An environment that was initialised beforehand, the one that was used last, or a new one. It is the caller's
   * until it is given back.
   */
  take(version: FunctionVersion): Environment {
    const kept = this.#provisioned.get(version.version)?.take();
    if (kept !== undefined) return kept;
    for (let at = this.#idle.length - 1; at >= 0; at -= 1) {
      const idle = this.#idle[at];
      if (idle?.environment.version.version !== version.version) continue;
      this.#idle.splice(at, 1);
      idle.timer.cancel();
      const { environment } = idle;
      if (environment.version.revision !== version.revision) this.#end(environment, 'updated');
      else if (this.#clock.now() - environment.bornAt >= livesFor) this.#end(environment, 'lifetime');
      else return environment;
    }
    return this.#make(version, 'on-demand');
  }

  /** Takes an environment back after an invocation. */
  giveBack(environment: Environment): void {
    if (this.#provisioned.get(environment.version.version)?.giveBack(environment) === true) return;
    if (environment.retired !== undefined) {
      this.#end(environment, environment.retired);
      return;
    }
    // Not all at once, as on AWS: the order in which environments go is no rule to rely on.
    const wait = idleFor + randomInt(-minute, minute);
    const timer = this.#clock.after(wait, () => {
      const at = this.#idle.indexOf(idle);
      if (at >= 0) this.#idle.splice(at, 1);
      this.#end(environment, 'idle');
    });
    const idle: Idle = { environment, timer };
    this.#idle.push(idle);
    environment.rest();
  }

  /** Takes back an environment that could not run its invocation. */
  discard(environment: Environment, why: string): void {
    if (this.#provisioned.get(environment.version.version)?.discard(environment, why) === true) return;
    this.#end(environment, why);
  }

  /** Ends idle environments now, busy ones after their invocation. */
  recycle(why: 'updated' | 'deleted', version?: string): void {
    const concerns = (environment: Environment): boolean =>
      version === undefined || environment.version.version === version;
    this.#endIdle(why, concerns);
    for (const environment of this.#all) if (concerns(environment)) environment.retired ??= why;
  }

  /** Looks at the memory of every environment at work. */
  watchMemory(): void {
    for (const environment of this.atWork()) environment.watchMemory();
  }

  /** All that have not ended. */
  get environments(): Environment[] {
    return [...this.#all];
  }

  /** Environments that run an invocation or are initialised. */
  *atWork(): Generator<Environment> {
    if (this.busy === 0 && this.#initialising === 0) return;
    const idle = new Set(this.#idle.map(({ environment }) => environment));
    for (const environment of this.#all) {
      if (idle.has(environment)) continue;
      if (this.#provisioned.get(environment.version.version)?.isIdle(environment) !== true) yield environment;
    }
  }

  /** Ends everything and resolves when nothing is left. */
  async stop(): Promise<void> {
    this.#endIdle('stopped');
    const kept = [...this.#provisioned.values()].map((each) => each.stop());
    for (const environment of [...this.#all]) this.#end(environment, 'stopped');
    await Promise.all(kept);
    await Promise.all(this.#ending);
  }

  #endIdle(why: string, concerns: (environment: Environment) => boolean = () => true): void {
    for (const idle of this.#idle.splice(0)) {
      if (!concerns(idle.environment)) {
        this.#idle.push(idle);
        continue;
      }
      idle.timer.cancel();
      this.#end(idle.environment, why);
    }
  }

  #make(version: FunctionVersion, initialization: InitializationType): Environment {
    const environment = new Environment(this.#setting, version, initialization);
    this.#all.add(environment);
    return environment;
  }

  #end(environment: Environment, why: string): void {
    if (!this.#all.delete(environment)) return;
    const ending: Promise<void> = environment
      .end(why)
      .catch(() => {
        // Its folder could not be removed: the next start of the cloud tries again.
      })
      .then(() => {
        this.#ending.delete(ending);
      });
    this.#ending.add(ending);
  }
}
