import type { Member, Shape } from '../schema/shape.ts';
import { clientRecord } from './record.ts';
import { readText } from './scalar.ts';
import { reading } from './tree.ts';
import type { XmlElement } from './xml-document.ts';
import { parseXml } from './xml-document.ts';
import { Unreadable, wrongType } from './unreadable.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a restXml body: the members of the root element, whatever its name. An empty body is an empty structure. */
export function readXmlMembers(members: readonly Member[], body: Uint8Array): Record<string, unknown> {
  if (body.length === 0) return {};
  return reading(() => readMembers(members, parseXml(utf8.decode(body))));
}

/** Reads a payload member that is a structure; its element has the member's name or the structure's. */
export function readXmlPayload(member: Member, body: Uint8Array): unknown {
  return reading(() => {
    const root = parseXml(utf8.decode(body));
    const names = [member.memberTraits.xmlName, member.traits.xmlName, member.name];
    if (member.shape.kind === 'structure') names.push(member.shape.name);
    if (!names.includes(root.name)) throw new Unreadable(`The root element ${root.name} is not expected`);
    return readElement(member, root);
  });
}

function readMembers(members: readonly Member[], element: XmlElement): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const member of members) {
    const name = member.memberTraits.xmlName ?? member.name;
    if (member.traits.xmlAttribute) {
      // The attribute may be modelled with its prefix: `xsi:type`.
      const value = element.attributes[name.slice(name.indexOf(':') + 1)];
      if (value !== undefined) out[member.name] = readText(member.shape, value, 'date-time');
      continue;
    }
    const found = element.children.filter((child) => child.name === name);
    if (found.length === 0) continue;
    const flat = member.traits.xmlFlattened === 1;
    if (flat && member.shape.kind === 'list') out[member.name] = readItems(member.shape.member, found);
    else if (flat && member.shape.kind === 'map') out[member.name] = readEntries(member.shape, found);
    else if (found[0] !== undefined) out[member.name] = readElement(member, found[0]);
  }
  return out;
}

function readElement(member: Member, element: XmlElement): unknown {
  const { shape } = member;
  switch (shape.kind) {
    case 'structure':
      return readMembers(shape.members, element);
    case 'list': {
      const name = shape.member.memberTraits.xmlName ?? 'member';
      return readItems(
        shape.member,
        element.children.filter((child) => child.name === name),
      );
    }
    case 'map':
      return readEntries(
        shape,
        element.children.filter((child) => child.name === 'entry'),
      );
    default:
      if (element.children.length > 0) throw wrongType({}, 'a scalar');
      return readText(shape, shape.kind === 'string' ? element.text : element.text.trim(), 'date-time');
  }
}

function readItems(item: Member, elements: readonly XmlElement[]): unknown[] {
  return elements.map((element) => readElement(item, element));
}

function readEntries(shape: Extract<Shape, { kind: 'map' }>, entries: readonly XmlElement[]): unknown {
  const out = clientRecord();
  const keyName = shape.key.memberTraits.xmlName ?? 'key';
  const valueName = shape.value.memberTraits.xmlName ?? 'value';
  for (const entry of entries) {
    const key = entry.children.find((child) => child.name === keyName);
    const value = entry.children.find((child) => child.name === valueName);
    if (key === undefined || value === undefined) throw new Unreadable('A map entry has no key or value');
    out[key.text] = readElement(shape.value, value);
  }
  return out;
}
