import { invalid, invalidValues } from '../failures.ts';
import { orderOf } from '../value/order.ts';
import { attribute, typeOf, type Item, type KeyType, type Value } from '../value/value.ts';
import type { Keys, TableRow } from './rows.ts';

/** Bytes that a hash and a sort key may have. */
const LONGEST_HASH = 2048;
const LONGEST_RANGE = 1024;

/** The names of a key's attributes, hash first. */
export function keyNames({ hash, range }: Keys): readonly string[] {
  return range === undefined ? [hash] : [hash, range];
}

/** The key's attributes of an item that has them. */
export function keyOf(keys: Keys, item: Item): Item {
  return Object.fromEntries(
    keyNames(keys).flatMap((name) => {
      const value = attribute(item, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/**
 * Holds an item that shall be put to the keys of its table and of the table's indexes.
 * @throws ServiceFailure
 */
export function checkItemKeys(row: TableRow, item: Item): void {
  for (const name of keyNames(row)) {
    const value = attribute(item, name);
    if (value === undefined) throw invalidValues(`Missing the key ${name} in the item`);
    if (typeOf(value) !== row.types[name])
      throw invalidValues(
        `Type mismatch for key ${name} expected: ${row.types[name] ?? ''} actual: ${typeOf(value)}`,
      );
    checkKeyValue(row, name, value);
  }
  checkIndexKeys(row, item);
}

/**
 * Holds an item to the keys of its table's indexes: it may lack one, but not have another type.
 * @throws ServiceFailure
 */
export function checkIndexKeys(row: TableRow, item: Item): void {
  for (const index of row.indexes)
    for (const name of keyNames(index)) {
      const value = attribute(item, name);
      if (value === undefined) continue;
      const type: KeyType | undefined = row.types[name];
      if (typeOf(value) !== type)
        throw invalidValues(
          `Type mismatch for Index Key ${name} Expected: ${type ?? ''} Actual: ${typeOf(value)} IndexName: ${index.name}`,
        );
      if (isEmpty(value))
        throw invalid(
          `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${emptyOf(value)} value. IndexName: ${index.name}, IndexKey: ${name}`,
        );
    }
}

/**
 * Holds a key that a request names to the table's schema: nothing else may stand in it.
 * @throws ServiceFailure
 */
export function checkKey(row: TableRow, key: Item): void {
  const names = keyNames(row);
  const fits = names.every((name) => {
    const value = attribute(key, name);
    return value !== undefined && typeOf(value) === row.types[name];
  });
  if (!fits || Object.keys(key).length !== names.length)
    throw invalid('The provided key element does not match the schema');
  for (const [name, value] of Object.entries(key)) checkKeyValue(row, name, value);
}

function checkKeyValue(row: TableRow, name: string, value: Value): void {
  if (isEmpty(value))
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${emptyOf(value)} value. Key: ${name}`,
    );
  if ('N' in value) return;
  const length = orderOf(value).length;
  // AWS's own wording, the missing spaces included.
  if (name === row.hash && length > LONGEST_HASH)
    throw invalidValues('Size of hashkey has exceeded the maximum size limit of2048 bytes');
  if (name === row.range && length > LONGEST_RANGE)
    throw invalidValues('Aggregated size of all range keys has exceeded the size limit of 1024 bytes');
}

function isEmpty(value: Value): boolean {
  return ('S' in value && value.S === '') || ('B' in value && value.B === '');
}

function emptyOf(value: Value): string {
  return 'S' in value ? 'string' : 'binary';
}
