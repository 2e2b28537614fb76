import type { Capability, Finding } from '../api.ts';

/** Ends a check: the work is not right yet. */
export class CheckFailed extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.why);
    this.name = 'CheckFailed';
    this.finding = finding;
  }
}

/** Ends a check: what it needs from another one could not be seen on this target. */
export class RestsOnUnverified extends Error {
  /** What the target does not show. */
  readonly missing: readonly Capability[];

  constructor(checkId: string, missing: readonly Capability[]) {
    super(`${checkId} was not verified on this target`);
    this.name = 'RestsOnUnverified';
    this.missing = missing;
  }
}
