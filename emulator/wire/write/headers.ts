import { quoteHeader } from '@smithy/core/serde';
import type { Bindings } from '../read/bindings.ts';
import type { Member, Shape } from '../schema/shape.ts';
import { base64Of, textOf, timestampText } from './scalar.ts';
import { items } from './tree.ts';

/** Writes the members of an output or an error that stand in headers. */
export function writeBoundHeaders(bindings: Bindings, value: unknown): Record<string, string> {
  const headers: Record<string, string> = {};
  if (typeof value !== 'object' || value === null) return headers;
  const source = value as Readonly<Record<string, unknown>>;
  for (const [member, name] of bindings.headers) {
    const given = source[member.name];
    if (given !== undefined && given !== null) headers[name] = safeHeader(headerText(member, given));
  }
  for (const [member, prefix] of bindings.prefixes) {
    const record = source[member.name];
    if (typeof record !== 'object' || record === null) continue;
    for (const [key, text] of Object.entries(record))
      if (isToken(prefix + key)) headers[prefix + key.toLowerCase()] = encodedWord(String(text));
  }
  return headers;
}

function headerText(member: Member, value: unknown): string {
  const { shape } = member;
  if (shape.kind === 'list')
    return items(value)
      .map((item) => listed(shape.member.shape, item))
      .join(', ');
  if (shape.kind === 'string' && member.traits.mediaType !== undefined)
    return Buffer.from(String(value), 'utf8').toString('base64');
  return scalarText(shape, value);
}

function listed(shape: Shape, item: unknown): string {
  const text = scalarText(shape, item);
  return shape.kind === 'timestamp' ? text : quoteHeader(text);
}

function scalarText(shape: Shape, value: unknown): string {
  if (shape.kind === 'blob') return base64Of(value);
  if (shape.kind === 'timestamp') return timestampText(value, shape.format ?? 'http-date');
  return textOf(value);
}

/**
 * A value that cannot end its header and begin another: control characters become spaces. Letters outside ASCII
 * go out as the bytes of their UTF-8, which Node writes from Latin-1.
 */
export function safeHeader(text: string): string {
  // eslint-disable-next-line no-control-regex
  const line = text.replaceAll(/[\u0000-\u0008\u000a-\u001f\u007f]+/g, ' ');
  // eslint-disable-next-line no-control-regex
  return /[^\u0000-\u007f]/.test(line) ? Buffer.from(line, 'utf8').toString('latin1') : line;
}

/** S3 answers metadata that is not ASCII as an encoded word. https://www.rfc-editor.org/rfc/rfc2047 */
function encodedWord(text: string): string {
  // eslint-disable-next-line no-control-regex
  if (/^[\u0009\u0020-\u007e]*$/.test(text)) return text;
  return `=?UTF-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`;
}

/** What may be a header's name. https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
function isToken(name: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name);
}
