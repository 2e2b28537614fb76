import type {
  AttributeValue,
  PutItemCommandOutput,
  ReturnConsumedCapacity,
  ReturnItemCollectionMetrics,
  ReturnValue,
} from '@aws-sdk/client-dynamodb';
import type { DynamodbOperations } from '../client.ts';
import { Names } from '../expression/names.ts';
import { projected, readProjection } from '../expression/projection.ts';
import { reading } from '../expression/reader.ts';
import { invalid } from '../failures.ts';
import { checkKey } from '../store/keys.ts';
import type { TableRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { tableNameOf } from '../table/name.ts';
import { itemSize } from '../value/size.ts';
import type { Item } from '../value/value.ts';
import { readItem, wireItem, wireValue } from '../value/wire.ts';
import { consumed, readUnits, writeUnits } from './capacity.ts';
import { refuseLegacy } from './legacy.ts';
import { perform, prepareDelete, preparePut, prepareUpdate } from './write.ts';

/** Operations on one item. */
export function itemOperations(store: Store): DynamodbOperations {
  return {
    GetItem(input, call) {
      refuseLegacy(input);
      const { ProjectionExpression: expression } = input;
      const key = readItem(input.Key ?? {});
      const names = new Names(input, { ProjectionExpression: expression }, []);
      const paths =
        expression === undefined
          ? undefined
          : reading('ProjectionExpression', () => readProjection(expression, names));
      names.checkAllUsed();
      const table = store.open(call, tableNameOf(call, input.TableName));
      checkKey(table.row, key);
      const item = store.item(table, key);
      const units = readUnits(item === undefined ? 0 : itemSize(item), input.ConsistentRead ?? false);
      return {
        Item: item && wireItem(paths === undefined ? item : projected(item, paths)),
        ConsumedCapacity: consumed(
          table.row,
          { table: units, indexes: new Map() },
          input.ReturnConsumedCapacity,
        ),
      };
    },

    PutItem(input, call) {
      refuseLegacy(input);
      checkReturnValues(input.ReturnValues);
      const write = preparePut(store, call, input);
      const { old, item } = perform(store, write);
      return {
        Attributes: input.ReturnValues === 'ALL_OLD' ? shown(old) : undefined,
        ...measured(write.table.row, old, item, input, write.key),
      };
    },

    DeleteItem(input, call) {
      refuseLegacy(input);
      checkReturnValues(input.ReturnValues);
      const write = prepareDelete(store, call, input);
      const { old, item } = perform(store, write);
      return {
        Attributes: input.ReturnValues === 'ALL_OLD' ? shown(old) : undefined,
        ...measured(write.table.row, old, item, input, write.key),
      };
    },

    UpdateItem(input, call) {
      refuseLegacy(input);
      const write = prepareUpdate(store, call, input);
      const { old, item } = perform(store, write);
      const results: Readonly<Partial<Record<ReturnValue, Item | undefined>>> = {
        ALL_OLD: old,
        ALL_NEW: item,
        UPDATED_OLD: old && projected(old, write.paths),
        UPDATED_NEW: item && projected(item, write.paths),
      };
      return {
        Attributes: shown(results[input.ReturnValues ?? 'NONE']),
        ...measured(write.table.row, old, item, input, write.key),
      };
    },
  };
}

function checkReturnValues(wanted: ReturnValue | undefined): void {
  if (wanted !== undefined && wanted !== 'NONE' && wanted !== 'ALL_OLD')
    throw invalid('ReturnValues can only be ALL_OLD or NONE');
}

/** Without attributes there is no member at all. */
function shown(item: Item | undefined): Record<string, AttributeValue> | undefined {
  return item === undefined || Object.keys(item).length === 0 ? undefined : wireItem(item);
}

function measured(
  row: TableRow,
  old: Item | undefined,
  item: Item | undefined,
  asked: {
    readonly ReturnConsumedCapacity?: ReturnConsumedCapacity | undefined;
    readonly ReturnItemCollectionMetrics?: ReturnItemCollectionMetrics | undefined;
  },
  key: Item,
): Pick<PutItemCommandOutput, 'ConsumedCapacity' | 'ItemCollectionMetrics'> {
  return {
    ConsumedCapacity: consumed(row, writeUnits(row, old, item), asked.ReturnConsumedCapacity),
    ItemCollectionMetrics:
      asked.ReturnItemCollectionMetrics === 'SIZE' ? collectionMetrics(row, key) : undefined,
  };
}

/** The size of an item collection is an estimate on AWS too; only tables with local indexes have collections. */
export function collectionMetrics(
  row: TableRow,
  key: Item,
):
  | { readonly ItemCollectionKey: Record<string, AttributeValue>; readonly SizeEstimateRangeGB: number[] }
  | undefined {
  const hash = key[row.hash];
  if (hash === undefined || !row.indexes.some(({ kind }) => kind === 'local')) return undefined;
  return { ItemCollectionKey: { [row.hash]: wireValue(hash) }, SizeEstimateRangeGB: [0, 1] };
}
