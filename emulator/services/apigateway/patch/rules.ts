import type { Op } from '@aws-sdk/client-api-gateway';
import type { ServiceFailure } from '../../../service/failure.ts';

/** One operation of a patch whose path was found in the table. */
export interface Change {
  readonly op: Op;
  /** As the client wrote it. */
  readonly path: string;
  /** Of `add`, `replace` and `test`. */
  readonly value: string | undefined;
  /** Of `copy` and `move`, as the client wrote it. */
  readonly from: string | undefined;
  /** What stood where the rule's path has `{name}`, unescaped. */
  readonly names: Readonly<Record<string, string>>;
}

/** Answers what `target` becomes; never changes it in place. Throws a `ServiceFailure` where AWS refuses. */
export type Apply<Target> = (target: Target, change: Change) => Target;

/**
 * One path that a resource lets clients patch, and what each operation does there. An operation that is absent is
 * refused. A literal segment goes before a `{name}`, whatever the order of the table.
 */
export interface PathRule<Target> extends Partial<Readonly<Record<Op, Apply<Target>>>> {
  /** `/description`, `/variables/{name}` */
  readonly path: string;
  /** How a refusal of this path's other operations is worded, where it is not the resource's usual wording. */
  readonly refuse?: (change: Change) => ServiceFailure;
}

/** A rule, where only what it offers matters. */
export type Offered = { readonly path: string } & Partial<Readonly<Record<Op, unknown>>>;

/** Which of AWS's wordings a resource has. Recorded: they differ between resources. */
export type Refusal = (
  operation: {
    readonly op: Op | undefined;
    readonly path: string | undefined;
    readonly from: string | undefined;
  },
  rules: readonly Offered[],
) => ServiceFailure;

export interface PatchTable<Target> {
  readonly rules: readonly PathRule<Target>[];
  readonly refuse: Refusal;
}
