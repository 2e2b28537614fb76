import { Unreadable } from './unreadable.ts';

/** An element of a request, its namespace prefix taken off: AWS goes by local names. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  /** Its text, and the text around its children. */
  text: string;
}

const deepest = 128;

/**
 * Parses a request body. The SDK's own parser is made for answers: it loses characters beyond U+FFFF in numeric
 * references and texts of line breaks alone, and follows nesting without end. This one knows no entities but the
 * five of XML and refuses document types, so nothing can be included or expanded.
 */
export function parseXml(source: string): XmlElement {
  const open: { element: XmlElement; raw: string }[] = [];
  let root: XmlElement | undefined;
  let at = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < source.length) {
    if (source[at] !== '<') {
      const next = source.indexOf('<', at);
      const text = source.slice(at, next < 0 ? source.length : next);
      at += text.length;
      const parent = open.at(-1);
      if (parent !== undefined) parent.element.text += decodeEntities(text);
      else if (text.trim() !== '') throw new Unreadable('Content is not allowed outside the root element');
    } else if (source.startsWith('<!--', at)) at = after(source, '-->', at + 4);
    else if (source.startsWith('<?', at)) at = after(source, '?>', at + 2);
    else if (source.startsWith('<![CDATA[', at)) {
      const end = after(source, ']]>', at + 9);
      const parent = open.at(-1);
      if (parent === undefined) throw new Unreadable('Content is not allowed outside the root element');
      parent.element.text += source.slice(at + 9, end - 3);
      at = end;
    } else if (source.startsWith('<!', at)) throw new Unreadable('DOCTYPE is disallowed');
    else if (source[at + 1] === '/') {
      const end = after(source, '>', at);
      const closed = open.pop();
      if (closed === undefined || closed.raw !== source.slice(at + 2, end - 1).trimEnd())
        throw new Unreadable('An end tag has no start tag');
      at = end;
    } else {
      const end = endOfTag(source, at);
      const empty = source[end - 2] === '/';
      const { element, raw } = parseTag(source.slice(at + 1, end - (empty ? 2 : 1)));
      const parent = open.at(-1);
      if (parent !== undefined) parent.element.children.push(element);
      else if (root === undefined) root = element;
      else throw new Unreadable('There is more than one root element');
      if (!empty && open.push({ element, raw }) > deepest)
        throw new Unreadable('The document is nested too deeply');
      at = end;
    }
  }
  if (root === undefined || open.length > 0) throw new Unreadable('The document ends early');
  return root;
}

function after(source: string, stop: string, from: number): number {
  const found = source.indexOf(stop, from);
  if (found < 0) throw new Unreadable(`The document ends before ${stop}`);
  return found + stop.length;
}

/** Where a tag ends: a `>` inside an attribute's quotes does not end it. */
function endOfTag(source: string, from: number): number {
  let quote = '';
  for (let at = from + 1; at < source.length; at++) {
    const char = source.charAt(at);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return at + 1;
    else if (char === '<') break;
  }
  throw new Unreadable('A tag does not end');
}

const attribute = /\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/y;

function parseTag(tag: string): { element: XmlElement; raw: string } {
  const raw = /^[^\s/<>="'&]+/.exec(tag)?.[0];
  if (raw === undefined) throw new Unreadable('A tag has no name');
  const attributes = Object.create(null) as Record<string, string>;
  attribute.lastIndex = raw.length;
  let at = raw.length;
  for (let found = attribute.exec(tag); found !== null; found = attribute.exec(tag)) {
    attributes[localName(found[1] ?? '')] = decodeEntities((found[2] ?? '').slice(1, -1));
    at = attribute.lastIndex;
  }
  if (tag.slice(at).trim() !== '') throw new Unreadable(`The tag ${raw} is malformed`);
  return { raw, element: { name: localName(raw), attributes, children: [], text: '' } };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&([^;&]{0,12});?/g, (whole, name: string) => {
    const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
    if (code !== null) {
      const point = code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16);
      if (point <= 0x10ffff) return String.fromCodePoint(point);
    }
    const known = Object.hasOwn(entities, name) ? entities[name] : undefined;
    if (known === undefined || !whole.endsWith(';')) throw new Unreadable('An entity is not known');
    return known;
  });
}
