import type { Member } from '../schema/shape.ts';

/** One way in which an input breaks its model. */
export interface Violation {
  /** Null: the member is missing. */
  readonly value: unknown;
  /** The member's path as AWS spells it: `code.s3Bucket`, `targets.1.member.id`. */
  readonly at: string;
  readonly member: Member;
  /** The member of the operation's input that this one lies in: its place in the request is known. */
  readonly top: Member;
  readonly sensitive: boolean;
  /** What the member must be; several where they are those of a collection's items. */
  readonly constraints: readonly string[];
  /** The pattern, where it is one that is broken. */
  readonly pattern?: string;
  /** Present where the constraints are those of a collection's items, keys or values. */
  readonly each?: 'Member' | 'Map keys' | 'Map value';
}
