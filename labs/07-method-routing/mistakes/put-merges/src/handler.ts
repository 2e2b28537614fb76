import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { answer, Refusal } from './answers.ts';
import { mentions, readBook, readChange } from './book.ts';
import * as shelf from './shelf.ts';

/** One function behind all methods. The gateway has matched the path: the event names the resource it has chosen. */
export const handler = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  try {
    return await route(event);
  } catch (error) {
    if (error instanceof Refusal) return error.answer();
    throw error;
  }
};

async function route(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  switch (`${event.httpMethod} ${event.resource}`) {
    case 'GET /books':
      return answer(200, { books: await shelf.all() });
    case 'POST /books':
      return create(event);
    case 'GET /books/search':
      return search(event);
    case 'GET /books/{id}':
      return answer(200, await bookOf(idOf(event)));
    case 'PUT /books/{id}':
      return replace(event);
    case 'PATCH /books/{id}':
      return change(event);
    case 'DELETE /books/{id}':
      if (!(await shelf.remove(idOf(event)))) throw unknown(idOf(event));
      return answer(204);
    default:
      throw new Refusal(404, 'NOT_FOUND', `There is no ${event.httpMethod} ${event.path}.`);
  }
}

async function create({ body, requestContext }: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const book = readBook(body);
  if (!(await shelf.add(book))) throw new Refusal(409, 'CONFLICT', `There is a book ${book.id} already.`);
  // A header is ASCII, and a path has words of its own: the id is encoded.
  return answer(201, book, { Location: `${requestContext.path}/${encodeURIComponent(book.id)}` });
}

async function search({ queryStringParameters }: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const words = queryStringParameters?.q ?? '';
  const books = await shelf.all();
  return answer(200, { books: books.filter((book) => mentions(book, words)) });
}

/** PUT says how the book is from now on: what the body does not have, the book does not have. */
async function replace(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const book = readBook(event.body, idOf(event));
  const { id, ...named } = book;
  if (!(await shelf.change(id, named))) throw unknown(id);
  return answer(200, book);
}

/** PATCH says what is different from now on. */
async function change(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const id = idOf(event);
  const { title, author, year } = readChange(event.body);
  const named = Object.entries({ title, author, year }).filter(([, value]) => value !== undefined);
  if (named.length === 0) throw new Refusal(400, 'INVALID_BOOK', 'a change names what is to change');
  if (!(await shelf.change(id, Object.fromEntries(named)))) throw unknown(id);
  return answer(200, await bookOf(id));
}

async function bookOf(id: string) {
  const book = await shelf.find(id);
  if (book === undefined) throw unknown(id);
  return book;
}

/** In a REST API the function gets the path as it was sent: percent-encoded. */
function idOf({ pathParameters }: APIGatewayProxyEvent): string {
  try {
    return decodeURIComponent(pathParameters?.id ?? '');
  } catch {
    throw new Refusal(400, 'INVALID_ID', 'The id in the path is not encoded as it should be.');
  }
}

const unknown = (id: string) => new Refusal(404, 'NOT_FOUND', `There is no book ${id}.`);
