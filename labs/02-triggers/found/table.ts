import {
  DeleteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  paginateScan,
  type AttributeValue,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { ifThere, isNamed } from '../../aws-errors/named.ts';
import type { Context } from '../checks/context.ts';
import { names, type TableName } from '../names.ts';

export type Item = Readonly<Record<string, AttributeValue>>;

export const tableName = (context: Context, table: TableName): string => context.name(names.tables[table]);

/** A table, or undefined where there is none. */
export async function findTable(context: Context, table: TableName): Promise<TableDescription | undefined> {
  const command = new DescribeTableCommand({ TableName: tableName(context, table) });
  const answer = await ifThere(context.clients.dynamodb.send(command), 'ResourceNotFoundException');
  return answer?.Table;
}

/** An order as the table has it. */
export async function getOrder(context: Context, orderId: string): Promise<Item | undefined> {
  const { Item: item } = await context.clients.dynamodb.send(
    new GetItemCommand({
      TableName: tableName(context, 'orders'),
      Key: { orderId: { S: orderId } },
      ConsistentRead: true,
    }),
  );
  return item;
}

/** All items that hold one of these texts anywhere: how a table is keyed is the student's choice. None without a table. */
export async function itemsWith(
  context: Context,
  table: TableName,
  texts: readonly string[] | RegExp,
): Promise<readonly Item[]> {
  const holds = (item: Item) => {
    const json = JSON.stringify(item);
    return texts instanceof RegExp ? texts.test(json) : texts.some((text) => json.includes(text));
  };
  return (await allItems(context, table)).filter(holds);
}

export async function allItems(context: Context, table: TableName): Promise<readonly Item[]> {
  const items: Item[] = [];
  const pages = paginateScan(
    { client: context.clients.dynamodb },
    { TableName: tableName(context, table), ConsistentRead: true },
  );
  try {
    for await (const { Items = [] } of pages) items.push(...Items);
  } catch (error) {
    if (!isNamed(error, 'ResourceNotFoundException')) throw error;
  }
  return items;
}

/** Deletes the items that hold what the pattern says. */
export async function removeItems(
  context: Context,
  table: TableName,
  pattern: RegExp,
  abortSignal: AbortSignal,
): Promise<void> {
  const keys =
    (await findTable(context, table))?.KeySchema?.map(({ AttributeName = '' }) => AttributeName) ?? [];
  if (keys.length === 0) return;
  for (const item of await itemsWith(context, table, pattern)) {
    const key = Object.fromEntries(Object.entries(item).filter(([name]) => keys.includes(name)));
    await context.clients.dynamodb.send(
      new DeleteItemCommand({ TableName: tableName(context, table), Key: key }),
      { abortSignal },
    );
  }
}

/** An item without its types, as people read it. */
export const readable = (item: Item | undefined): unknown =>
  item && Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));

export function plain(value: AttributeValue | undefined): unknown {
  if (value === undefined) return undefined;
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NULL !== undefined) return null;
  if (value.L !== undefined) return value.L.map(plain);
  if (value.M !== undefined) return readable(value.M);
  return value.SS ?? value.NS ?? '…';
}
