/** Why grading cannot begin or go on, in the student's language: exit status 2, never a verdict on the work. */
export class GraderProblem extends Error {
  readonly kind: 'lab' | 'submission' | 'target' | 'arguments';
  /** One thing to do about it. */
  readonly next: string | undefined;

  constructor(kind: GraderProblem['kind'], message: string, next?: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'GraderProblem';
    this.kind = kind;
    this.next = next;
  }
}
