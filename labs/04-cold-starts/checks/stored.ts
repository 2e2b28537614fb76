import { DeleteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { names } from '../names.ts';
import { isNamed } from '../../aws-errors/named.ts';
import { shown } from '../../wording/wording.ts';
import type { Context } from './context.ts';
import { tidying } from '../../tidying/tidying.ts';

/** What the table says of a visitor afterwards. */
export type Stored =
  | { readonly is: 'counted'; readonly visits: number; readonly item: string }
  | { readonly is: 'no count'; readonly item: string }
  | { readonly is: 'no item' }
  | { readonly is: 'no table'; readonly reason: string };

const keyOf = (visitor: string) => ({ visitor: { S: visitor } });

/** Reads what the table says of a visitor. */
export async function look(context: Context, visitor: string): Promise<Stored> {
  try {
    const { Item } = await context.clients.dynamodb.send(
      new GetItemCommand({ TableName: context.name(names.table), Key: keyOf(visitor), ConsistentRead: true }),
    );
    if (Item === undefined) return { is: 'no item' };
    const item = shown(Item);
    const visits = Number(Item.visits?.N);
    return Item.visits?.N === undefined ? { is: 'no count', item } : { is: 'counted', visits, item };
  } catch (error) {
    // A table with another key refuses this one as invalid.
    if (isNamed(error, 'ResourceNotFoundException', 'ValidationException'))
      return { is: 'no table', reason: `${error.name}: ${error.message}` };
    throw error;
  }
}

/** Removes what the calls have counted: the student's table is as it was. */
export async function forget(context: Context, visitor: string): Promise<void> {
  try {
    await context.clients.dynamodb.send(
      new DeleteItemCommand({ TableName: context.name(names.table), Key: keyOf(visitor) }),
      tidying(),
    );
  } catch (error) {
    if (!isNamed(error, 'ResourceNotFoundException', 'ValidationException')) throw error;
  }
}
