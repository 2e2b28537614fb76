import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  paginateScan,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import type { Change, Todo } from './todo.ts';

/** Keeps things to do. The handler needs no more than this, and so a test can bring its own. */
export interface Todos {
  all(): Promise<Todo[]>;
  find(id: string): Promise<Todo | undefined>;
  add(todo: Todo): Promise<void>;
  /** @returns how it is now; undefined where there is none */
  change(id: string, change: Change): Promise<Todo | undefined>;
  /** @returns false where there is none */
  remove(id: string): Promise<boolean>;
}

/** Keeps them in a DynamoDB table, by id. */
export function todosIn(TableName: string | undefined): Todos {
  const dynamodb = new DynamoDBClient({});
  const keyOf = (id: string) => ({ TableName, Key: { id: { S: id } } });
  return {
    async all() {
      const todos: Todo[] = [];
      // One page of a scan holds 1 MB at most: the rest comes page by page.
      for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName }))
        todos.push(...Items.map(fromItem));
      return todos;
    },
    async find(id) {
      const { Item } = await dynamodb.send(new GetItemCommand({ ...keyOf(id), ConsistentRead: true }));
      return Item && fromItem(Item);
    },
    async add(todo) {
      await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: todo.id }, ...toItem(todo) } }));
    },
    // Gap 2: a PATCH of an id that nobody has answers 200, and the list has one more. Ask the API, then mend it here.
    async change(id, change) {
      const named = Object.entries(toItem(change));
      return unlessGone(async () => {
        const { Attributes = {} } = await dynamodb.send(
          new UpdateItemCommand({
            ...keyOf(id),
            UpdateExpression: `SET ${named.map(([name]) => `#${name} = :${name}`).join(', ')}`,
            ExpressionAttributeNames: Object.fromEntries(named.map(([name]) => [`#${name}`, name])),
            ExpressionAttributeValues: Object.fromEntries(named.map(([name, value]) => [`:${name}`, value])),
            ReturnValues: 'ALL_NEW',
          }),
        );
        return fromItem(Attributes);
      });
    },
    async remove(id) {
      const { Attributes } = await dynamodb.send(
        new DeleteItemCommand({ ...keyOf(id), ReturnValues: 'ALL_OLD' }),
      );
      return Attributes !== undefined;
    },
  };
}

async function unlessGone<T>(write: () => Promise<T>): Promise<T | undefined> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

const toItem = ({ title, done }: Change): Record<string, AttributeValue> => ({
  ...(title === undefined ? {} : { title: { S: title } }),
  ...(done === undefined ? {} : { done: { BOOL: done } }),
});

const fromItem = ({ id, title, done }: Record<string, AttributeValue>): Todo => ({
  id: id?.S ?? '',
  title: title?.S ?? '',
  done: done?.BOOL ?? false,
});
