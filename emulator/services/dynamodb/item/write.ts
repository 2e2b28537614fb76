import type {
  AttributeValue,
  ReturnValuesOnConditionCheckFailure as OnFailure,
} from '@aws-sdk/client-dynamodb';
import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import { updated } from '../expression/apply.ts';
import { readCondition } from '../expression/condition.ts';
import { holds } from '../expression/evaluate.ts';
import { Names, type Substitutes } from '../expression/names.ts';
import { reading } from '../expression/reader.ts';
import type { Condition, Path } from '../expression/tree.ts';
import { readUpdate } from '../expression/update.ts';
import { invalid, invalidValues } from '../failures.ts';
import { checkItemKeys, checkKey, keyNames, keyOf } from '../store/keys.ts';
import type { TableRow } from '../store/rows.ts';
import type { OpenTable, Store } from '../store/store.ts';
import { tableNameOf } from '../table/name.ts';
import { itemSize, LARGEST_ITEM } from '../value/size.ts';
import { attribute, typeOf, type Item } from '../value/value.ts';
import { readItem, wireItem } from '../value/wire.ts';

/** What every write may have, by itself or in a transaction. */
interface WriteInput extends Substitutes {
  readonly TableName: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: OnFailure | undefined;
}
export interface PutInput extends WriteInput {
  readonly Item: Record<string, AttributeValue> | undefined;
}
export interface KeyInput extends WriteInput {
  readonly Key: Record<string, AttributeValue> | undefined;
}
export interface UpdateInput extends KeyInput {
  readonly UpdateExpression?: string | undefined;
}

/** A write that was read and can be done. */
export interface Write {
  readonly table: OpenTable;
  readonly key: Item;
  readonly condition: Condition | undefined;
  readonly returnOnFailure: OnFailure | undefined;
  /** The paths that an update changes. */
  readonly paths: readonly Path[];
  /** Whether the item is only looked at. */
  readonly checkOnly: boolean;
  /**
   * The item after the write.
   * @throws ServiceFailure where the item that is there does not allow it
   */
  next(old: Item | undefined): Item | undefined;
}

/** @throws ServiceFailure for what DynamoDB refuses before it looks at the item */
export function preparePut(store: Store, scope: Scope, input: PutInput): Write {
  const item = readItem(input.Item ?? {});
  const common = readCommon(store, scope, input);
  checkItemKeys(common.table.row, item);
  checkSize(item, 'Item size has exceeded the maximum allowed size');
  return { ...common, key: keyOf(common.table.row, item), next: () => item };
}

/** @throws ServiceFailure for what DynamoDB refuses before it looks at the item */
export function prepareDelete(store: Store, scope: Scope, input: KeyInput): Write {
  return { ...readKeyed(store, scope, input), next: () => undefined };
}

/** A look at an item without a write, as transactions have it. */
export function prepareCheck(store: Store, scope: Scope, input: KeyInput): Write {
  return { ...readKeyed(store, scope, input), checkOnly: true, next: (old) => old };
}

/** @throws ServiceFailure for what DynamoDB refuses before it looks at the item */
export function prepareUpdate(store: Store, scope: Scope, input: UpdateInput): Write {
  const { UpdateExpression: expression, ConditionExpression: condition } = input;
  const key = readItem(input.Key ?? {});
  const names = new Names(input, { UpdateExpression: expression, ConditionExpression: condition }, [
    'UpdateExpression',
    'ConditionExpression',
  ]);
  const update =
    expression === undefined ? [] : reading('UpdateExpression', () => readUpdate(expression, names));
  const common = readCommon(store, scope, input, names);
  const { row } = common.table;
  checkKey(row, key);
  const paths = update.map(({ path }) => path);
  for (const [name] of paths)
    if (keyNames(row).includes(name))
      throw invalidValues(`Cannot update attribute ${name}. This attribute is part of the key`);
  return {
    ...common,
    key,
    paths,
    next: (old) => {
      const item = updated(old ?? key, update);
      checkUpdatedIndexKeys(row, item);
      checkSize(item, 'Item size to update has exceeded the maximum allowed size');
      return item;
    },
  };
}

function readKeyed(store: Store, scope: Scope, input: KeyInput): Omit<Write, 'next'> {
  const key = readItem(input.Key ?? {});
  const common = readCommon(store, scope, input);
  checkKey(common.table.row, key);
  return { ...common, key };
}

function readCommon(
  store: Store,
  scope: Scope,
  input: WriteInput,
  known?: Names,
): Omit<Write, 'key' | 'next'> {
  const { ConditionExpression: expression } = input;
  const names = known ?? new Names(input, { ConditionExpression: expression }, ['ConditionExpression']);
  const condition =
    expression === undefined
      ? undefined
      : reading('ConditionExpression', () => readCondition(expression, names));
  names.checkAllUsed();
  return {
    table: store.open(scope, tableNameOf(scope, input.TableName)),
    condition,
    returnOnFailure: input.ReturnValuesOnConditionCheckFailure,
    paths: [],
    checkOnly: false,
  };
}

function checkSize(item: Item, message: string): void {
  if (itemSize(item) > LARGEST_ITEM) throw invalid(message);
}

function checkUpdatedIndexKeys(row: TableRow, item: Item): void {
  for (const index of row.indexes)
    for (const name of keyNames(index)) {
      const value = attribute(item, name);
      if (value !== undefined && typeOf(value) !== row.types[name])
        throw invalid(
          'The update expression attempted to update the secondary index key to unsupported type',
        );
    }
}

/** Whether the item is as the write wants it. */
export function mayWrite({ condition }: Write, old: Item | undefined): boolean {
  return condition === undefined || holds(condition, old ?? {});
}

/** Does a write and says what was there before and after it. */
export function perform(
  store: Store,
  write: Write,
): { readonly old: Item | undefined; readonly item: Item | undefined } {
  const old = store.item(write.table, write.key);
  if (!mayWrite(write, old))
    throw new ServiceFailure('ConditionalCheckFailedException', 'The conditional request failed', {
      status: 400,
      members: write.returnOnFailure === 'ALL_OLD' && old !== undefined ? { Item: wireItem(old) } : {},
    });
  const item = write.next(old);
  store.write(write.table, write.key, item);
  return { old, item };
}
