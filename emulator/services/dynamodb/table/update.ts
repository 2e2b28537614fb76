import type { GlobalSecondaryIndexUpdate, UpdateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import { inUse, invalid, invalidValues, noSuchTable, notBuilt, notFound } from '../failures.ts';
import type { IndexRow, TableRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { beginStream, viewTypeOf } from './create.ts';
import { CHANGE } from './changes.ts';
import { statusOf } from './describe.ts';
import { tableNameOf } from './name.ts';
import { checkDefinitions, checkIndexes, readIndex, readThroughput, readTypes, usedTypes } from './schema.ts';

/** @throws ServiceFailure for a change that cannot be, or comes while another is under way */
export function updateTable(store: Store, scope: Scope, input: UpdateTableCommandInput): TableRow {
  const name = tableNameOf(scope, input.TableName);
  checkSomething(input);
  const found = store.row(scope, name);
  if (found === undefined) throw noSuchTable(name);
  checkIdle(found, store.now);
  let row = { ...found, ...protectionAndClass(input) };
  row = withBilling(row, input, store.now);
  row = withIndexes(row, input, store.now);
  // What a stream keeps is only begun when nothing else can be refused.
  row = withStream(store, scope, row, input);
  const quiet = [input.DeletionProtectionEnabled, input.TableClass].some((one) => one !== undefined);
  if (!quiet || changesMore(input)) row = { ...row, updatingUntil: store.now + CHANGE };
  store.tables(scope).set(name, row);
  alignIndexes(store, scope, row);
  return row;
}

/** @throws ServiceFailure `ResourceInUseException` where a table is being created, changed or deleted */
export function checkIdle(row: TableRow, now: number): void {
  const status = statusOf(row, now);
  if (status === 'ACTIVE') return;
  const doing = { CREATING: 'created', UPDATING: 'updated', DELETING: 'deleted' }[
    status as 'CREATING' | 'UPDATING' | 'DELETING'
  ];
  throw inUse(`Attempt to change a resource which is still in use: Table is being ${doing}: ${row.name}`);
}

function changesMore({
  BillingMode: billing,
  ProvisionedThroughput: throughput,
  GlobalSecondaryIndexUpdates: indexes,
  StreamSpecification: stream,
}: UpdateTableCommandInput): boolean {
  return [billing, throughput, indexes, stream].some((one) => one !== undefined);
}

function checkSomething(input: UpdateTableCommandInput): void {
  const { ReplicaUpdates: replicas, GlobalTableWitnessUpdates: witnesses } = input;
  if (replicas !== undefined || witnesses !== undefined) throw notBuilt('A table in several regions');
  const changes = Object.keys(input).filter(
    (member) => member !== 'TableName' && member !== 'AttributeDefinitions',
  );
  if (changes.length === 0)
    throw invalid(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
    );
}

function protectionAndClass({
  DeletionProtectionEnabled: deletionProtection,
  TableClass: tableClass,
}: UpdateTableCommandInput): Partial<TableRow> {
  return {
    ...(deletionProtection !== undefined && { deletionProtection }),
    ...(tableClass !== undefined && { tableClass }),
  };
}

function withBilling(row: TableRow, input: UpdateTableCommandInput, now: number): TableRow {
  const { BillingMode: billing = row.billing, ProvisionedThroughput: given } = input;
  if (input.BillingMode === undefined && given === undefined) return row;
  const throughput = readThroughput(billing, given);
  if (billing === 'PAY_PER_REQUEST') {
    const indexes = row.indexes.map((index) => ({ ...index, throughput }));
    return row.billing === billing ? row : { ...row, billing, throughput, indexes, onDemandSince: now };
  }
  const { read, write } = row.throughput;
  if (row.billing === billing && read === throughput.read && write === throughput.write)
    throw invalid(
      `The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: ${read}. Requested ReadCapacityUnits: ${throughput.read}. Current WriteCapacityUnits provisioned for the table: ${write}. Requested WriteCapacityUnits: ${throughput.write}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
    );
  return { ...row, billing, throughput };
}

function withIndexes(row: TableRow, input: UpdateTableCommandInput, now: number): TableRow {
  const { GlobalSecondaryIndexUpdates: updates } = input;
  if (updates === undefined) return row;
  const online = updates.filter(({ Update: update }) => update === undefined).length;
  if (online > 1)
    throw new ServiceFailure(
      'LimitExceededException',
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
      { status: 400 },
    );
  let types = row.types;
  if (input.AttributeDefinitions !== undefined)
    types = { ...types, ...readTypes(input.AttributeDefinitions) };
  const next = updates.reduce((changed, update) => withIndex(changed, update, now), { ...row, types });
  checkIndexes(next, next.indexes);
  const kept = { ...next, types: usedTypes(next) };
  checkDefinitions(kept.types, kept, kept.indexes);
  return kept;
}

function withIndex(row: TableRow, change: GlobalSecondaryIndexUpdate, now: number): TableRow {
  const { Create: create, Update: update, Delete: gone } = change;
  if ([create, update, gone].filter((one) => one !== undefined).length !== 1)
    throw invalidValues(
      'One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null',
    );
  if (create !== undefined) {
    if (row.indexes.some(({ name }) => name === create.IndexName))
      throw invalid(`Attempting to create an index which already exists. Index: ${create.IndexName ?? ''}`);
    const throughput = readThroughput(row.billing, create.ProvisionedThroughput, create.IndexName);
    return { ...row, indexes: [...row.indexes, readIndex('global', create, throughput, now + CHANGE)] };
  }
  const name = (update ?? gone)?.IndexName ?? '';
  if (!row.indexes.some((index) => index.name === name && index.kind === 'global'))
    throw notFound(`Requested resource not found: No such index: ${name}`);
  if (gone !== undefined) return { ...row, indexes: row.indexes.filter((index) => index.name !== name) };
  const throughput = readThroughput(row.billing, update?.ProvisionedThroughput, name);
  const changed = (index: IndexRow): IndexRow => (index.name === name ? { ...index, throughput } : index);
  return { ...row, indexes: row.indexes.map(changed) };
}

function withStream(store: Store, scope: Scope, row: TableRow, input: UpdateTableCommandInput): TableRow {
  const { StreamSpecification: given } = input;
  if (given === undefined) return row;
  const viewType = viewTypeOf(given);
  const enabled = row.stream?.enabled === true;
  if (viewType === undefined) {
    if (row.stream === undefined || !enabled)
      throw invalid(`Table is already in the desired state: TableName: ${row.name} has no enabled stream`);
    store.streams.end(scope, row);
    return { ...row, stream: { ...row.stream, enabled: false } };
  }
  if (enabled) throw invalid(`Table already has an enabled stream: TableName: ${row.name}`);
  return { ...row, stream: beginStream(store, scope, row.name, row, viewType) };
}

/** Brings the indexes in memory in line with the table's row. */
function alignIndexes(store: Store, scope: Scope, row: TableRow): void {
  const live = store.live(scope, row);
  for (const name of [...live.indexes.keys()])
    if (!row.indexes.some((index) => index.name === name)) live.indexes.delete(name);
  for (const index of row.indexes) {
    const found = live.indexes.get(index.name);
    if (found === undefined) live.addIndex(index, row);
    else live.indexes.set(index.name, { ...found, row: index });
  }
}
