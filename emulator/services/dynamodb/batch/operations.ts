import type {
  AttributeValue,
  ConsumedCapacity,
  ItemCollectionMetrics,
  ReturnConsumedCapacity,
  WriteRequest,
} from '@aws-sdk/client-dynamodb';
import type { Scope } from '../../../service/call.ts';
import type { DynamodbOperations } from '../client.ts';
import { Names } from '../expression/names.ts';
import { projected, readProjection } from '../expression/projection.ts';
import { reading } from '../expression/reader.ts';
import { invalid } from '../failures.ts';
import { addUnits, consumed, noUnits, readUnits, writeUnits, type Units } from '../item/capacity.ts';
import { refuseLegacy } from '../item/legacy.ts';
import { collectionMetrics } from '../item/operations.ts';
import { perform, prepareDelete, preparePut, type Write } from '../item/write.ts';
import { checkKey } from '../store/keys.ts';
import type { TableRow } from '../store/rows.ts';
import { placeIn, type Store } from '../store/store.ts';
import { tableNameOf } from '../table/name.ts';
import { itemSize } from '../value/size.ts';
import { readItem, wireItem } from '../value/wire.ts';

const MOST_READS = 100;
const MOST_WRITES = 25;
/** Bytes of items that one answer has at most; what is left over comes back as unprocessed. */
const LARGEST_ANSWER = 16 * 1024 * 1024;

/** BatchGetItem and BatchWriteItem. */
export function batchOperations(store: Store): DynamodbOperations {
  return {
    BatchGetItem(input, call) {
      const requests = Object.entries(input.RequestItems ?? {});
      const keyCount = requests.reduce((sum, [, { Keys = [] }]) => sum + Keys.length, 0);
      if (keyCount > MOST_READS) throw invalid('Too many items requested for the BatchGetItem call');
      const reads = requests.map(([name, request]) => {
        refuseLegacy(request);
        const { ProjectionExpression: expression, Keys: keys = [] } = request;
        const names = new Names(request, { ProjectionExpression: expression }, []);
        const paths =
          expression === undefined
            ? undefined
            : reading('ProjectionExpression', () => readProjection(expression, names));
        names.checkAllUsed();
        const table = store.open(call, tableNameOf(call, name));
        const read = keys.map((given) => {
          const key = readItem(given);
          checkKey(table.row, key);
          return { given, key };
        });
        const places = new Set(read.map(({ key }) => placeIn(table.row, key)));
        if (places.size < keys.length) throw invalid('Provided list of item keys contains duplicates');
        return { name, request, table, paths, read };
      });
      let bytes = 0;
      const Responses: Record<string, Record<string, AttributeValue>[]> = {};
      const UnprocessedKeys: NonNullable<typeof input.RequestItems> = {};
      const capacities: ConsumedCapacity[] = [];
      for (const { name, request, table, paths, read } of reads) {
        const found: Record<string, AttributeValue>[] = [];
        const left: Record<string, AttributeValue>[] = [];
        const units = noUnits();
        for (const { given, key } of read) {
          const item = store.item(table, key);
          const size = item === undefined ? 0 : itemSize(item);
          if (bytes + size > LARGEST_ANSWER) {
            left.push(given);
            continue;
          }
          bytes += size;
          units.table += readUnits(size, request.ConsistentRead ?? false);
          if (item !== undefined) found.push(wireItem(paths === undefined ? item : projected(item, paths)));
        }
        Responses[name] = found;
        if (left.length > 0) UnprocessedKeys[name] = { ...request, Keys: left };
        const capacity = consumed(table.row, units, input.ReturnConsumedCapacity);
        if (capacity !== undefined) capacities.push(capacity);
      }
      return {
        Responses,
        UnprocessedKeys,
        ConsumedCapacity: capacities.length === 0 ? undefined : capacities,
      };
    },

    BatchWriteItem(input, call) {
      const requests = Object.entries(input.RequestItems ?? {});
      const count = requests.reduce((sum, [, writes]) => sum + writes.length, 0);
      if (count > MOST_WRITES) throw invalid('Too many items requested for the BatchWriteItem call');
      // All are read before one is done: a request that is refused has written nothing.
      const writes = requests.flatMap(([name, some]) =>
        some.map((request) => ({ name, write: prepared(store, call, name, request) })),
      );
      checkDistinct(writes.map(({ write }) => write));
      const units = new Map<TableRow, Units>();
      const metrics: Record<string, ItemCollectionMetrics[]> = {};
      for (const { name, write } of writes) {
        const { old, item } = perform(store, write);
        const { row } = write.table;
        const sum = units.get(row) ?? noUnits();
        addUnits(sum, writeUnits(row, old, item));
        units.set(row, sum);
        const metric = collectionMetrics(row, write.key);
        if (metric !== undefined) (metrics[name] ??= []).push(metric);
      }
      return {
        UnprocessedItems: {},
        ItemCollectionMetrics: input.ReturnItemCollectionMetrics === 'SIZE' ? metrics : undefined,
        ConsumedCapacity: capacitiesOf(units, input.ReturnConsumedCapacity),
      };
    },
  };
}

function prepared(store: Store, scope: Scope, table: string, request: WriteRequest): Write {
  const { PutRequest: put, DeleteRequest: gone } = request;
  if (put !== undefined && gone === undefined)
    return preparePut(store, scope, { TableName: table, Item: put.Item });
  if (gone !== undefined && put === undefined)
    return prepareDelete(store, scope, { TableName: table, Key: gone.Key });
  throw invalid(
    'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
  );
}

function checkDistinct(writes: readonly Write[]): void {
  const items = new Set(writes.map(({ table, key }) => `${table.row.id}/${placeIn(table.row, key)}`));
  if (items.size < writes.length) throw invalid('Provided list of item keys contains duplicates');
}

/** The units of several tables, as an answer has them. */
export function capacitiesOf(
  units: ReadonlyMap<TableRow, Units>,
  asked: ReturnConsumedCapacity | undefined,
  kind?: 'ReadCapacityUnits' | 'WriteCapacityUnits',
): ConsumedCapacity[] | undefined {
  const out = [...units].flatMap(([row, sum]) => consumed(row, sum, asked, kind) ?? []);
  return out.length === 0 ? undefined : out;
}
