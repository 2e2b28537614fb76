import type { SourceMistake } from '../run-deployment.ts';

/** Why an application could not be deployed. Put into words, in the student's language, by `text.ts`. */
export type Fault =
  | { readonly kind: 'noTemplate'; readonly folder: string }
  | { readonly kind: 'unreadable'; readonly file: string; readonly message: string }
  /** A property names a file or folder beside the template that is not there. */
  | {
      readonly kind: 'nothingThere';
      readonly logicalId: string;
      readonly property: string;
      readonly path: string;
    }
  | {
      readonly kind: 'noEntry';
      readonly logicalId: string;
      readonly handler: string;
      readonly looked: readonly string[];
    }
  | { readonly kind: 'imageFunction'; readonly logicalId: string }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly SourceMistake[] }
  /** CloudFormation did not take the template: nothing was changed. */
  | { readonly kind: 'refused'; readonly message: string }
  /** The stack was rolled back, or could not be. */
  | {
      readonly kind: 'failed';
      readonly stackStatus: string;
      readonly first: FailedResource | undefined;
      readonly stackReason: string | undefined;
    }
  /** A stack that cannot go on by itself. */
  | { readonly kind: 'stuck'; readonly stackStatus: string; readonly message: string };

/** The resource that failed first: what came after it failed because of it. */
export interface FailedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
}

export class ApplicationFailure extends Error {
  override readonly name = 'ApplicationFailure';
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(`${fault.kind}: ${JSON.stringify(fault)}`);
    this.fault = fault;
  }
}
