import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { IamPort } from '../../iam/port.ts';
import type { LogsPort } from '../../logs/port.ts';
import { createCode } from './environment/code.ts';
import type { Environment } from './environment/environment.ts';
import { FunctionPool } from './environment/pool.ts';
import type { Execution, FunctionVersion, Invocation, Outcome } from './execution.ts';
import { ExcessWatch } from './process/excess.ts';
import { Guard } from './process/guard.ts';
import { canMeasure } from './process/memory.ts';

/** How often the memory of environments at work is looked at, in ms. */
const watchEvery = 20;

/** Makes what runs functions: real processes on this machine. */
export function createExecution(cloud: Cloud, ports: { logs: LogsPort; iam: IamPort }): Execution {
  const code = createCode(cloud);
  const environments = join(cloud.settings.home, 'lambda', 'environments');
  // What a cloud that was killed left behind is in folders of other names.
  const run = randomBytes(4).toString('hex');
  const folder = join(environments, run);
  const guard = new Guard(folder);
  const setting = {
    cloud,
    ports,
    code,
    guard,
    folder,
    inTurn: turns(Math.max(2, availableParallelism())),
    initialising: (change: 1 | -1) => (change === 1 ? began() : ended()),
  };
  const cleaned = removeLeftovers(environments, run);
  const pools = new Map<string, FunctionPool>();
  let watch: NodeJS.Timeout | undefined;
  let busy = 0;
  let stopped = false;
  const running = new Set<Promise<Outcome>>();

  const keyOf = (scope: Scope, name: string): string => `${scope.account}/${scope.region}/${name}`;

  function poolOf(scope: Scope, name: string): FunctionPool {
    const key = keyOf(scope, name);
    let pool = pools.get(key);
    if (pool === undefined) {
      pool = new FunctionPool(setting);
      pools.set(key, pool);
    }
    return pool;
  }

  function* atWork(): Generator<Environment> {
    for (const pool of pools.values()) yield* pool.atWork();
  }
  const excess = new ExcessWatch(() => [...pools.values()].flatMap((pool) => pool.environments), atWork);

  function began(): void {
    busy += 1;
    excess.begin();
    if (!canMeasure || watch !== undefined) return;
    let notBefore = 0;
    watch = setInterval(() => {
      const at = performance.now();
      if (at < notBefore) return;
      for (const pool of pools.values()) pool.watchMemory();
      // A function with a thousand processes takes long to measure: the cloud has other work.
      notBefore = performance.now() + 9 * (performance.now() - at);
    }, watchEvery);
    watch.unref();
  }

  function ended(): void {
    busy -= 1;
    if (busy > 0) return;
    clearInterval(watch);
    watch = undefined;
  }

  async function execute(version: FunctionVersion, invocation: Invocation): Promise<Outcome> {
    const facts = { functionArn: version.arn, requestId: invocation.requestId };
    const entry = cloud.trail.record(version.scope, 'lambda.invocation', facts, invocation.cause);
    const pool = poolOf(version.scope, version.name);
    pool.busy += 1;
    began();
    const environment = pool.take(version);
    try {
      const outcome = await environment.invoke(invocation, entry);
      pool.giveBack(environment);
      cloud.trail.complete(entry, told(outcome));
      return environment.initialization === 'on-demand' ? outcome : { ...outcome, provisioned: true };
    } catch (error) {
      pool.discard(environment, 'failed');
      cloud.trail.complete(entry, { outcome: (error as Error).name });
      throw error;
    } finally {
      pool.busy -= 1;
      ended();
    }
  }

  return {
    async invoke(version, invocation) {
      if (stopped) throw new Error('The cloud is stopping.');
      const outcome = execute(version, invocation);
      running.add(outcome);
      try {
        return await outcome;
      } finally {
        running.delete(outcome);
      }
    },
    async provision(version, count) {
      if (!stopped) await poolOf(version.scope, version.name).provision(version, count);
    },
    unprovision(scope, name, version) {
      pools.get(keyOf(scope, name))?.unprovision(version);
    },
    provisioned: (scope, name, version) =>
      pools.get(keyOf(scope, name))?.provisioned(version) ?? { ready: 0, free: 0, atWork: 0, failed: false },
    busy: (scope, name) => pools.get(keyOf(scope, name))?.busy ?? 0,
    recycle(scope, name, why, version) {
      pools.get(keyOf(scope, name))?.recycle(why, version);
    },
    async stop() {
      stopped = true;
      await cleaned;
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
      await Promise.allSettled(running);
      clearInterval(watch);
      await guard.stop();
      await code.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function told(outcome: Outcome): { ms: number; outcome: string; initMs?: number } {
  const { durationMs, initMs, errorType } = outcome;
  return { ms: durationMs, outcome: errorType ?? 'success', ...(initMs === undefined ? {} : { initMs }) };
}

/** Lets work run when it is its turn, so much of it at once. */
function turns(atOnce: number): (work: () => Promise<void>) => Promise<void> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      await work();
    } finally {
      const next = waiting.shift();
      // A turn is handed on, not given up and taken again.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

async function removeLeftovers(environments: string, run: string): Promise<void> {
  const names = await readdir(environments).catch(() => []);
  for (const name of names) {
    if (name !== run) await rm(join(environments, name), { recursive: true, force: true }).catch(() => {});
  }
}
