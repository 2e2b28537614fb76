import type { Finding } from '../api.ts';

/**
 * Something that is clearly the student's own making went wrong: their module does not bundle, throws, hangs or ends
 * the process. Where a check does not catch it, it fails with this finding. `name` and `message` are those of the
 * student's error, so that a check can look at them.
 */
export class StudentError extends Error {
  readonly finding: Finding;

  constructor(
    finding: Finding,
    error: { name: string; message: string } = { name: 'StudentError', message: finding.why },
  ) {
    super(error.message);
    this.name = error.name;
    this.finding = finding;
  }
}
