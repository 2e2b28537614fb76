import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import { ServiceFailure } from '../../../service/failure.ts';
import { invalidAttribute, invalidParameter } from '../failures.ts';
import type { AttributeRow, Protocol } from '../rows.ts';

/**
 * Reads the attributes that a message is published with.
 * @throws ServiceFailure, worded as recorded
 */
export function readAttributes(
  given: Readonly<Record<string, MessageAttributeValue | undefined>> | undefined,
): Record<string, AttributeRow> {
  return Object.fromEntries(
    Object.entries(given ?? {}).map(([name, value]) => {
      checkName(name);
      return [name, readAttribute(name, value ?? { DataType: undefined })];
    }),
  );
}

function checkName(name: string): void {
  const strange = /[^A-Za-z0-9_.-]/u.exec(name)?.[0];
  if (strange !== undefined) {
    const code = (strange.codePointAt(0) ?? 0).toString(16).toUpperCase();
    throw invalidAttribute(
      `Invalid non-alphanumeric character '#x${code}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    );
  }
  if (name.length > 256)
    throw invalidAttribute('Length of message attribute name must be less than 256 bytes.');
  if (name.startsWith('.')) {
    throw invalidAttribute("Invalid message attribute name starting with character '.' was found.");
  }
  if (name.endsWith('.')) {
    throw invalidAttribute("Invalid message attribute name ending with character '.' was found.");
  }
  if (name.includes('..')) {
    throw invalidAttribute("Message attribute name can not have successive '.' character.");
  }
}

function readAttribute(name: string, value: MessageAttributeValue): AttributeRow {
  const { DataType: type, StringValue: text, BinaryValue: bytes } = value;
  if (type === undefined) {
    throw new ServiceFailure(
      'ValidationError',
      `1 validation error detected: Value null at 'messageAttributes.${name}.member.dataType' failed to satisfy constraint: Member must not be null`,
    );
  }
  const base = type.split('.', 1)[0] ?? '';
  if (!['String', 'Number', 'Binary'].includes(base)) {
    throw invalidAttribute(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const hasText = text !== undefined && text !== '';
  const hasBytes = bytes !== undefined && bytes.byteLength > 0;
  if (!hasText && !hasBytes) {
    throw invalidAttribute(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
    );
  }
  const field = base === 'Binary' ? 'Binary' : 'String';
  if (field === 'Binary' ? !hasBytes : !hasText) {
    throw invalidAttribute(`The message attribute '${name}' with type '${type}' must use field '${field}'.`);
  }
  if (base === 'Number' && !Number.isFinite(Number(text))) {
    throw invalidAttribute(`Could not cast message attribute '${name}' value to number.`);
  }
  return base === 'Binary'
    ? { dataType: type, binaryValue: Buffer.from(bytes ?? []).toString('base64') }
    : { dataType: type, stringValue: text ?? '' };
}

/** What a message counts against SNS's limits, in bytes. */
export function sizeOf(message: string, attributes: Readonly<Record<string, AttributeRow>>): number {
  let size = Buffer.byteLength(message);
  for (const [name, { dataType, stringValue, binaryValue }] of Object.entries(attributes)) {
    size += Buffer.byteLength(name) + Buffer.byteLength(dataType);
    size += Buffer.byteLength(stringValue ?? '') + Buffer.from(binaryValue ?? '', 'base64').length;
  }
  return size;
}

/**
 * Checks a subject: up to 100 characters of ASCII on one line.
 * @throws ServiceFailure `InvalidParameter`
 */
export function checkSubject(subject: string | undefined): void {
  if (subject !== undefined && !/^[\x21-\x7e][\x20-\x7e]{0,99}$/.test(subject)) {
    throw invalidParameter('Subject');
  }
}

/** The text that each protocol gets. */
export type Texts = (protocol: Protocol) => string;

/**
 * Reads a message: one text for all, or an object with a text for each protocol.
 * @throws ServiceFailure, worded as recorded
 */
export function readMessage(message: string, structure: string | undefined): Texts {
  if (message === '') throw invalidParameter('Empty message');
  if (structure === undefined) return () => message;
  if (structure !== 'json') throw invalidParameter('MessageStructure');
  const wrong = (reason: string) => invalidParameter(`Message Structure - ${reason}`);
  let texts: unknown;
  try {
    texts = JSON.parse(message);
  } catch {
    throw wrong('JSON message body failed to parse');
  }
  const byProtocol = (typeof texts === 'object' && texts !== null ? texts : {}) as Readonly<
    Record<string, unknown>
  >;
  const standard = byProtocol['default'];
  if (typeof standard !== 'string') throw wrong('No default entry in JSON message body');
  return (protocol) => {
    const own = byProtocol[protocol];
    return typeof own === 'string' ? own : standard;
  };
}
