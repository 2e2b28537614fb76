import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Context } from '../checks/context.ts';
import { itemsWith, tableName, type Item } from '../found/table.ts';
import { someId } from './orders.ts';

/** What happened to one order, in order: the name that DynamoDB gives it, and the status before and after. */
export interface Change {
  readonly name: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface Changes {
  readonly orderId: string;
  readonly made: readonly Change[];
  /** Rows of the audit table that hold the order's id, by their sequence. */
  readonly rows: readonly Item[];
}

/** Changes an order five times, as other programs do, and waits for the rows about it. */
export async function makeChanges(context: Context): Promise<Changes> {
  const orderId = someId(context);
  const [placed = '', paid = '', sent = '', anew = ''] = Array.from({ length: 4 }, () =>
    context.nonce('status'),
  );
  const TableName = tableName(context, 'orders');
  const { dynamodb } = context.clients;
  const Key = { orderId: { S: orderId } };
  const put = (status: string) => {
    const amount = { N: '1000' };
    const Item = { ...Key, customer: { S: '' }, amount, currency: { S: 'KRW' }, status: { S: status } };
    return dynamodb.send(new PutItemCommand({ TableName, Item }));
  };
  const set = (status: string) =>
    dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: 'SET #status = :status',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':status': { S: status } },
      }),
    );
  await put(placed);
  await set(paid);
  await set(sent);
  await dynamodb.send(new DeleteItemCommand({ TableName, Key }));
  await put(anew);
  const made: readonly Change[] = [
    { name: 'INSERT', before: undefined, after: placed },
    { name: 'MODIFY', before: placed, after: paid },
    { name: 'MODIFY', before: paid, after: sent },
    { name: 'REMOVE', before: sent, after: undefined },
    { name: 'INSERT', before: undefined, after: anew },
  ];
  let rows: readonly Item[] = [];
  await context.until('effect', async () => {
    rows = await itemsWith(context, 'audit', [orderId]);
    // The last change of all: what came before it in the same shard has been read.
    return rows.some((row) => JSON.stringify(row).includes(anew)) ? true : undefined;
  });
  return { orderId, made, rows: [...rows].sort(bySequence) };
}

function bySequence(a: Item, b: Item): number {
  const [first, second] = [numberOf(a), numberOf(b)];
  if (first === undefined || second === undefined) return 0;
  return first < second ? -1 : 1;
}

/** A sequence number is longer than a number of JavaScript is exact. */
function numberOf({ sequence }: Item): bigint | undefined {
  const digits = sequence?.S ?? sequence?.N ?? '';
  return /^\d+$/.test(digits) ? BigInt(digits) : undefined;
}
