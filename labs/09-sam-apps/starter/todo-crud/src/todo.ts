/** A thing to do. This file knows nothing of AWS. */
export interface Todo {
  readonly id: string;
  readonly title: string;
  readonly done: boolean;
}

/** What a client may say of one. */
export type Change = Partial<Omit<Todo, 'id'>>;

/** What a client sent cannot be used; the message says why, to the client. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

/** @throws BadRequest where the body is no JSON object, or a member is not what it should be */
export function readChange(body: string | null): Change {
  const { title, done } = readObject(body);
  if (title !== undefined && (typeof title !== 'string' || title.trim() === ''))
    throw new BadRequest('title must be a text that is not empty');
  if (done !== undefined && typeof done !== 'boolean') throw new BadRequest('done must be true or false');
  return { ...(title === undefined ? {} : { title }), ...(done === undefined ? {} : { done }) };
}

/** A new one, from what a client sent. @throws BadRequest where there is no title */
export function readTodo(body: string | null, id: string): Todo {
  const { title, done = false } = readChange(body);
  if (title === undefined) throw new BadRequest('a title is needed');
  return { id, title, done };
}

function readObject(body: string | null): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(body ?? '');
  } catch {
    throw new BadRequest('the body is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadRequest('the body is no JSON object');
  return value as Record<string, unknown>;
}
