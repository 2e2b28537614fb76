import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetStageCommand } from '@aws-sdk/client-api-gateway';
import { expect } from 'vitest';
import type { Place } from '../testing/place.ts';
import { proveApplication } from '../testing/prove-application.ts';

/** What was made before an update is there after it. */
const kept: string[] = [];

proveApplication('todo-crud', {
  async works(place) {
    const todos = place.output('TodosUrl');
    const made = await ask(todos, 'POST', { title: 'Read the guide' });
    expect(made).toMatchObject({ status: 201, told: { title: 'Read the guide', done: false } });
    const { id } = made.told as { id: string };
    kept.push(id);
    expect(await ask(`${todos}/${id}`, 'PATCH', { done: true })).toMatchObject({
      status: 200,
      told: { id, done: true },
    });
    const gone = ((await ask(todos, 'POST', { title: 'Go' })).told as { id: string }).id;
    expect((await ask(`${todos}/${gone}`, 'DELETE')).status).toBe(204);
    expect((await ask(`${todos}/${gone}`)).status).toBe(404);
    expect((await ask(todos, 'POST', { done: true })).status).toBe(400);
    const { told } = await ask(todos);
    expect((told as { todos: { id: string }[] }).todos.map((one) => one.id).sort()).toEqual([...kept].sort());
  },
  change: { parameters: { RequestsPerSecond: '20' } },
  async changed(place) {
    expect(await rateOf(place)).toBe(20);
    const dynamodb = await place.pool.load('dynamodb');
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: place.output('TableName') }));
    expect(Table?.BillingModeSummary?.BillingMode).toBe('PAY_PER_REQUEST');
  },
});

async function rateOf(place: Place): Promise<number | undefined> {
  const apigateway = await place.pool.load('apigateway');
  const [, restApiId = ''] = /\/([a-z0-9]{10})\//.exec(place.output('TodosUrl')) ?? [];
  const stage = await apigateway.send(new GetStageCommand({ restApiId, stageName: 'prod' }));
  return stage.methodSettings?.['*/*']?.throttlingRateLimit;
}

async function ask(
  address: string,
  method = 'GET',
  body?: object,
): Promise<{ status: number; told: unknown }> {
  const answer = await fetch(address, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, told: text === '' ? undefined : JSON.parse(text) };
}
