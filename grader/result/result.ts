import type { TargetName } from '../api.ts';
import { capabilities } from '../capabilities.ts';
import {
  choice,
  either,
  list,
  optional,
  record,
  text,
  truth,
  whole,
  type JsonSchema,
  type Of,
} from './shape.ts';

const moment = text({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' });
const targetName = choice('embedded', 'localstack', 'aws' satisfies TargetName);
const evidence = record({ label: text(), value: text() });
const capability = choice(...capabilities);

const common = {
  id: text({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }),
  title: text(),
  points: whole(0),
  verifiedOn: list(targetName),
  durationMs: whole(0),
};
/** What the grader saw of a check's subject, whatever came of it. */
const seen = { evidence: list(evidence) };

const check = either('status', {
  passed: record({ ...common, status: choice('passed'), ...seen }),
  failed: record({
    ...common,
    status: choice('failed'),
    why: text(),
    expected: optional(text()),
    actual: optional(text()),
    ...seen,
    next: text(),
  }),
  skipped: record({
    ...common,
    status: choice('skipped'),
    /** The check that has to pass first: the first in the chain, not the nearest. */
    cause: record({ id: common.id, title: text(), status: choice('failed', 'error') }),
  }),
  error: record({ ...common, status: choice('error'), why: text(), ...seen, next: text() }),
  unverified: record({
    ...common,
    status: choice('unverified'),
    /** What the target does not show. */
    missing: list(capability),
    /** Whether the configuration was looked at instead, and found right. */
    configuration: truth,
    why: text(),
    ...seen,
  }),
});

const result = record({
  format: choice('coldstart-result'),
  version: choice(1),
  lab: record({ number: whole(0), slug: text({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }), title: text() }),
  language: choice('en', 'ko'),
  target: record({
    name: targetName,
    /** Absent on AWS, where each service has its own. */
    endpoint: optional(text()),
    region: text(),
    account: text({ pattern: '^\\d{12}$' }),
  }),
  seed: whole(0, 0xffff_ffff),
  startedAt: moment,
  endedAt: moment,
  versions: record({ coldstart: text(), node: text() }),
  submission: record({ digest: text({ pattern: '^sha256:[0-9a-f]{64}$' }), files: whole(0) }),
  /** Only some of the lab's checks were asked for. */
  partial: truth,
  checks: list(check),
  totals: record({
    /** Points of all checks in this result, and those that were earned. */
    possible: whole(0),
    points: whole(0),
    /** Points that the target could not decide: neither earned nor lost. */
    unverified: whole(0),
    /** Points that the grader or the target kept from being decided: neither earned nor lost. */
    undecided: whole(0),
    passed: whole(0),
    failed: whole(0),
    skipped: whole(0),
    error: whole(0),
    unverifiedChecks: whole(0),
  }),
});

/** The outcome of grading one submission of one lab: the document that every other format is made from. */
export type Result = Of<typeof result>;
export type CheckResult = Result['checks'][number];
export type Status = CheckResult['status'];
export type Outcome<S extends Status> = Extract<CheckResult, { status: S }>;
export type Totals = Result['totals'];

/** The JSON Schema of a result, as kept in `result.schema.json`. */
export const resultSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:coldstart:result:1',
  title: 'Coldstart result',
  ...result.schema,
};

/** Points and counts of checks. Points of an error, and of what it kept from running, are nobody's. */
export function totalsOf(checks: readonly CheckResult[]): Totals {
  const sum = (which: (check: CheckResult) => boolean) =>
    checks.filter(which).reduce((all, { points }) => all + points, 0);
  const count = (status: Status) => checks.filter((check) => check.status === status).length;
  return {
    possible: sum(() => true),
    points: sum(({ status }) => status === 'passed'),
    unverified: sum(({ status }) => status === 'unverified'),
    undecided: sum(
      (check) => check.status === 'error' || (check.status === 'skipped' && check.cause.status === 'error'),
    ),
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    error: count('error'),
    unverifiedChecks: count('unverified'),
  };
}

/**
 * Reads a result from a document that anybody may have written.
 * @throws Mismatch where it is not one, or its totals are not those of its checks
 */
export function readResult(document: unknown): Result {
  const read = result.read(document, '');
  const totals = JSON.stringify(totalsOf(read.checks));
  if (JSON.stringify(read.totals) !== totals)
    throw new Error(`totals are not those of the checks: ${totals}`);
  return read;
}

/** 0 where nothing failed, 1 where the work is not right yet, 2 where the grader could not do its own. */
export function exitStatus({ totals }: Pick<Result, 'totals'>): 0 | 1 | 2 {
  if (totals.error > 0) return 2;
  return totals.failed + totals.skipped > 0 ? 1 : 0;
}
