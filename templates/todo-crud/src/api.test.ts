import type { APIGatewayProxyEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import create from '../events/create.json' with { type: 'json' };
import { todoApi } from './api.ts';
import type { Todos } from './table.ts';
import type { Todo } from './todo.ts';

/** Todos that are kept in memory. */
function todosInMemory(): Todos {
  const kept = new Map<string, Todo>();
  return {
    all: async () => [...kept.values()],
    find: async (id) => kept.get(id),
    add: async (todo) => void kept.set(todo.id, todo),
    change: async (id, change) => {
      const before = kept.get(id);
      if (before) kept.set(id, { ...before, ...change });
      return kept.get(id);
    },
    remove: async (id) => kept.delete(id),
  };
}

describe('the todo API', () => {
  let send: (method: string, path: string, body?: unknown) => Promise<{ status: number; told: unknown }>;
  beforeEach(() => {
    const api = todoApi(todosInMemory());
    send = async (httpMethod, path, body) => {
      const id = path.split('/')[2];
      const { statusCode, body: text } = await api({
        ...(create as unknown as APIGatewayProxyEvent),
        httpMethod,
        path,
        resource: id === undefined ? path : '/todos/{id}',
        pathParameters: id === undefined ? null : { id },
        body: typeof body === 'string' ? body : body === undefined ? null : JSON.stringify(body),
      });
      return { status: statusCode, told: text === '' ? undefined : (JSON.parse(text) as unknown) };
    };
  });

  it('keeps what it was sent, and gives it back', async () => {
    const { status, told } = await send('POST', '/todos', { title: 'Read the guide' });
    expect(status).toBe(201);
    expect(told).toMatchObject({ title: 'Read the guide', done: false });
    const { id } = told as Todo;
    expect(await send('GET', `/todos/${id}`)).toEqual({ status: 200, told });
    expect(await send('GET', '/todos')).toEqual({ status: 200, told: { todos: [told] } });
  });

  it('says where the new one is', async () => {
    const event = create as unknown as APIGatewayProxyEvent;
    const { headers, body } = await todoApi(todosInMemory())(event);
    expect(headers?.['Location']).toBe(`/prod/todos/${(JSON.parse(body) as Todo).id}`);
  });

  it('changes what is named, and leaves the rest', async () => {
    const { id } = (await send('POST', '/todos', { title: 'Deploy' })).told as Todo;
    expect(await send('PATCH', `/todos/${id}`, { done: true })).toEqual({
      status: 200,
      told: { id, title: 'Deploy', done: true },
    });
  });

  it('removes once', async () => {
    const { id } = (await send('POST', '/todos', { title: 'Clean up' })).told as Todo;
    expect(await send('DELETE', `/todos/${id}`)).toEqual({ status: 204, told: undefined });
    expect((await send('DELETE', `/todos/${id}`)).status).toBe(404);
    expect((await send('GET', `/todos/${id}`)).status).toBe(404);
  });

  it.each([
    ['no JSON', 'title=Read', 'the body is no JSON'],
    ['a list', [], 'the body is no JSON object'],
    ['no title', { done: true }, 'a title is needed'],
    ['an empty title', { title: ' ' }, 'title must be a text that is not empty'],
    ['a word for done', { title: 'a', done: 'yes' }, 'done must be true or false'],
  ])('refuses %s', async (_, body, message) => {
    expect(await send('POST', '/todos', body)).toEqual({ status: 400, told: { message } });
  });

  it('refuses a change of nothing', async () => {
    expect((await send('PATCH', '/todos/1', {})).status).toBe(400);
  });

  it('lets a failure of its own out, so that it is logged and the client gets 502', async () => {
    const broken = todoApi({ ...todosInMemory(), add: () => Promise.reject(new Error('no table')) });
    await expect(broken(create as unknown as APIGatewayProxyEvent)).rejects.toThrow('no table');
  });
});
