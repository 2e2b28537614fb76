import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  paginateScan,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import type { Book } from './book.ts';

/*
 * Keeps the books in a table.
 *
 * Gap 1: find one book by its id, and add a new one.
 * Gap 2: replace, change and remove a book.
 * Gap 3: two clients at once lose nothing. Between reading and writing another client may write.
 */
const dynamodb = new DynamoDBClient({});
const TableName = process.env.BOOKS_TABLE;

export async function all(): Promise<Book[]> {
  const books: Book[] = [];
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName, ConsistentRead: true }))
    books.push(...Items.map(fromItem));
  return books;
}

/** Whether a write was done; false where its condition did not hold. */
export async function unlessRefused(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

export function toItem(book: Partial<Book>): Record<string, AttributeValue> {
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
