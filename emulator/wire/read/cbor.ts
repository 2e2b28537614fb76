import { cbor } from '@smithy/core/cbor';
import type { Member } from '../schema/shape.ts';
import type { TreeFormat } from './tree.ts';
import { reading, readMembers } from './tree.ts';

const cborTree: TreeFormat = { nameOf: (member) => member.name, binary: true };

/** https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html: an absent body is an empty structure. */
export function readCborMembers(members: readonly Member[], body: Uint8Array): Record<string, unknown> {
  if (body.length === 0) return {};
  return reading(() => readMembers(members, cbor.deserialize(body) as unknown, cborTree));
}
