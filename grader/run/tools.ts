import type { Capability, CheckTools, Evidence, SpokenCheck } from '../api.ts';
import type { Prober } from '../probes/prober.ts';
import { resourceName } from '../resource-name.ts';
import type { OpenModule } from '../submission/student-module.ts';
import { viewOf } from '../targets/clients/view.ts';
import { invokeUrl } from '../targets/invoke-url.ts';
import type { Target } from '../targets/target.ts';
import type { EngineText } from '../text.ts';
import { chanceOf } from './chance.ts';
import type { Expect } from './expectation.ts';
import { http } from './http.ts';
import { invoke } from './invoke.ts';
import type { Turns } from './turns.ts';
import { poll } from './until.ts';
import { CheckFailed, RestsOnUnverified } from './verdicts.ts';
import { Waiting } from './waiting.ts';

/** Seconds that a student's module may take to load, and to answer a call. */
const moduleSeconds = 10;

/** What all checks of a run share. */
export interface Run {
  /** Whose turn it is; made by the run itself. */
  readonly turns?: Turns;
  readonly target: Target;
  readonly account: string;
  readonly submission: string;
  readonly seed: number;
  readonly prefix: string;
  readonly text: EngineText;
  readonly expect: Expect;
  readonly prober: Prober;
  readonly signal: AbortSignal;
}

/** What the checks that a check needs have left for it. */
export type Earlier = ReadonlyMap<string, Left>;
export type Left =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'unverified'; readonly missing: readonly Capability[] };

/** The tools of one check, and what came of using them. */
export interface Bench {
  readonly tools: CheckTools;
  readonly notes: readonly Evidence[];
  readonly waiting: Waiting;
  /** Ends what the check has started. */
  close(): Promise<void>;
}

export function benchFor(check: SpokenCheck, run: Run, earlier: Earlier, signal: AbortSignal): Bench {
  const { target, text } = run;
  const waiting = new Waiting();
  const notes: Evidence[] = [];
  const modules: Promise<OpenModule>[] = [];
  const clients = viewOf(target.pool, { during: waiting.during.bind(waiting), signal });
  const tools: CheckTools = {
    clients,
    target: target.name,
    region: target.region,
    account: run.account,
    submission: run.submission,
    ...chanceOf(run.seed, check.id),
    name: (resource) => resourceName(resource, run.prefix, run.account),
    fail(finding) {
      throw new CheckFailed(finding);
    },
    unseen(...missing) {
      throw new RestsOnUnverified(check.id, missing);
    },
    expect: run.expect,
    until: (what, look) =>
      waiting.during(text.waiting.until[what], poll(look, target.deadlines[what], signal)),
    pass(seconds, when) {
      const passing = () => target.pass(seconds);
      // Elsewhere time passes by itself, and nobody is in the way.
      const alone = when === 'alone' && target.name === 'embedded' ? run.turns : undefined;
      return waiting.during(text.waiting.pass(seconds), alone?.alone(passing) ?? passing());
    },
    note: (evidence) => void notes.push(evidence),
    from<T>(id: string): T {
      const left = earlier.get(id);
      if (left === undefined) throw new Error(`check ${check.id} reads ${id} but does not need it`);
      if (left.kind === 'unverified') throw new RestsOnUnverified(id, left.missing);
      // The lab's author says what the other check returns; nothing here can know it.
      return left.value as T;
    },
    invoke: (name, payload) => waiting.during(text.waiting.invocation(name), invoke(clients, name, payload)),
    apiUrl: (apiId, stage) => invokeUrl(target, apiId, stage),
    http: (url, request = {}) =>
      waiting.during(text.waiting.http(request.method ?? 'GET', url), http(text.http, url, request, signal)),
    async module(path, folder) {
      // A check that has run out of time starts nothing more.
      signal.throwIfAborted();
      const { openModule } = await import('../submission/student-module.ts');
      const opened = openModule({
        submission: folder ?? run.submission,
        path,
        text,
        seconds: moduleSeconds,
        during: waiting.during.bind(waiting),
      });
      modules.push(opened);
      return opened;
    },
    can: (capability) =>
      waiting.during(text.waiting.probe(text.unverified.capability[capability]), run.prober.can(capability)),
  };
  return {
    tools,
    notes,
    waiting,
    async close() {
      const opened = await Promise.allSettled(modules);
      for (const one of opened) if (one.status === 'fulfilled') await one.value.close();
    },
  };
}
