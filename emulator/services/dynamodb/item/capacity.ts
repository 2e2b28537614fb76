import type { ConsumedCapacity, ReturnConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { indexed, indexPlace } from '../store/live-table.ts';
import type { TableRow } from '../store/rows.ts';
import { sameItem } from '../value/same.ts';
import { itemSize } from '../value/size.ts';
import type { Item } from '../value/value.ts';

/** Units that an operation used: of a table, and of its indexes by name. */
export interface Units {
  table: number;
  readonly indexes: Map<string, number>;
}

export function noUnits(): Units {
  return { table: 0, indexes: new Map() };
}

/** Adds units of one operation to those of others. */
export function addUnits(sum: Units, units: Units): void {
  sum.table += units.table;
  for (const [name, count] of units.indexes) sum.indexes.set(name, (sum.indexes.get(name) ?? 0) + count);
}

/**
 * What a write uses: a unit for each begun KB of the larger of the two items, and for each index what changes in it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function writeUnits(row: TableRow, old: Item | undefined, item: Item | undefined): Units {
  const size = Math.max(old === undefined ? 0 : itemSize(old), item === undefined ? 0 : itemSize(item));
  const units: Units = { table: kilobytes(size), indexes: new Map() };
  for (const index of row.indexes) {
    const before = old && indexPlace(index, row.types, old, '');
    const after = item && indexPlace(index, row.types, item, '');
    const was = old !== undefined && before !== undefined ? indexed(old, index, row) : undefined;
    const is = item !== undefined && after !== undefined ? indexed(item, index, row) : undefined;
    if (was === undefined && is === undefined) continue;
    if (was !== undefined && is !== undefined && sameItem(was, is)) continue;
    const sizes = [was, is].map((one) => (one === undefined ? 0 : itemSize(one)));
    const moved = before !== after && was !== undefined && is !== undefined;
    const [first = 0, second = 0] = sizes;
    const count = moved ? kilobytes(first) + kilobytes(second) : kilobytes(Math.max(first, second));
    units.indexes.set(index.name, count);
  }
  return units;
}

function kilobytes(size: number): number {
  return Math.max(1, Math.ceil(size / 1024));
}

/** What reading some bytes uses: half a unit for each begun 4 KB, or a whole one where the read is consistent. */
export function readUnits(bytes: number, consistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5);
}

/** Units as an answer has them; undefined where they were not asked for. */
export function consumed(
  row: TableRow,
  units: Units,
  asked: ReturnConsumedCapacity | undefined,
  kind?: 'ReadCapacityUnits' | 'WriteCapacityUnits',
): ConsumedCapacity | undefined {
  if (asked !== 'TOTAL' && asked !== 'INDEXES') return undefined;
  const capacity = (count: number): object => ({
    CapacityUnits: count,
    // Only transactions say which kind they are.
    ...(kind !== undefined && { [kind]: count }),
  });
  let total = units.table;
  for (const count of units.indexes.values()) total += count;
  const out: ConsumedCapacity = { TableName: row.name, ...capacity(total) };
  if (asked === 'TOTAL') return out;
  const ofKind = (wanted: 'global' | 'local'): Record<string, object> | undefined => {
    const found = [...units.indexes].filter(
      ([name]) => row.indexes.find((index) => index.name === name)?.kind === wanted,
    );
    if (found.length === 0) return undefined;
    return Object.fromEntries(found.map(([name, count]) => [name, capacity(count)]));
  };
  return {
    ...out,
    Table: capacity(units.table),
    GlobalSecondaryIndexes: ofKind('global'),
    LocalSecondaryIndexes: ofKind('local'),
  };
}
