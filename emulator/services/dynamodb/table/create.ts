import { randomUUID } from 'node:crypto';
import type { CreateTableCommandInput, StreamSpecification, StreamViewType } from '@aws-sdk/client-dynamodb';
import type { Scope } from '../../../service/call.ts';
import { inUse, invalid, invalidValues } from '../failures.ts';
import type { IndexRow, Keys, TableRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { CHANGE } from './changes.ts';
import { tableNameOf } from './name.ts';
import { checkDefinitions, checkIndexes, readIndex, readKeys, readThroughput, readTypes } from './schema.ts';
import { tagsOf } from './tags.ts';

/** @throws ServiceFailure for a table that cannot be, or is there already */
export function createTable(store: Store, scope: Scope, input: CreateTableCommandInput): TableRow {
  const name = tableNameOf(scope, input.TableName);
  const billing = input.BillingMode ?? 'PROVISIONED';
  const types = readTypes(input.AttributeDefinitions ?? []);
  const keys = readKeys(input.KeySchema ?? []);
  const throughput = readThroughput(billing, input.ProvisionedThroughput);
  const { GlobalSecondaryIndexes: globals, LocalSecondaryIndexes: locals } = input;
  if (globals?.length === 0) throw invalidValues('List of GlobalSecondaryIndexes is empty');
  if (locals?.length === 0) throw invalidValues('List of LocalSecondaryIndexes is empty');
  const now = store.now;
  const activeFrom = now + CHANGE;
  const indexes: IndexRow[] = [
    ...(locals ?? []).map((index) => readIndex('local', index, { read: 0, write: 0 }, activeFrom)),
    ...(globals ?? []).map((index) =>
      readIndex(
        'global',
        index,
        readThroughput(billing, index.ProvisionedThroughput, index.IndexName),
        activeFrom,
      ),
    ),
  ];
  checkIndexes(keys, indexes);
  checkDefinitions(types, keys, indexes);
  const viewType = viewTypeOf(input.StreamSpecification);
  const there = store.row(scope, name);
  if (there !== undefined)
    throw there.goneFrom === undefined
      ? inUse(`Table already exists: ${name}`)
      : inUse(`Attempt to change a resource which is still in use: Table is being deleted: ${name}`);
  const row: TableRow = {
    name,
    id: randomUUID(),
    created: now,
    activeFrom,
    ...keys,
    types,
    billing,
    ...(billing === 'PAY_PER_REQUEST' && { onDemandSince: now }),
    throughput,
    indexes,
    ...(viewType !== undefined && { stream: beginStream(store, scope, name, keys, viewType) }),
    tags: tagsOf(input.Tags ?? []),
    deletionProtection: input.DeletionProtectionEnabled ?? false,
    ...(input.TableClass !== undefined && { tableClass: input.TableClass }),
  };
  store.tables(scope).delete(name);
  store.tables(scope).set(name, row);
  return row;
}

/**
 * What a stream that shall be is for; undefined where none shall be.
 * @throws ServiceFailure
 */
export function viewTypeOf(given: StreamSpecification | undefined): StreamViewType | undefined {
  if (given?.StreamEnabled !== true) {
    if (given?.StreamViewType !== undefined)
      throw invalidValues('StreamViewType cannot be specified when StreamEnabled is false');
    return undefined;
  }
  if (given.StreamViewType === undefined)
    throw invalid(
      'One or more parameter values were invalid: StreamViewType must be specified when StreamEnabled is true',
    );
  return given.StreamViewType;
}

/** Begins a stream and says what the table's row keeps of it. */
export function beginStream(
  store: Store,
  scope: Scope,
  table: string,
  keys: Keys,
  viewType: StreamViewType,
): NonNullable<TableRow['stream']> {
  const label = store.streams.freshLabel(scope, table);
  const { hash, range } = keys;
  store.streams.begin(scope, {
    table,
    label,
    viewType,
    created: store.now,
    hash,
    ...(range !== undefined && { range }),
  });
  return { label, viewType, enabled: true };
}
