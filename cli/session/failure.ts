/**
 * A mistake or a lack that a person can mend: shown as what happened, where, and what to do next; never with
 * a stack trace. `status` is the exit status: 2 where a command could not do its work, 1 where the student's own
 * work failed.
 */
export class UserFailure extends Error {
  readonly where: string | undefined;
  readonly next: string | undefined;
  readonly status: 1 | 2;

  constructor(what: string, detail: { where?: string; next?: string; status?: 1 | 2; cause?: unknown } = {}) {
    super(what, { cause: detail.cause });
    this.name = 'UserFailure';
    this.where = detail.where;
    this.next = detail.next;
    this.status = detail.status ?? 2;
  }
}

/** Somebody has ended a command while it asked: nothing is said of it, and the exit status is that of Ctrl+C. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly status = 130;
}
