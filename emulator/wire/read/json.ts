import type { Member, Shape } from '../schema/shape.ts';
import type { TreeFormat } from './tree.ts';
import { reading, readMembers, readValue } from './tree.ts';
import { Unreadable } from './unreadable.ts';

/** REST services may name members differently on the wire (`jsonName`); the RPC protocols never do. */
export const restJson: TreeFormat = {
  nameOf: (member) => member.traits.jsonName ?? member.name,
  binary: false,
};
export const rpcJson: TreeFormat = { nameOf: (member) => member.name, binary: false };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** An empty body is an empty structure. */
export function readJsonMembers(
  members: readonly Member[],
  body: Uint8Array,
  format: TreeFormat,
): Record<string, unknown> {
  if (body.length === 0) return {};
  return reading(() => readMembers(members, parse(body), format));
}

export function readJsonValue(shape: Shape, body: Uint8Array, format: TreeFormat): unknown {
  return reading(() => readValue(shape, parse(body), format));
}

function parse(body: Uint8Array): unknown {
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw new Unreadable('Could not parse request body into json: Invalid UTF-8');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Unreadable(
      `Could not parse request body into json: ${error instanceof Error ? error.message : ''}`,
    );
  }
}
