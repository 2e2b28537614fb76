import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { answer, Refusal } from './answers.ts';
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

/*
 * Gap 1: one book, or 404; and a new book: 201, the book, and where it is. An id that is taken: 409.
 * Gap 2: replace, change, delete; and 404 where there is no such book.
 * Gap 4: ids with blanks and Hangul, in the path and in `Location`.
 * Gap 5: the search, and 404 for all the rest, with the path that was asked.
 */
async function route(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  switch (`${event.httpMethod} ${event.resource}`) {
    case 'GET /books':
      return answer(200, { books: await shelf.all() });
    default:
      return answer(200, { message: 'Nothing here yet.' });
  }
}
