import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import type { HttpAnswer } from '../../../grader/api.ts';
import { expectStatus } from '../../rest-api/gateway-answer.ts';
import { members } from '../../wording/members.ts';
import { names } from '../names.ts';
import { ask, sending } from './ask.ts';
import type { Context } from './context.ts';

/** A book as a client knows it. */
export interface Book {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly year?: number;
}

/** A book that nobody can know beforehand. @param over members that are to be as given */
export const newBook = (context: Context, over: Partial<Book> = {}): Book => ({
  id: context.nonce('book'),
  title: context.nonce('title'),
  author: context.nonce('author'),
  year: context.integer(1900, 2000),
  ...over,
});

/** Where a book is: its id stands encoded in the path. */
export const pathOf = ({ id }: Pick<Book, 'id'>): string => `/books/${encodeURIComponent(id)}`;

/** The route that is asked, as a student knows it. */
export const routes = {
  list: 'GET /books',
  create: 'POST /books',
  read: 'GET /books/{id}',
  replace: 'PUT /books/{id}',
  change: 'PATCH /books/{id}',
  remove: 'DELETE /books/{id}',
  search: 'GET /books/search',
} as const;

/** Makes a book by the API, and ends the check where this does not work. */
export async function made(context: Context, book: Book): Promise<Book> {
  expectStatus(context, routes.create, await ask(context, sending('POST /books', book)), 201);
  return book;
}

/** What the API has of a book now. */
export const read = (context: Context, book: Pick<Book, 'id'>): Promise<HttpAnswer> =>
  ask(context, { route: `GET ${pathOf(book)}` });

/** The members of a book in an answer, and nothing that may stand beside them. */
export function bookIn(value: unknown): Partial<Record<keyof Book, unknown>> {
  const { id, title, author, year } = members(value);
  return { id, title, author, ...(year === undefined || year === null ? {} : { year }) };
}

/** The list of an answer `{ books: […] }`. */
export const booksIn = (answer: HttpAnswer): readonly unknown[] | undefined => {
  const { books } = members(answer.json);
  return Array.isArray(books) ? (books as readonly unknown[]) : undefined;
};

/** Does something with books, and takes them away at the end whatever has come of it. */
export async function withBooks<T>(
  context: Context,
  books: readonly Pick<Book, 'id'>[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } finally {
    await Promise.allSettled(books.map((book) => takenAway(context, book)));
  }
}

/** By the API like any client; where that does not work yet, in the table that the lab asks for. */
async function takenAway(context: Context, book: Pick<Book, 'id'>): Promise<void> {
  const { status } = await ask(context, { route: `DELETE ${pathOf(book)}` });
  if (status === 204) return;
  await context.clients.dynamodb.send(
    new DeleteItemCommand({ TableName: context.name(names.table), Key: { id: { S: book.id } } }),
  );
}
