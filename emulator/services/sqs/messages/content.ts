import { createHash } from 'node:crypto';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { ServiceFailure } from '../../../service/failure.ts';
import { invalidParameter, missingParameter } from '../failures.ts';
import type { AttributeRow } from '../rows.ts';

/** Most attributes of a message. */
const MOST = 10;

/**
 * Checks a message's text.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 * @throws ServiceFailure `MissingParameter` or `InvalidMessageContents`
 */
export function checkBody(body: string | undefined): asserts body is string {
  if (body === undefined || body === '') throw missingParameter('MessageBody');
  if (!inUnicodeSet(body)) {
    throw new ServiceFailure(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
}

function inUnicodeSet(text: string): boolean {
  // With the `u` flag a pair of surrogates is one character, and half a pair is one outside of the set.
  return /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u.test(text);
}

/**
 * Reads the attributes that a message is sent with.
 * @throws ServiceFailure `InvalidParameterValue`
 */
export function readAttributes(
  given: Readonly<Record<string, MessageAttributeValue | undefined>> | undefined,
): Record<string, AttributeRow> {
  const entries = Object.entries(given ?? {});
  if (entries.length > MOST) {
    throw invalidParameter(
      `Number of message attributes [${String(entries.length)}] exceeds the allowed maximum [${String(MOST)}].`,
    );
  }
  return Object.fromEntries(
    entries.map(([name, value]) => {
      checkName(name);
      return [name, readAttribute(name, value ?? { DataType: undefined })];
    }),
  );
}

function checkName(name: string): void {
  if (!/^[A-Za-z0-9_.-]{1,256}$/.test(name)) {
    throw invalidParameter(
      `Message (user) attribute name '${name}' can contain only alphanumeric characters, hyphens, underscores and periods, and is 1 to 256 long.`,
    );
  }
  if (/^\.|\.$|\.\./.test(name) || /^(?:aws|amazon)\./i.test(name)) {
    throw invalidParameter(
      `Message (user) attribute name '${name}' starts or ends with a period, has periods in a row or begins with AWS. or Amazon., which are reserved.`,
    );
  }
}

function readAttribute(name: string, value: MessageAttributeValue): AttributeRow {
  const type = value.DataType;
  if (type === undefined || type === '') {
    throw invalidParameter(
      `The message (user) attribute '${name}' must contain a non-empty message attribute type.`,
    );
  }
  if (!/^(?:String|Number|Binary)(?:\..+)?$/.test(type) || type.length > 256) {
    throw invalidParameter(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  const { StringValue: text, BinaryValue: bytes } = value;
  const base = type.split('.', 1)[0] ?? '';
  const empty = () =>
    // Recorded.
    invalidParameter(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${base === 'Binary' ? 'Binary' : 'String'}'.`,
    );
  if (base === 'Binary') {
    if (bytes === undefined || bytes.byteLength === 0) throw empty();
    return { dataType: type, binaryValue: Buffer.from(bytes).toString('base64') };
  }
  if (text === undefined || text === '') throw empty();
  if (!inUnicodeSet(text))
    throw invalidParameter(`Message (user) attribute '${name}' contains invalid characters.`);
  if (base === 'Number' && !Number.isFinite(Number(text))) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  return { dataType: type, stringValue: text };
}

/** Attributes as an answer holds them. */
export function attributeValues(
  rows: Readonly<Record<string, AttributeRow>>,
): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(rows).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      {
        DataType: dataType,
        ...(stringValue !== undefined && { StringValue: stringValue }),
        ...(binaryValue !== undefined && { BinaryValue: new Uint8Array(Buffer.from(binaryValue, 'base64')) }),
      },
    ]),
  );
}

/** What a message counts against SQS's limits, in bytes: its text, and the names, types and values of its attributes. */
export function sizeOf(body: string, attributes: Readonly<Record<string, AttributeRow>>): number {
  let size = Buffer.byteLength(body);
  for (const [name, { dataType, stringValue, binaryValue }] of Object.entries(attributes)) {
    size += Buffer.byteLength(name) + Buffer.byteLength(dataType);
    size += Buffer.byteLength(stringValue ?? '') + Buffer.from(binaryValue ?? '', 'base64').length;
  }
  return size;
}

export function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}

/**
 * The digest of attributes that clients verify; undefined where there are none.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
export function md5OfAttributes(attributes: Readonly<Record<string, AttributeRow>>): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { dataType = '', stringValue, binaryValue } = attributes[name] ?? {};
    add(Buffer.from(name));
    add(Buffer.from(dataType));
    hash.update(Buffer.of(stringValue === undefined ? 2 : 1));
    add(stringValue === undefined ? Buffer.from(binaryValue ?? '', 'base64') : Buffer.from(stringValue));
  }
  return hash.digest('hex');
}
