import type { Select } from '@aws-sdk/client-dynamodb';
import type { Scope } from '../../../service/call.ts';
import type { QueriedKeys } from '../expression/key-condition.ts';
import { projected } from '../expression/projection.ts';
import type { Path } from '../expression/tree.ts';
import { invalid, invalidValues } from '../failures.ts';
import { keyNames, keyOf } from '../store/keys.ts';
import { indexed, indexPlace, projectedNames } from '../store/live-table.ts';
import type { IndexRow } from '../store/rows.ts';
import type { SortedMap } from '../store/sorted-map.ts';
import type { OpenTable, Store } from '../store/store.ts';
import { tableNameOf } from '../table/name.ts';
import { placeOf } from '../value/order.ts';
import { attribute, typeOf, type Item } from '../value/value.ts';

/** What a query or a scan reads: a table, or one of its indexes. */
export interface Target {
  readonly table: OpenTable;
  readonly index: IndexRow | undefined;
  readonly keys: QueriedKeys;
  readonly places: SortedMap<Item>;
}

interface TargetInput {
  readonly TableName: string | undefined;
  readonly IndexName?: string | undefined;
  readonly ConsistentRead?: boolean | undefined;
}

/** @throws ServiceFailure for a table or an index that cannot be read, or not in this way */
export function targetOf(store: Store, scope: Scope, input: TargetInput): Target {
  const table = store.open(scope, tableNameOf(scope, input.TableName));
  const { row, live } = table;
  const { IndexName: name } = input;
  if (name === undefined)
    return { table, index: undefined, keys: { ...row, types: row.types }, places: live.places };
  const index = live.indexes.get(name);
  if (index === undefined) throw invalid(`The table does not have the specified index: ${name}`);
  if (index.row.activeFrom > store.now)
    throw invalid(`Cannot read from backfilling global secondary index: ${name}`);
  if (index.row.kind === 'global' && input.ConsistentRead === true)
    throw invalid('Consistent reads are not supported on global secondary indexes');
  return { table, index: index.row, keys: { ...index.row, types: row.types }, places: index.places };
}

/** What an answer shows of each item, and what its filter sees. */
export interface View {
  /** What is read of an item, and counted as read. */
  readonly seen: (item: Item) => Item;
  readonly shown: (item: Item) => Item;
  readonly countOnly: boolean;
}

/** @throws ServiceFailure for a selection that the table or index cannot give */
export function viewOf(
  { index, table }: Target,
  select: Select | undefined,
  paths: readonly Path[] | undefined,
): View {
  checkSelect(select, paths, index);
  const all = (item: Item): Item => item;
  const onlyIndexed = (item: Item): Item => (index === undefined ? item : indexed(item, index, table.row));
  const shown = paths === undefined ? all : (item: Item): Item => projected(item, paths);
  const countOnly = select === 'COUNT';
  if (index === undefined) return { seen: all, shown, countOnly };
  if (index.kind === 'global') {
    if (select === 'ALL_ATTRIBUTES' && index.projection.type !== 'ALL')
      throw invalidValues(
        `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
      );
    checkProjects(index, table, paths);
    return { seen: onlyIndexed, shown, countOnly };
  }
  // A local index fetches what it has not from the table, where that is asked for.
  const fetches = select === 'ALL_ATTRIBUTES' || paths !== undefined;
  return { seen: fetches ? all : onlyIndexed, shown, countOnly };
}

function checkProjects(index: IndexRow, table: OpenTable, paths: readonly Path[] | undefined): void {
  if (paths === undefined || index.projection.type === 'ALL') return;
  const names = projectedNames(index, table.row);
  const missing = [...new Set(paths.map(([name]) => name))].filter((name) => !names.has(name));
  if (missing.length > 0)
    throw invalidValues(`Global secondary index ${index.name} does not project [${missing.join(', ')}]`);
}

function checkSelect(
  select: Select | undefined,
  paths: readonly Path[] | undefined,
  index: IndexRow | undefined,
): void {
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && index === undefined)
    throw invalidValues('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  if (select === 'SPECIFIC_ATTRIBUTES' && paths === undefined)
    throw invalid(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  if (paths === undefined || select === undefined || select === 'SPECIFIC_ATTRIBUTES') return;
  const what = select === 'COUNT' ? 'only the Count' : select;
  throw invalid(`Cannot specify the ProjectionExpression when choosing to get ${what}`);
}

/** The key that a later page begins behind: the table's, and the index's. */
export function pageKey({ table, index }: Target, item: Item): Item {
  return { ...(index === undefined ? {} : keyOf(index, item)), ...keyOf(table.row, item) };
}

/**
 * Where a later page begins.
 * @throws ServiceFailure for a key that no page can have ended with
 */
export function placeOfPageKey({ table, index }: Target, key: Item): string {
  const { row } = table;
  const names = new Set([...keyNames(row), ...(index === undefined ? [] : keyNames(index))]);
  const fits = [...names].every((name) => {
    const value = attribute(key, name);
    return value !== undefined && typeOf(value) === row.types[name];
  });
  if (!fits || Object.keys(key).length !== names.size)
    throw invalid(
      index === undefined
        ? 'The provided starting key is invalid: The provided key element does not match the schema'
        : 'The provided starting key is invalid',
    );
  const hash = attribute(key, row.hash);
  if (hash === undefined) throw invalid('The provided starting key is invalid');
  const place = placeOf(hash, row.range === undefined ? undefined : attribute(key, row.range));
  return index === undefined ? place : (indexPlace(index, row.types, key, place) ?? place);
}
