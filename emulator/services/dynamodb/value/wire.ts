import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { invalid, invalidValues } from '../failures.ts';
import { normalNumber } from './number.ts';
import { types, type Item, type Type, type Value } from './value.ts';

/** How deep lists and maps may nest. */
const DEEPEST = 32;

/** Values as the wire layer gives them: an item of a list or a map may be a bare `null`, which is no value. */
type Given = AttributeValue | null | undefined;

/**
 * Reads an item or a key.
 * @throws ServiceFailure for values that DynamoDB does not take
 */
export function readItem(item: Readonly<Record<string, Given>>): Item {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, readValue(value)]));
}

/** @throws ServiceFailure for values that DynamoDB does not take */
export function readValue(given: Given, depth = 0): Value {
  if (depth > DEEPEST)
    throw invalid(
      'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
    );
  const type = onlyType(given);
  const value = given as AttributeValue;
  switch (type) {
    case 'S':
      return { S: value.S ?? '' };
    case 'N':
      return { N: normalNumber(value.N ?? '') };
    case 'B':
      return { B: base64(value.B) };
    case 'BOOL':
      return { BOOL: value.BOOL ?? false };
    case 'NULL':
      if (value.NULL !== true) throw invalidValues('Null attribute value types must have the value of true');
      return { NULL: true };
    case 'SS':
      return { SS: distinct(value.SS ?? [], 'An string set  may not be empty', shownTexts) };
    case 'NS': {
      const numbers = (value.NS ?? []).map(normalNumber);
      if (new Set(numbers).size < numbers.length) throw invalid('Input collection contains duplicates');
      return { NS: distinct(numbers, 'An number set  may not be empty', shownTexts) };
    }
    case 'BS':
      return {
        BS: distinct((value.BS ?? []).map(base64), 'Binary sets should not be empty', shownBytes),
      };
    case 'L':
      return { L: (value.L ?? []).map((item) => readValue(item, depth + 1)) };
    case 'M':
      return {
        M: Object.fromEntries(
          Object.entries(value.M ?? {}).map(([name, item]) => [name, readValue(item, depth + 1)]),
        ),
      };
  }
}

function onlyType(given: Given): Type {
  let found: Type | undefined;
  for (const type of types) {
    if (given?.[type] == null) continue;
    if (found !== undefined)
      throw invalid(
        'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
      );
    found = type;
  }
  if (found === undefined)
    throw invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  return found;
}

function distinct(
  members: readonly string[],
  whenEmpty: string,
  shown: (members: readonly string[]) => string,
): readonly string[] {
  if (members.length === 0) throw invalidValues(whenEmpty);
  if (new Set(members).size < members.length)
    throw invalidValues(`Input collection ${shown(members)} contains duplicates.`);
  return members;
}

const shownTexts = (members: readonly string[]): string => `[${members.join(', ')}]`;
// AWS's own wording, the missing space included.
const shownBytes = (members: readonly string[]): string => `[${members.join(', ')}]of type BS`;

function base64(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return '';
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** An item as the SDK has it. */
export function wireItem(item: Item): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, wireValue(value)]));
}

/** A value as the SDK has it. */
export function wireValue(value: Value): AttributeValue {
  if ('B' in value) return { B: Buffer.from(value.B, 'base64') };
  if ('BS' in value) return { BS: value.BS.map((member) => Buffer.from(member, 'base64')) };
  if ('SS' in value) return { SS: [...value.SS] };
  if ('NS' in value) return { NS: [...value.NS] };
  if ('L' in value) return { L: value.L.map(wireValue) };
  if ('M' in value) return { M: wireItem(value.M) };
  return value;
}
