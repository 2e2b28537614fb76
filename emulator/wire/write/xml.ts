import type { Member, Shape, StructureShape } from '../schema/shape.ts';
import { base64Of, textOf, timestampText } from './scalar.ts';
import { items } from './tree.ts';

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** An element with content that is XML already. */
export function element(name: string, content: string, attributes = ''): string {
  return content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;
}

export function xmlnsAttribute(namespace: string | undefined): string {
  return namespace === undefined ? '' : ` xmlns="${escapeXml(namespace)}"`;
}

/** An element with text. */
export function textElement(name: string, text: string): string {
  return element(name, escapeXml(text));
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

export function escapeXml(text: string): string {
  // Carriage returns would be read back as line feeds, other control characters not at all.
  return text.replaceAll(
    // eslint-disable-next-line no-control-regex
    /[&<>"\u0000-\u0008\u000b-\u001f\u0085\u2028]/g,
    (char) => escapes[char] ?? `&#x${char.charCodeAt(0).toString(16).toUpperCase()};`,
  );
}

/** The elements of those members that an answer has. */
export function writeXmlMembers(members: readonly Member[], value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const source = value as Readonly<Record<string, unknown>>;
  let out = '';
  for (const member of members) {
    const given = source[member.name];
    if (given !== undefined && given !== null && !member.traits.xmlAttribute)
      out += writeMember(member, given);
  }
  return out;
}

/** A structure under a name of its own: a payload's root. */
export function writeXmlElement(name: string, shape: StructureShape, value: unknown, xmlns = ''): string {
  return element(name, writeXmlMembers(shape.members, value), xmlns + attributesOf(shape, value));
}

function writeMember(member: Member, value: unknown): string {
  const name = member.memberTraits.xmlName ?? member.name;
  const flat = member.traits.xmlFlattened === 1;
  if (member.shape.kind === 'list' && flat) return writeItems(member.shape, name, value);
  if (member.shape.kind === 'map' && flat) return writeEntries(member.shape, name, value);
  return writeElement(name, member, value);
}

function writeElement(name: string, member: Member, value: unknown): string {
  const { shape } = member;
  const xmlns = namespaceOf(member);
  switch (shape.kind) {
    case 'structure':
      return writeXmlElement(name, shape, value, xmlns);
    case 'list':
      return element(name, writeItems(shape, shape.member.memberTraits.xmlName ?? 'member', value), xmlns);
    case 'map':
      return element(name, writeEntries(shape, 'entry', value), xmlns);
    default:
      return element(name, escapeXml(xmlText(shape, value)), xmlns);
  }
}

function writeItems(shape: Extract<Shape, { kind: 'list' }>, name: string, value: unknown): string {
  let out = '';
  for (const item of items(value))
    if (item !== undefined && item !== null) out += writeElement(name, shape.member, item);
  return out;
}

function writeEntries(shape: Extract<Shape, { kind: 'map' }>, name: string, value: unknown): string {
  const keyName = shape.key.memberTraits.xmlName ?? 'key';
  const valueName = shape.value.memberTraits.xmlName ?? 'value';
  let out = '';
  for (const [key, item] of Object.entries(value as object) as [string, unknown][])
    if (item !== undefined && item !== null)
      out += element(name, textElement(keyName, key) + writeElement(valueName, shape.value, item));
  return out;
}

function attributesOf(shape: StructureShape, value: unknown): string {
  let out = '';
  for (const member of shape.members) {
    const given = (value as Readonly<Record<string, unknown>> | undefined)?.[member.name];
    if (member.traits.xmlAttribute && given !== undefined && given !== null)
      out += ` ${member.memberTraits.xmlName ?? member.name}="${escapeXml(xmlText(member.shape, given))}"`;
  }
  return out;
}

function namespaceOf(member: Member): string {
  const namespace = member.traits.xmlNamespace;
  if (namespace === undefined) return '';
  const [prefix, uri] = namespace;
  return ` xmlns${prefix ? `:${prefix}` : ''}="${escapeXml(uri)}"`;
}

function xmlText(shape: Shape, value: unknown): string {
  if (shape.kind === 'blob') return base64Of(value);
  if (shape.kind === 'timestamp') {
    return timestampText(value, shape.format ?? 'date-time');
  }
  return textOf(value);
}
