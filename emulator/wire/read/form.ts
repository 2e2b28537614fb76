import type { Member, Shape } from '../schema/shape.ts';
import type { Parameters } from '../route/query.ts';
import { clientRecord } from './record.ts';
import { readText } from './scalar.ts';
import { reading } from './tree.ts';
import { wrongType } from './unreadable.ts';

/** The parameters of a form as the tree that their dotted names draw: `Tags.member.1.Key`. */
interface Branch {
  value: string | undefined;
  readonly children: Map<string, Branch>;
}

/** Reads the input of an awsQuery request. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export function readFormMembers(members: readonly Member[], parameters: Parameters): Record<string, unknown> {
  return reading(() => readMembers(members, grow(parameters)));
}

function grow(parameters: Parameters): Branch {
  const root: Branch = { value: undefined, children: new Map() };
  for (const [name, values] of parameters) {
    let branch = root;
    for (const step of name.split('.')) {
      let next = branch.children.get(step);
      if (next === undefined) branch.children.set(step, (next = { value: undefined, children: new Map() }));
      branch = next;
    }
    branch.value = values[0];
  }
  return root;
}

function readMembers(members: readonly Member[], branch: Branch): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const member of members) {
    const found = branch.children.get(member.memberTraits.xmlName ?? member.name);
    if (found !== undefined)
      out[member.name] = readMember(member.shape, found, member.traits.xmlFlattened === 1);
  }
  return out;
}

function readMember(shape: Shape, branch: Branch, flat: boolean): unknown {
  switch (shape.kind) {
    case 'structure':
      return readMembers(shape.members, branch);
    case 'list': {
      const items = flat ? branch : branch.children.get(shape.member.memberTraits.xmlName ?? 'member');
      return numbered(items).map((item) => readMember(shape.member.shape, item, false));
    }
    case 'map':
      return readEntries(shape, numbered(flat ? branch : branch.children.get('entry')));
    default:
      if (branch.value === undefined) throw wrongType({}, 'a scalar');
      return readText(shape, branch.value, 'date-time');
  }
}

/** Children by number. Gaps close, as they do on AWS. */
function numbered(branch: Branch | undefined): Branch[] {
  if (branch === undefined) return [];
  return [...branch.children]
    .filter(([name]) => /^\d{1,9}$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}

function readEntries(shape: Extract<Shape, { kind: 'map' }>, entries: readonly Branch[]): unknown {
  const out = clientRecord();
  for (const entry of entries) {
    const key = entry.children.get(nameIn(shape.key, 'key'))?.value;
    const value = entry.children.get(nameIn(shape.value, 'value'));
    if (key !== undefined && value !== undefined) out[key] = readMember(shape.value.shape, value, false);
  }
  return out;
}

function nameIn(member: Member, otherwise: string): string {
  return member.memberTraits.xmlName ?? otherwise;
}
