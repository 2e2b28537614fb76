import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Todos } from './table.ts';
import { BadRequest, readChange, readTodo } from './todo.ts';

/** The API on top of whatever keeps the todos. */
export const todoApi = (todos: Todos) => async (event: APIGatewayProxyEvent) => {
  try {
    return await route(event, todos);
  } catch (error) {
    // What the client did wrong is told to the client. All else leaves the handler: Lambda logs it, the client gets 502.
    if (error instanceof BadRequest) return answer(400, { message: error.message });
    throw error;
  }
};

async function route(event: APIGatewayProxyEvent, todos: Todos): Promise<APIGatewayProxyResult> {
  const id = event.pathParameters?.id ?? '';
  // The gateway has matched the path already: `resource` is the one that it chose.
  switch (`${event.httpMethod} ${event.resource}`) {
    case 'GET /todos':
      return answer(200, { todos: await todos.all() });
    case 'POST /todos': {
      const todo = readTodo(event.body, randomUUID());
      await todos.add(todo);
      return answer(201, todo, { Location: `${event.requestContext.path}/${todo.id}` });
    }
    case 'GET /todos/{id}':
      return found(await todos.find(id), id);
    case 'PATCH /todos/{id}': {
      const change = readChange(event.body);
      if (Object.keys(change).length === 0) throw new BadRequest('a title or done is needed');
      return found(await todos.change(id, change), id);
    }
    case 'DELETE /todos/{id}':
      return (await todos.remove(id)) ? answer(204) : missing(id);
    default:
      return answer(404, { message: `There is no ${event.httpMethod} ${event.path}.` });
  }
}

const found = (todo: object | undefined, id: string) => (todo ? answer(200, todo) : missing(id));
const missing = (id: string) => answer(404, { message: `There is no todo ${id}.` });

const answer = (
  statusCode: number,
  body?: object,
  headers: Record<string, string> = {},
): APIGatewayProxyResult => ({
  statusCode,
  headers: body === undefined ? headers : { 'Content-Type': 'application/json', ...headers },
  body: body === undefined ? '' : JSON.stringify(body),
});
