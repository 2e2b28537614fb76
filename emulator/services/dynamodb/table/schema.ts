import type {
  AttributeDefinition,
  BillingMode,
  CreateGlobalSecondaryIndexAction,
  KeySchemaElement,
  LocalSecondaryIndex,
  ProvisionedThroughput,
} from '@aws-sdk/client-dynamodb';
import { invalid, invalidValues } from '../failures.ts';
import { keyNames } from '../store/keys.ts';
import type { IndexRow, Keys, TableRow, Throughput } from '../store/rows.ts';
import type { KeyType } from '../value/value.ts';
import { checkName } from './name.ts';

const MOST_GLOBAL_INDEXES = 20;
const MOST_LOCAL_INDEXES = 5;
const none: Throughput = { read: 0, write: 0 };

/** @throws ServiceFailure for a key that no table or index can have */
export function readKeys(schema: readonly KeySchemaElement[]): Keys {
  const [first, second] = schema;
  if (first?.AttributeName === undefined || first.KeyType !== 'HASH')
    throw invalid('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  if (schema.length > 2)
    // AWS has keys of several attributes for global indexes since November 2025.
    throw invalid('Invalid KeySchema: Some index key attribute have no definition');
  if (second === undefined) return { hash: first.AttributeName };
  if (second.KeyType !== 'RANGE')
    throw invalid('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  if (second.AttributeName === first.AttributeName)
    throw invalid('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  return { hash: first.AttributeName, range: second.AttributeName };
}

/** @throws ServiceFailure where an attribute is defined twice */
export function readTypes(definitions: readonly AttributeDefinition[]): Record<string, KeyType> {
  const types = new Map<string, KeyType>();
  for (const { AttributeName: name = '', AttributeType: type = 'S' } of definitions) {
    if (types.has(name)) throw invalidValues(`Duplicate AttributeName in AttributeDefinitions: ${name}`);
    types.set(name, type);
  }
  return Object.fromEntries(types);
}

/**
 * Holds the keys of a table and its indexes against the attributes that are defined: each is, and no other.
 * @throws ServiceFailure
 */
export function checkDefinitions(
  types: Readonly<Record<string, KeyType>>,
  table: Keys,
  indexes: readonly IndexRow[],
): void {
  const defined = Object.keys(types);
  const shown = `AttributeDefinitions: [${defined.join(', ')}]`;
  const used = new Set<string>();
  for (const keys of [table, ...indexes]) {
    const names = keyNames(keys);
    const unknown = names.filter((name) => !Object.hasOwn(types, name));
    if (unknown.length > 0)
      throw invalidValues(
        `Some index key attributes are not defined in AttributeDefinitions. Keys: [${names.join(', ')}], ${shown}`,
      );
    for (const name of names) used.add(name);
  }
  if (used.size === defined.length) return;
  throw indexes.length === 0
    ? invalidValues(
        'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
      )
    : invalidValues(`Some AttributeDefinitions are not used. ${shown}, keys used: [${[...used].join(', ')}]`);
}

/** @throws ServiceFailure where capacity and billing do not fit together */
export function readThroughput(
  billing: BillingMode,
  given: ProvisionedThroughput | undefined,
  index?: string,
): Throughput {
  if (billing === 'PAY_PER_REQUEST') {
    if (given === undefined) return none;
    throw invalidValues(
      index === undefined
        ? 'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST'
        : `ProvisionedThroughput should not be specified for index: ${index} when BillingMode is PAY_PER_REQUEST`,
    );
  }
  if (given === undefined)
    throw invalidValues(
      index === undefined
        ? 'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED'
        : `ProvisionedThroughput must be specified for index: ${index}`,
    );
  return { read: given.ReadCapacityUnits ?? 0, write: given.WriteCapacityUnits ?? 0 };
}

/** @throws ServiceFailure for an index that cannot be */
export function readIndex(
  kind: IndexRow['kind'],
  given: LocalSecondaryIndex | CreateGlobalSecondaryIndexAction,
  throughput: Throughput,
  activeFrom: number,
): IndexRow {
  const name = given.IndexName ?? '';
  checkName(name);
  return {
    name,
    kind,
    ...readKeys(given.KeySchema ?? []),
    projection: readProjectionOf(given),
    throughput,
    activeFrom,
  };
}

function readProjectionOf({
  Projection: given,
}: LocalSecondaryIndex | CreateGlobalSecondaryIndexAction): IndexRow['projection'] {
  const { ProjectionType: type, NonKeyAttributes: attributes } = given ?? {};
  if (type === undefined) throw invalidValues('Unknown ProjectionType: null');
  if (type === 'INCLUDE') {
    if (attributes === undefined)
      throw invalidValues('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
    return { type, attributes };
  }
  if (attributes !== undefined)
    throw invalidValues(`ProjectionType is ${type}, but NonKeyAttributes is specified`);
  return { type };
}

/** @throws ServiceFailure where a table cannot have these indexes together */
export function checkIndexes(table: Keys, indexes: readonly IndexRow[]): void {
  const names = new Set<string>();
  for (const { name } of indexes) {
    if (names.has(name)) throw invalidValues(`Duplicate index name: ${name}`);
    names.add(name);
  }
  const local = indexes.filter(({ kind }) => kind === 'local');
  if (local.length > 0 && table.range === undefined)
    throw invalidValues(
      'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
    );
  for (const index of local) {
    if (index.range === undefined)
      throw invalidValues(`Index KeySchema does not have a range key for index: ${index.name}`);
    if (index.hash !== table.hash)
      throw invalidValues(
        `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${index.name}. index hash key: ${index.hash}, table hash key: ${table.hash}`,
      );
  }
  if (local.length > MOST_LOCAL_INDEXES)
    throw invalidValues('Number of LocalSecondaryIndexes exceeds per-table limit of 5');
  if (indexes.length - local.length > MOST_GLOBAL_INDEXES)
    throw invalidValues('GlobalSecondaryIndex count exceeds the per-table limit of 20');
}

/** The types of attributes that are still keys of something. */
export function usedTypes({ types, ...table }: TableRow): Record<string, KeyType> {
  const used = new Set([table, ...table.indexes].flatMap(keyNames));
  return Object.fromEntries(Object.entries(types).filter(([name]) => used.has(name)));
}
