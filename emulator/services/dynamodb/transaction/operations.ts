import type { CancellationReason, ItemCollectionMetrics, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import { capacitiesOf } from '../batch/operations.ts';
import type { DynamodbOperations } from '../client.ts';
import { Names } from '../expression/names.ts';
import { projected, readProjection } from '../expression/projection.ts';
import { reading } from '../expression/reader.ts';
import { invalid } from '../failures.ts';
import { addUnits, noUnits, readUnits, writeUnits, type Units } from '../item/capacity.ts';
import { collectionMetrics } from '../item/operations.ts';
import {
  mayWrite,
  prepareCheck,
  prepareDelete,
  preparePut,
  prepareUpdate,
  type Write,
} from '../item/write.ts';
import { checkKey } from '../store/keys.ts';
import type { TableRow } from '../store/rows.ts';
import { placeIn, type OpenTable, type Store } from '../store/store.ts';
import { tableNameOf } from '../table/name.ts';
import { itemSize } from '../value/size.ts';
import type { Item } from '../value/value.ts';
import { readItem, wireItem } from '../value/wire.ts';
import { remember, wasDone } from './token.ts';

/** Bytes of all items of a transaction. */
const LARGEST = 4 * 1024 * 1024;

/** TransactWriteItems and TransactGetItems. */
export function transactionOperations(store: Store): DynamodbOperations {
  return {
    TransactWriteItems(input, call) {
      const { ClientRequestToken: token, TransactItems: actions = [] } = input;
      const writes = actions.map((action) => prepared(store, call, action));
      checkDistinct(writes);
      const units = new Map<TableRow, Units>();
      const metrics: Record<string, ItemCollectionMetrics[]> = {};
      const done = token !== undefined && wasDone(store, call, token, actions);
      // Everything is worked out before anything is written; and all is written in one synchronous piece, so that
      // a restart finds all of it or nothing.
      const outcomes = done ? [] : outcomesOf(store, writes);
      for (const { write, old, item } of outcomes) {
        store.write(write.table, write.key, item);
        count(units, write.table.row, writeUnits(write.table.row, old, item));
        const metric = collectionMetrics(write.table.row, write.key);
        if (metric !== undefined) (metrics[write.table.row.name] ??= []).push(metric);
      }
      if (token !== undefined && !done) remember(store, call, token, actions);
      // A transaction that was done before is answered from what is read.
      if (done)
        for (const { table, key } of writes) {
          const item = store.item(table, key);
          const table1 = readUnits(item === undefined ? 0 : itemSize(item), true);
          count(units, table.row, { table: table1, indexes: new Map() });
        }
      return {
        ConsumedCapacity: capacitiesOf(
          units,
          input.ReturnConsumedCapacity,
          done ? 'ReadCapacityUnits' : 'WriteCapacityUnits',
        ),
        ItemCollectionMetrics: input.ReturnItemCollectionMetrics === 'SIZE' ? metrics : undefined,
      };
    },

    TransactGetItems(input, call) {
      const reads = (input.TransactItems ?? []).map(({ Get: get }) => {
        if (get === undefined) throw invalid('TransactItems can only contain one of Get');
        const { ProjectionExpression: expression } = get;
        const key = readItem(get.Key ?? {});
        const names = new Names(get, { ProjectionExpression: expression }, []);
        const paths =
          expression === undefined
            ? undefined
            : reading('ProjectionExpression', () => readProjection(expression, names));
        names.checkAllUsed();
        const table = store.open(call, tableNameOf(call, get.TableName));
        checkKey(table.row, key);
        return { table, key, paths };
      });
      checkDistinct(reads);
      const units = new Map<TableRow, Units>();
      let bytes = 0;
      const Responses = reads.map(({ table, key, paths }) => {
        const item = store.item(table, key);
        const size = item === undefined ? 0 : itemSize(item);
        bytes += size;
        count(units, table.row, { table: readUnits(size, true), indexes: new Map() });
        return item === undefined
          ? {}
          : { Item: wireItem(paths === undefined ? item : projected(item, paths)) };
      });
      if (bytes > LARGEST)
        throw invalid('Collective response size of items exceeds the limit of 4 MB for a transaction');
      return {
        Responses,
        ConsumedCapacity: capacitiesOf(units, input.ReturnConsumedCapacity, 'ReadCapacityUnits'),
      };
    },
  };
}

function prepared(store: Store, scope: Scope, action: TransactWriteItem): Write {
  const { ConditionCheck: check, Put: put, Delete: gone, Update: update } = action;
  if ([check, put, gone, update].filter((one) => one !== undefined).length !== 1)
    throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
  if (put !== undefined) return preparePut(store, scope, put);
  if (gone !== undefined) return prepareDelete(store, scope, gone);
  if (update !== undefined) return prepareUpdate(store, scope, update);
  if (check !== undefined) return prepareCheck(store, scope, check);
  throw new Error('A transaction without an action.');
}

interface Outcome {
  readonly write: Write;
  readonly old: Item | undefined;
  readonly item: Item | undefined;
}

/** @throws ServiceFailure `TransactionCanceledException` where one of the writes cannot be done */
function outcomesOf(store: Store, writes: readonly Write[]): readonly Outcome[] {
  let bytes = 0;
  const outcomes: Outcome[] = [];
  const reasons = writes.map((write): CancellationReason => {
    const old = store.item(write.table, write.key);
    if (!mayWrite(write, old))
      return {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        ...(write.returnOnFailure === 'ALL_OLD' && old !== undefined && { Item: wireItem(old) }),
      };
    try {
      const item = write.next(old);
      bytes += Math.max(...[old, item].map((one) => (one === undefined ? 0 : itemSize(one))));
      outcomes.push({ write, old, item });
      return { Code: 'None' };
    } catch (error) {
      if (!(error instanceof ServiceFailure)) throw error;
      return { Code: 'ValidationError', Message: error.message };
    }
  });
  if (reasons.some(({ Code }) => Code !== 'None'))
    throw new ServiceFailure(
      'TransactionCanceledException',
      `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
      { status: 400, members: { CancellationReasons: reasons } },
    );
  if (bytes > LARGEST) throw invalid('Transaction size exceeds the maximum of 4 MB');
  return outcomes;
}

function checkDistinct(parts: readonly { readonly table: OpenTable; readonly key: Item }[]): void {
  const items = new Set(parts.map(({ table, key }) => `${table.row.id}/${placeIn(table.row, key)}`));
  if (items.size < parts.length)
    throw invalid('Transaction request cannot include multiple operations on one item');
}

/** What is done in a transaction is done twice: to prepare it and to commit it. */
function count(sums: Map<TableRow, Units>, row: TableRow, units: Units): void {
  const sum = sums.get(row) ?? noUnits();
  addUnits(sum, units);
  addUnits(sum, units);
  sums.set(row, sum);
}
