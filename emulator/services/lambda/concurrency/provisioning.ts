import { totalmem } from 'node:os';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Changes } from '../changes.ts';
import type { Execution, ProvisionedState } from '../execution/execution.ts';
import { runnable } from '../functions/functions.ts';
import type { Functions } from '../functions/functions.ts';
import type { Versions } from '../versions/versions.ts';

/** Provisioned concurrency of a version or an alias as it is kept. */
export interface ProvisionedRecord {
  readonly functionName: string;
  /** A version's number or an alias. */
  readonly qualifier: string;
  readonly requested: number;
  /** ms since 1970 in the cloud's time. */
  readonly lastModified: number;
}

/** How far a configuration is. */
export interface Progress {
  readonly allocated: number;
  readonly status: 'IN_PROGRESS' | 'READY' | 'FAILED';
  readonly reason: string | undefined;
}

const nothing: ProvisionedState = { ready: 0, free: 0, atWork: 0, failed: false };

/* An initialised Node.js takes about this much: of half the machine's memory, so many are kept. */
const environmentBytes = 50 * 1024 * 1024;
const mostKept = Math.max(10, Math.floor(totalmem() / 2 / environmentBytes));

/** Sees to it that as many environments are initialised as versions and aliases have provisioned concurrency. */
export class Provisioning {
  readonly #cloud: Cloud;
  readonly #functions: Functions;
  readonly #versions: Versions;
  readonly #execution: () => Promise<Execution>;
  readonly #table;
  #made: Execution | undefined;
  #stopped = false;
  /* Function → version → environments that were asked for last. */
  readonly #applied = new Map<string, ReadonlyMap<string, number>>();

  constructor(
    cloud: Cloud,
    parts: {
      readonly functions: Functions;
      readonly versions: Versions;
      readonly changes: Changes;
      readonly execution: () => Promise<Execution>;
    },
  ) {
    this.#cloud = cloud;
    this.#functions = parts.functions;
    this.#versions = parts.versions;
    this.#execution = parts.execution;
    this.#table = cloud.state.table<ProvisionedRecord>('lambda.provisioned');
    parts.changes.follow((change) => {
      const { scope, name } = change;
      const before = this.of(scope, name);
      if (before.length === 0) return;
      for (const { qualifier } of before) {
        const gone =
          change.is === 'function deleted' || (change.is !== 'alias moved' && change.qualifier === qualifier);
        if (gone) this.#table.in(scope).delete(keyOf(name, qualifier));
      }
      this.#apply(scope, name);
    });
  }

  /** Brings up what was there when the cloud ended. */
  resume(): void {
    for (const scope of this.#table.scopes()) {
      const names = new Set([...this.#table.in(scope).values()].map(({ functionName }) => functionName));
      for (const name of names) this.#apply(scope, name);
    }
  }

  /** From now on nothing is brought up any more. */
  stop(): void {
    this.#stopped = true;
  }

  find(scope: Scope, name: string, qualifier: string): ProvisionedRecord | undefined {
    return this.#table.in(scope).get(keyOf(name, qualifier));
  }

  /** A function's configurations, by qualifier. */
  of(scope: Scope, name: string): ProvisionedRecord[] {
    const own = [...this.#table.in(scope).values()].filter(({ functionName }) => functionName === name);
    return own.sort((a, b) => (a.qualifier < b.qualifier ? -1 : 1));
  }

  /** What a function's configurations ask for in all. */
  total(scope: Scope, name: string): number {
    let sum = 0;
    for (const { functionName, requested } of this.#table.in(scope).values()) {
      if (functionName === name) sum += requested;
    }
    return sum;
  }

  /** All configurations of an account and region: asked for at every invocation, so not sorted. */
  all(scope: Scope): IterableIterator<ProvisionedRecord> {
    return this.#table.in(scope).values();
  }

  put(scope: Scope, name: string, qualifier: string, requested: number): ProvisionedRecord {
    const record = { functionName: name, qualifier, requested, lastModified: this.#cloud.clock.now() };
    this.#table.in(scope).set(keyOf(name, qualifier), record);
    // Asked for again, so tried again where it had failed.
    const key = functionKey(scope, name);
    this.#applied.set(key, new Map([...(this.#applied.get(key) ?? [])].map(([version]) => [version, 0])));
    this.#apply(scope, name);
    return record;
  }

  delete(scope: Scope, name: string, qualifier: string): void {
    this.#table.in(scope).delete(keyOf(name, qualifier));
    this.#apply(scope, name);
  }

  /** How far a configuration is now. */
  progress(scope: Scope, record: ProvisionedRecord): Progress {
    const { functionName: name, requested } = record;
    const targets = [...this.#shares(scope, record)];
    let ready = 0;
    let failed = false;
    for (const [version, count] of targets) {
      const state = this.state(scope, name, version);
      ready += Math.min(count, state.ready);
      failed ||= state.failed;
    }
    if (targets.length > 0 && ready >= requested) {
      return { allocated: requested, status: 'READY', reason: undefined };
    }
    if (failed) return { allocated: ready, status: 'FAILED', reason: 'FUNCTION_ERROR_INIT_FAILURE' };
    if (requested > mostKept) {
      const reason = `Coldstart: this machine has memory for ${mostKept} initialised environments.`;
      return { allocated: ready, status: 'FAILED', reason };
    }
    // Those of the version before are there until the new ones are ready.
    const current = new Set(targets.map(([version]) => version));
    for (const version of this.#versionsKept(scope, name)) {
      if (!current.has(version)) ready += this.state(scope, name, version).ready;
    }
    return { allocated: Math.min(ready, requested), status: 'IN_PROGRESS', reason: undefined };
  }

  /** What execution keeps of a version now. */
  state(scope: Scope, name: string, version: string): ProvisionedState {
    return this.#made?.provisioned(scope, name, version) ?? nothing;
  }

  /** Environments of a function that are initialised beforehand, over all its versions. */
  ready(scope: Scope, name: string): number {
    let sum = 0;
    for (const version of this.#versionsKept(scope, name)) sum += this.state(scope, name, version).ready;
    return sum;
  }

  /** How many environments shall be kept for a version. */
  wanted(scope: Scope, name: string, version: string): number {
    let sum = 0;
    for (const record of this.#table.in(scope).values()) {
      if (record.functionName !== name) continue;
      for (const [of, count] of this.#shares(scope, record)) if (of === version) sum += count;
    }
    return sum;
  }

  /* Of an alias with weights each version gets its share: the sum "fluctuates", as the API's model says. */
  #shares(scope: Scope, { functionName, qualifier, requested }: ProvisionedRecord): Map<string, number> {
    const alias = this.#versions.findAlias(scope, functionName, qualifier);
    if (alias === undefined) return new Map([[qualifier, requested]]);
    const [further] = Object.entries(alias.weights);
    if (further === undefined) return new Map([[alias.version, requested]]);
    const ofFurther = Math.round(requested * further[1]);
    return new Map([
      [alias.version, requested - ofFurther],
      [further[0], ofFurther],
    ]);
  }

  /* Asked before and after waiting. */
  #hasStopped(): boolean {
    return this.#stopped;
  }

  #versionsKept(scope: Scope, name: string): Iterable<string> {
    return this.#applied.get(functionKey(scope, name))?.keys() ?? [];
  }

  #apply(scope: Scope, name: string): void {
    // A failure to make execution at all is answered to whoever invokes.
    void this.#bringUp(scope, name).catch(() => undefined);
  }

  async #bringUp(scope: Scope, name: string): Promise<void> {
    const execution = (this.#made ??= await this.#execution());
    if (this.#stopped) return;
    const key = functionKey(scope, name);
    const before = this.#applied.get(key) ?? new Map<string, number>();
    const wanted = new Map<string, number>();
    for (const record of this.of(scope, name)) {
      for (const [version, count] of this.#shares(scope, record)) {
        wanted.set(version, (wanted.get(version) ?? 0) + count);
      }
    }
    // Those of a version that is left stay in the list until they are ended.
    this.#applied.set(key, new Map([...[...before].map(([version]) => [version, 0] as const), ...wanted]));
    const brought = [...wanted].map(async ([version, count]) => {
      if (before.get(version) === count) return;
      await this.#provision(execution, scope, name, version, Math.min(count, mostKept));
    });
    await Promise.all(brought);
    for (const version of before.keys()) {
      // While the new ones were made, it may have been wanted again.
      if (this.#hasStopped() || this.wanted(scope, name, version) > 0) continue;
      const now = new Map(this.#applied.get(key));
      if (now.delete(version)) this.#applied.set(key, now);
      if (now.size === 0) this.#applied.delete(key);
      execution.unprovision(scope, name, version);
    }
  }

  async #provision(
    execution: Execution,
    scope: Scope,
    name: string,
    version: string,
    count: number,
  ): Promise<void> {
    const record = this.#functions.find(scope, name);
    const view = record === undefined ? undefined : this.#versions.view(scope, record, version);
    if (view === undefined) return;
    if (view.phase.is === 'pending') {
      const { until } = view.phase;
      await new Promise<void>((resolve) => this.#cloud.clock.at(until, resolve));
      if (this.#stopped || this.wanted(scope, name, version) === 0) return;
      await this.#provision(execution, scope, name, version, count);
      return;
    }
    await execution.provision(runnable(scope, view), count);
  }
}

const functionKey = (scope: Scope, name: string): string => `${scope.account}/${scope.region}/${name}`;

const keyOf = (name: string, qualifier: string): string => `${name}:${qualifier}`;
