import { randomInt } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectRoot } from '../tooling/root.ts';
import type { AnyLab, Language, ResourceKind } from './api.ts';
import { openProber } from './probes/open.ts';
import type { Prober } from './probes/prober.ts';
import { GraderProblem } from './problem.ts';
import { totalsOf, type Result } from './result/result.ts';
import { loadExpect } from './run/expectation.ts';
import { flawOf, withNeeds } from './run/graph.ts';
import { runChecks, type CheckEvent } from './run/run.ts';
import { digestOf } from './submission/digest.ts';
import type { ServiceName } from './targets/clients/pool.ts';
import type { Caller, Target } from './targets/target.ts';
import { engineText } from './text.ts';

/** What a grading run tells as it goes. */
export type GradeEvent =
  | {
      readonly kind: 'begun';
      readonly lab: Result['lab'];
      readonly target: Result['target'];
      readonly checks: readonly { readonly id: string; readonly title: string; readonly points: number }[];
    }
  | CheckEvent
  | { readonly kind: 'ended'; readonly result: Result };

export interface GradeRequest {
  readonly lab: AnyLab;
  /** The folder with the student's work. */
  readonly submission: string;
  /** Opened by the caller, and closed by the caller: several labs may be graded on one. */
  readonly target: Target;
  readonly language: Language;
  /** Who the grader is on the target, where that was asked already; otherwise it is asked now. */
  readonly caller?: Caller;
  /** A whole number from 0 to 2^32 − 1; the same seed gives the same run. By chance if absent. */
  readonly seed?: number;
  /** Ids of the checks that are wanted; what they need runs too. */
  readonly only?: readonly string[];
  /** Value of `LAB_PREFIX`. */
  readonly prefix?: string;
  /** Knows already what the target shows, where several runs on it follow one another; closed by the caller. */
  readonly prober?: Prober;
  readonly onEvent?: (event: GradeEvent) => void;
  /** Stops the run: what it has started is ended, what it has made on the target is removed. */
  readonly signal?: AbortSignal;
}

/**
 * Grades one submission of one lab.
 * @throws GraderProblem where grading cannot begin: a broken lab, no folder, no target
 */
export async function grade(request: GradeRequest): Promise<Result> {
  const { lab, target, language, onEvent = () => undefined } = request;
  const text = engineText[language];
  const startedAt = new Date();
  const submission = resolve(request.submission);
  if (!statSync(submission, { throwIfNoEntry: false })?.isDirectory())
    throw new GraderProblem(
      'submission',
      text.problem.noSubmission(submission),
      text.problem.noSubmissionNext(`npm run lab ${String(lab.number)}`),
    );
  const spoken = lab.in(language);
  const flaw = flawOf(spoken.checks);
  if (flaw !== undefined) throw new GraderProblem('lab', text.problem.lab(flaw), text.problem.labNext);
  const checks = request.only === undefined ? spoken.checks : wanted(request.only, request);

  const settled = pause(target.settleSeconds * 1000, undefined, request.signal && { signal: request.signal });
  // Stopped or broken off before it is waited for: nobody listens then.
  void settled.catch(() => undefined);
  const preloaded = Promise.all(servicesOf(lab).map((name) => target.pool.load(name)));
  const [{ account }, expect, digest] = await Promise.all([
    request.caller ?? target.whoami(),
    loadExpect(text),
    digestOf(submission),
    preloaded,
    settled,
  ]);
  const heading = {
    lab: { number: lab.number, slug: lab.slug, title: spoken.title },
    target: {
      name: target.name,
      ...(target.endpoint === undefined ? {} : { endpoint: target.endpoint }),
      region: target.region,
      account,
    },
  };
  onEvent({
    kind: 'begun',
    ...heading,
    checks: checks.map(({ id, title, points }) => ({ id, title, points })),
  });

  const seed = request.seed ?? randomInt(0x1_0000_0000);
  const signal = request.signal ?? new AbortController().signal;
  const prefix = request.prefix ?? '';
  const prober = request.prober ?? openProber(target, signal, prefix);
  let results;
  try {
    const run = {
      target,
      account,
      submission,
      seed,
      prefix,
      text,
      expect,
      prober,
      signal,
    };
    results = await runChecks(checks, run, onEvent);
  } finally {
    if (request.prober === undefined) await prober.close();
  }
  const result: Result = {
    format: 'coldstart-result',
    version: 1,
    ...heading,
    language,
    seed,
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    versions: { coldstart: ownVersion(), node: process.version },
    submission: digest,
    partial: checks.length < spoken.checks.length,
    checks: results,
    totals: totalsOf(results),
  };
  onEvent({ kind: 'ended', result });
  return result;
}

function wanted(only: readonly string[], { lab, language }: GradeRequest) {
  const { checks } = lab.in(language);
  for (const id of only) known(checks, id, language);
  return withNeeds(checks, only);
}

function known<C extends { readonly id: string }>(checks: readonly C[], id: string, language: Language): C {
  const found = checks.find((check) => check.id === id);
  if (found !== undefined) return found;
  const text = engineText[language].problem;
  throw new GraderProblem('arguments', text.noCheck(id, checks.map((check) => check.id).join(', ')));
}

/**
 * One hint for a check.
 * @param step 1 is a nudge, 3 nearly the answer
 * @throws GraderProblem where there is no such check or step
 */
export function hints(lab: AnyLab, checkId: string, step: number, language: Language): string {
  const hint = known(lab.in(language).checks, checkId, language).hints[step - 1];
  if (hint === undefined) throw new GraderProblem('arguments', engineText[language].problem.noHint);
  return hint;
}

const servicesFor: { readonly [Kind in ResourceKind]: readonly ServiceName[] } = {
  functions: ['lambda'],
  roles: ['iam'],
  logGroups: ['logs'],
  buckets: ['s3'],
  queues: ['sqs'],
  topics: ['sns'],
  tables: ['dynamodb'],
  streams: ['kinesis'],
  rules: ['events'],
  schedules: ['scheduler'],
  alarms: ['cloudwatch'],
  restApis: ['apigateway'],
  apiKeys: ['apigateway'],
  usagePlans: ['apigateway'],
  // Roles are what a template makes without being asked.
  stacks: ['cloudformation', 'iam'],
};

/** Clients that the lab’s checks are sure to use: read while the target is asked who we are. The SDK’s paginators know only a client that was read. */
const servicesOf = ({ resources }: AnyLab): readonly ServiceName[] =>
  (Object.keys(resources) as ResourceKind[])
    .filter((kind) => (resources[kind] ?? []).length > 0)
    .flatMap((kind) => servicesFor[kind]);

function ownVersion(): string {
  const manifest = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as {
    version?: string;
  };
  return manifest.version ?? '0.0.0';
}
