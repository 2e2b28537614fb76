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
import type { Book, Change } from './book.ts';

/*
 * Keeps the books in a table. Nothing is read first and written then: between the two another client may write. Each
 * write is one call, and its condition is looked at in the same moment.
 */
const dynamodb = new DynamoDBClient({});
const TableName = process.env.BOOKS_TABLE;

/** @returns false where a book of this id is there already */
export const add = (book: Book): Promise<boolean> =>
  unlessRefused(
    dynamodb.send(
      new PutItemCommand({
        TableName,
        Item: toItem(book),
        ConditionExpression: 'attribute_not_exists(id)',
      }),
    ),
  );

export async function find(id: string): Promise<Book | undefined> {
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName, Key: { id: { S: id } }, ConsistentRead: true }),
  );
  return Item && fromItem(Item);
}

export async function all(): Promise<Book[]> {
  const books: Book[] = [];
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName, ConsistentRead: true }))
    books.push(...Items.map(fromItem));
  return books;
}

/** Puts this book in the place of the one with its id. @returns false where there is none */
export const replace = (book: Book): Promise<boolean> =>
  unlessRefused(dynamodb.send(new PutItemCommand({ TableName, Item: toItem(book) })));

/** Changes what is named and leaves the rest to others. @returns false where there is no such book */
export async function change(id: string, change: Change): Promise<boolean> {
  const named = Object.entries(toItem(change));
  return unlessRefused(
    dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: { id: { S: id } },
        // `year` is a word of DynamoDB's own: names stand for themselves only behind a `#`.
        UpdateExpression: `SET ${named.map(([name]) => `#${name} = :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(named.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(named.map(([name, value]) => [`:${name}`, value])),
        ConditionExpression: 'attribute_exists(id)',
      }),
    ),
  );
}

/** @returns false where there is no such book */
export const remove = (id: string): Promise<boolean> =>
  unlessRefused(
    dynamodb.send(
      new DeleteItemCommand({
        TableName,
        Key: { id: { S: id } },
        ConditionExpression: 'attribute_exists(id)',
      }),
    ),
  );

/** Whether a write was done; false where its condition did not hold. */
async function unlessRefused(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function toItem(book: Partial<Book>): Record<string, AttributeValue> {
  const { id, title, author, year } = book;
  return {
    ...(id === undefined ? {} : { id: { S: id } }),
    ...(title === undefined ? {} : { title: { S: title } }),
    ...(author === undefined ? {} : { author: { S: author } }),
    ...(year === undefined ? {} : { year: { N: String(year) } }),
  };
}

const fromItem = ({ id, title, author, year }: Record<string, AttributeValue>): Book => ({
  id: id?.S ?? '',
  title: title?.S ?? '',
  author: author?.S ?? '',
  ...(year?.N === undefined ? {} : { year: Number(year.N) }),
});
