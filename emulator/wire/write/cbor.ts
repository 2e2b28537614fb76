import { cbor, dateToTag } from '@smithy/core/cbor';
import type { Member } from '../schema/shape.ts';
import type { TreeWriter } from './tree.ts';
import { writeMembers } from './tree.ts';

const cborTree: TreeWriter = { nameOf: (member) => member.name, moment: dateToTag };

/** A structure in CBOR, with members that no schema has before it (`__type`). */
export function writeCbor(
  members: readonly Member[],
  value: unknown,
  more: Readonly<Record<string, string>> = {},
): Uint8Array {
  // The SDK's encoder lends its buffer out until the next call.
  return new Uint8Array(cbor.serialize({ ...more, ...writeMembers(members, value, cborTree) }));
}
