import type { HttpAnswer, HttpRequest } from '../../../grader/api.ts';
import { expectStatus, whenSettled } from '../../rest-api/gateway-answer.ts';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import { addressIn } from '../found/address.ts';
import { refusalIn } from '../found/log-lines.ts';
import { stackMay } from '../found/rights.ts';
import { deployedStack, ofType, type FoundStack } from '../found/stack.ts';
import type { Context, LabCheck } from './context.ts';

const stack: LabCheck = {
  id: 'todo-stack',
  title: (text) => text.todos.stackTitle,
  points: 5,
  verifiedOn: ['embedded'],
  requires: ['samTransform'],
  hints: (text) => text.todos.stackHints,
  async run(context) {
    const found = await deployedStack(context, 'todo');
    const types = ['AWS::Lambda::Function', 'AWS::DynamoDB::Table'];
    const missing = types.find((type) => ofType(found, type).length === 0);
    if (missing !== undefined)
      context.fail({ ...context.text.stack.noResource(found.name, missing), expected: missing });
    return found;
  },
};

/** Asks the API of the todos. */
interface Todos {
  ask(method: string, path: string, body?: object): Promise<HttpAnswer>;
  readonly stack: FoundStack;
  readonly since: number;
}

const todos: LabCheck = {
  id: 'todos',
  title: (text) => text.todos.title,
  points: 10,
  needs: ['todo-stack'],
  verifiedOn: ['embedded'],
  requires: ['iamEnforcement'],
  hints: (text) => text.todos.hints,
  run: kept,
  async configuration(context) {
    await expectRights(context, context.from<FoundStack>('todo-stack'));
    return kept(context);
  },
};

/** Any of them may keep a todo. */
const writing = ['PutItem', 'UpdateItem', 'BatchWriteItem', 'PartiQLInsert'];

/** That a role of the stack lets its function write into the table, which a server that asks no role does not show. */
async function expectRights(context: Context, stack: FoundStack): Promise<void> {
  const [table] = ofType(stack, 'AWS::DynamoDB::Table');
  const arn = `arn:aws:dynamodb:${context.region}:${context.account}:table/${table?.physicalId ?? ''}`;
  const actions = writing.map((action) => `dynamodb:${action}`);
  if (await stackMay(context, stack, actions, arn)) return;
  context.fail({ ...context.text.todos.mayNotWrite, expected: 'dynamodb:PutItem' });
}

async function kept(context: Context): Promise<FoundStack> {
  const found = context.from<FoundStack>('todo-stack');
  const base = addressIn(context, found, 'TodosUrl');
  const api: Todos = {
    stack: found,
    since: Date.now() - 1000,
    ask: (method, path, body) => context.http(`${base}${path}`, request(method, body)),
  };
  const made = new Set<string>();
  try {
    await roundTrip(context, api, made);
    await ghost(context, api, made);
    return found;
  } finally {
    // What a failed check has left is test data in somebody's list.
    for (const id of made) await api.ask('DELETE', `/${id}`).catch(() => undefined);
  }
}

const request = (method: string, body: object | undefined): HttpRequest => ({
  method,
  ...(body === undefined
    ? {}
    : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
});

async function roundTrip(context: Context, api: Todos, made: Set<string>): Promise<void> {
  const { todos: text } = context.text;
  const title = `${context.nonce('todo')} 할 일`;
  const created = await whenSettled(context, () => api.ask('POST', '', { title }));
  if (created.status === 500 || created.status === 502)
    await failBroken(context, api, 'POST /todos', created);
  expectStatus(context, 'POST /todos', created, 201);
  const { id } = members(created.json);
  if (typeof id !== 'string')
    return context.fail({ ...text.noId, actual: created.text, evidence: created.evidence });
  made.add(id);

  const read = await api.ask('GET', `/${id}`);
  if (read.status !== 200) await failBroken(context, api, 'GET /todos/{id}', read);
  same(context, 'GET /todos/{id}', read, { id, title, done: false });

  const changed = await api.ask('PATCH', `/${id}`, { done: true });
  if (changed.status !== 200) await failBroken(context, api, 'PATCH /todos/{id}', changed);
  // What was not said stays.
  same(context, 'PATCH /todos/{id}', changed, { id, title, done: true });

  const list = await api.ask('GET', '');
  const listed = members(list.json).todos;
  if (
    !Array.isArray(listed) ||
    !listed.some((todo) => members(todo).id === id && members(todo).done === true)
  )
    context.fail({ ...text.notListed, expected: id, actual: list.text, evidence: list.evidence });

  const removed = await api.ask('DELETE', `/${id}`);
  if (removed.status !== 204) await failBroken(context, api, 'DELETE /todos/{id}', removed);
  const gone = await api.ask('GET', `/${id}`);
  if (gone.status !== 404)
    context.fail({
      ...text.stillThere,
      expected: '404',
      actual: String(gone.status),
      evidence: gone.evidence,
    });
  made.delete(id);
}

function same(context: Context, route: string, answer: HttpAnswer, wanted: Record<string, unknown>): void {
  const said = members(answer.json);
  if (Object.entries(wanted).every(([name, value]) => said[name] === value)) return;
  context.fail({
    ...context.text.todos.changed(route),
    expected: shown(wanted),
    actual: answer.text,
    evidence: answer.evidence,
  });
}

/** A change of what is not there: an update in DynamoDB makes an item where there is none. */
async function ghost(context: Context, api: Todos, made: Set<string>): Promise<void> {
  const id = context.nonce('nobody');
  made.add(id);
  const answer = await api.ask('PATCH', `/${id}`, { done: true });
  if (answer.status === 404) {
    made.delete(id);
    return;
  }
  const { evidence } = answer;
  context.fail({
    ...context.text.todos.ghost(id),
    expected: '404',
    actual: String(answer.status),
    evidence,
  });
}

/** The gateway says no more than 502; the function's log says why. */
async function failBroken(
  context: Context,
  { stack: found, since }: Todos,
  route: string,
  answer: HttpAnswer,
): Promise<void> {
  if (answer.status < 500) expectStatus(context, route, answer, 200);
  const line = await refusalIn(context, found, since);
  const [, action] = /not authorized to perform: ([\w:]+)/.exec(line ?? '') ?? [];
  if (line !== undefined)
    context.fail({
      ...context.text.todos.notAllowed(route, action ?? 'dynamodb'),
      evidence: [...answer.evidence, { label: context.text.evidence.logLine, value: line }],
    });
  expectStatus(context, route, answer, 200);
}

export const todoChecks = { stack, todos };
