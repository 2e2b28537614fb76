import { setMaxListeners } from 'node:events';
import type { Capability, CheckTools, Evidence, Finding, SpokenCheck } from '../api.ts';
import type { CheckResult } from '../result/result.ts';
import { StudentError } from '../submission/student-error.ts';
import { noAnswer } from '../targets/no-answer.ts';
import { bounded } from './display.ts';
import { faultOf } from './fault.ts';
import { benchFor, type Bench, type Earlier, type Left, type Run } from './tools.ts';
import { CheckFailed, RestsOnUnverified } from './verdicts.ts';

/** A check that has run: its result, and what it leaves for the checks that need it. */
export interface Ran {
  readonly result: CheckResult;
  readonly left: Left | undefined;
}

/** Runs one check within its budget of time. Never throws for what the check does, unless the whole run is stopped. */
export async function runCheck(check: SpokenCheck, run: Run, earlier: Earlier): Promise<Ran> {
  const began = performance.now();
  const seconds = check.budgetSeconds ?? run.target.budgetSeconds;
  const stopping = new AbortController();
  const signal = AbortSignal.any([run.signal, stopping.signal]);
  // Every call under way listens, and a check may make many at once: Node.js would print a warning.
  setMaxListeners(0, signal);
  const bench = benchFor(check, run, earlier, signal);
  let ending: Ending;
  try {
    const raced = await withinBudget(endingOf(check, bench, run), seconds, run.signal);
    run.signal.throwIfAborted();
    const waited = bench.waiting.now.join(', ') || run.text.error.hungOnNothing;
    ending = raced === 'hung' ? errorWith(run, run.text.error.hung(seconds, waited)) : raced;
  } finally {
    stopping.abort();
    await bench.close();
  }
  const common = {
    id: check.id,
    title: check.title,
    points: check.points,
    verifiedOn: check.verifiedOn,
    durationMs: Math.round(performance.now() - began),
  };
  return { result: resultOf(common, ending, bench.notes, run), left: leftBy(ending) };
}

type Ending =
  | { readonly status: 'passed'; readonly returned: unknown }
  | { readonly status: 'failed'; readonly finding: Finding }
  | { readonly status: 'error'; readonly why: string; readonly evidence: readonly Evidence[] }
  | {
      readonly status: 'unverified';
      readonly missing: readonly Capability[];
      readonly configuration: boolean;
      /** What the look at the configuration has found, if it tells. */
      readonly returned?: unknown;
    };

async function endingOf(check: SpokenCheck, { tools }: Bench, run: Run): Promise<Ending> {
  try {
    const missing = await missingOf(check.requires, tools.can);
    if (missing.length > 0) return await onlyConfiguration(check, tools, missing);
    try {
      return { status: 'passed', returned: await check.run(tools) };
    } catch (error) {
      const lacking = await lackingAfter(error, check, tools);
      if (lacking.length === 0) throw error;
      return await onlyConfiguration(check, tools, lacking);
    }
  } catch (error) {
    if (error instanceof CheckFailed || error instanceof StudentError)
      return { status: 'failed', finding: error.finding };
    const silence = noAnswer(error);
    const fault = faultOf(error);
    return errorWith(
      run,
      silence === undefined ? run.text.error.why(fault.what) : run.text.error.unreachable(silence),
      fault.detail,
    );
  }
}

/** What the target lacks, where it may be that which ended the check; nothing where the submission's own work did. */
async function lackingAfter(
  error: unknown,
  { failsWithout }: SpokenCheck,
  { can }: CheckTools,
): Promise<readonly Capability[]> {
  if (error instanceof RestsOnUnverified) return error.missing;
  return error instanceof CheckFailed ? missingOf(failsWithout, can) : [];
}

/** What a target that lacks some behaviour still shows: how things are set up, if that says something. */
async function onlyConfiguration(
  check: SpokenCheck,
  tools: CheckTools,
  missing: readonly Capability[],
): Promise<Ending> {
  if (check.configuration === undefined) return { status: 'unverified', missing, configuration: false };
  let returned: unknown;
  try {
    returned = await check.configuration(tools);
  } catch (error) {
    if (!(error instanceof RestsOnUnverified)) throw error;
    const all = [...new Set([...missing, ...error.missing])];
    return { status: 'unverified', missing: all, configuration: false };
  }
  return { status: 'unverified', missing, configuration: true, returned };
}

const errorWith = (run: Run, why: string, detail?: string) => ({
  status: 'error' as const,
  why,
  evidence: detail === undefined ? [] : [{ label: run.text.error.detail, value: detail }],
});

async function missingOf(
  wished: readonly Capability[],
  can: (capability: Capability) => Promise<boolean>,
): Promise<readonly Capability[]> {
  const shown = await Promise.all(wished.map(can));
  return wished.filter((_, index) => shown[index] === false);
}

/** The end of the work, or `hung` when the time is over or the run is stopped; the work is then nobody's any more. */
async function withinBudget(
  work: Promise<Ending>,
  seconds: number,
  stopped: AbortSignal,
): Promise<Ending | 'hung'> {
  const over = new AbortController();
  const hung = new Promise<'hung'>((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000, 'hung');
    const stop = () => {
      resolve('hung');
    };
    stopped.addEventListener('abort', stop, { once: true });
    over.signal.addEventListener('abort', () => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', stop);
    });
  });
  try {
    return await Promise.race([work, hung]);
  } finally {
    over.abort();
  }
}

function resultOf(
  common: Pick<CheckResult, 'id' | 'title' | 'points' | 'verifiedOn' | 'durationMs'>,
  ending: Ending,
  notes: readonly Evidence[],
  { text }: Run,
): CheckResult {
  const whole = (evidence: readonly Evidence[] = []) =>
    [...evidence, ...notes].map(({ label, value }) => ({ label, value: bounded(value, text) }));
  switch (ending.status) {
    case 'passed':
      return { ...common, status: 'passed', evidence: whole() };
    case 'failed': {
      const { why, expected, actual, evidence, next } = ending.finding;
      return {
        ...common,
        status: 'failed',
        why,
        ...(expected === undefined ? {} : { expected: bounded(expected, text) }),
        ...(actual === undefined ? {} : { actual: bounded(actual, text) }),
        evidence: whole(evidence),
        next,
      };
    }
    case 'error':
      return {
        ...common,
        status: 'error',
        why: ending.why,
        evidence: whole(ending.evidence),
        next: text.error.next,
      };
    case 'unverified': {
      const { missing, configuration } = ending;
      const names = missing.map((one) => text.unverified.capability[one]).join(text.unverified.and);
      const say = configuration ? text.unverified.configuration : text.unverified.nothing;
      return { ...common, status: 'unverified', missing, configuration, why: say(names), evidence: whole() };
    }
  }
}

function leftBy(ending: Ending): Left | undefined {
  if (ending.status === 'passed') return { kind: 'returned', value: ending.returned };
  if (ending.status !== 'unverified') return undefined;
  const { missing, returned } = ending;
  return returned === undefined ? { kind: 'unverified', missing } : { kind: 'returned', value: returned };
}
