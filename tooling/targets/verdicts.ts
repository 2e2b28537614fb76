import type { Capability } from '../../grader/api.ts';
import type { CheckResult, Result } from '../../grader/result/result.ts';
import type { Mistake } from '../../labs/proof/mistakes.ts';

/** What came of one check of a solution. */
export type Seen =
  | { readonly status: 'passed' }
  | {
      readonly status: 'unverified';
      readonly missing: readonly Capability[];
      readonly configuration: boolean;
    }
  | { readonly status: 'failed' | 'error' | 'skipped'; readonly why: string };

/** What came of one wrong submission. */
export type Caught =
  /** Its check failed, with the sentence that it must say. */
  | {
      readonly verdict: 'caught';
      /** What this server does otherwise, where the mistake's folder says that it is told in other words then. */
      readonly because?: string;
    }
  /** Another check failed, or another sentence was said: what this server does leads the grader astray. */
  | { readonly verdict: 'astray'; readonly check: string; readonly why: string }
  /** The server does not show what would tell it from a right one, and the result says so. */
  | { readonly verdict: 'unverified'; readonly missing: readonly Capability[] }
  /** Its check passed although nothing was missing. */
  | { readonly verdict: 'passed' }
  | { readonly verdict: 'error'; readonly why: string }
  /** The server refused what AWS accepts, or the other way round: nothing could be graded. */
  | { readonly verdict: 'notDeployed'; readonly why: string };

/** What a server shows of one lab. */
export interface LabVerdicts {
  /** By the check's id; `deployed` says why nothing was graded, where the solution could not be deployed. */
  readonly solution: Readonly<Record<string, Seen>>;
  readonly notDeployed?: string;
  /** By the mistake's name. */
  readonly mistakes: Readonly<Record<string, Caught>>;
}

/** What a server that nobody here wrote makes of the labs. */
export interface ServerVerdicts {
  readonly server: string;
  readonly version: string;
  /** What the probes have found. */
  readonly shows: Readonly<Partial<Record<Capability, boolean>>>;
  /** By the lab's folder name. */
  readonly labs: Readonly<Record<string, LabVerdicts>>;
}

/** A check of the solution, as it came out. */
export function seenIn(check: CheckResult): Seen {
  switch (check.status) {
    case 'passed':
      return { status: 'passed' };
    case 'unverified':
      return { status: 'unverified', missing: check.missing, configuration: check.configuration };
    case 'skipped':
      return { status: 'skipped', why: check.cause.id };
    case 'failed':
      return { status: 'failed', why: check.why };
    case 'error':
      return { status: 'error', why: [check.why, ...check.evidence.map(({ value }) => value)].join(' | ') };
  }
}

/**
 * What a wrong submission has come to.
 * @param expected the check that it must fail, and a part of the sentence, and what may be said elsewhere
 * @param prefix stands before the names of what was deployed, and in no expected sentence
 * @param solution what came of the same check of the solution: where only the configuration was looked at, it is that
 * which tells, in words of its own
 */
export function caughtIn(
  { checks }: Result,
  expected: Pick<Mistake, 'check' | 'why' | 'elsewhere'>,
  solution: Seen | undefined,
  prefix = '',
): Caught {
  const broken = checks.find(({ status }) => status === 'error');
  if (broken?.status === 'error') return { verdict: 'error', why: `${broken.id}: ${broken.why}` };
  const failed = checks
    .filter((check) => check.status === 'failed')
    .map(({ id, why }) => ({ id, why: prefix === '' ? why : why.replaceAll(prefix, '') }));
  const inOtherWords = solution?.status === 'unverified';
  const says = (wanted: { readonly check: string; readonly why: string }, anything: boolean) =>
    failed.some(({ id, why }) => id === wanted.check && (anything || why.includes(wanted.why)));
  if (says(expected, inOtherWords)) return { verdict: 'caught' };
  const { elsewhere } = expected;
  if (elsewhere !== undefined && says(elsewhere, false))
    return { verdict: 'caught', because: elsewhere.because };
  const [other] = failed;
  if (other !== undefined) return { verdict: 'astray', check: other.id, why: other.why };
  const check = checks.find(({ id }) => id === expected.check);
  if (check?.status === 'unverified') return { verdict: 'unverified', missing: check.missing };
  return { verdict: 'passed' };
}

/** What has to be mended before a release: of the grader or, by a probe, of what it takes for granted. */
export function flawsOf({ solution, notDeployed, mistakes }: LabVerdicts): readonly string[] {
  const wrong = Object.entries(solution).flatMap(([check, seen]) =>
    seen.status === 'failed' || seen.status === 'error' ? [`solution: ${check}: ${seen.why}`] : [],
  );
  const missed = Object.entries(mistakes).flatMap(([name, caught]) => {
    switch (caught.verdict) {
      case 'caught':
      case 'unverified':
        return [];
      case 'passed':
        return [`${name}: passes`];
      case 'astray':
        return [`${name}: ${caught.check}: ${caught.why}`];
      case 'error':
      case 'notDeployed':
        return [`${name}: ${caught.verdict}: ${caught.why}`];
    }
  });
  return [
    ...(notDeployed === undefined ? [] : [`solution: not deployed: ${notDeployed}`]),
    ...wrong,
    ...missed,
  ];
}

/** Where a run of some submissions comes out otherwise than what was written down of the same server. */
export function differences(recorded: LabVerdicts, found: LabVerdicts): readonly string[] {
  const kinds = ({ solution, mistakes }: LabVerdicts): readonly (readonly [string, string])[] => [
    ...Object.entries(solution).map(([check, { status }]) => [`solution: ${check}`, status] as const),
    ...Object.entries(mistakes).map(([name, { verdict }]) => [name, verdict] as const),
  ];
  const before = new Map(kinds(recorded));
  return kinds(found).flatMap(([what, kind]) => {
    const was = before.get(what);
    return was === kind ? [] : [`${what}: ${kind}, and docs/targets.md says ${was ?? 'nothing'}`];
  });
}
