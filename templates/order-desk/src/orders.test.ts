import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import place from '../events/place.json' with { type: 'json' };
import toPack from '../events/to-pack.json' with { type: 'json' };
import { desk } from './desk.ts';
import type { Order } from './order.ts';
import type { Orders } from './orders.ts';
import { packing } from './pack.ts';
import { sweeping } from './sweep.ts';

/** Orders in memory, and the ids that are in the queue. */
function ordersInMemory() {
  const kept = new Map<string, Order>();
  const queued: string[] = [];
  const orders: Orders = {
    add: async (order) => void kept.set(order.id, order),
    find: async (id) => kept.get(id),
    async *all() {
      yield* kept.values();
    },
    pack: async (id) => {
      const order = kept.get(id);
      if (order?.status !== 'placed') return false;
      kept.set(id, { ...order, status: 'packed' });
      return true;
    },
    queue: async (id) => void queued.push(id),
  };
  return { orders, kept, queued };
}

const event = place as unknown as APIGatewayProxyEventV2;
const bodyOf = ({ body = '' }: { body?: string }) => JSON.parse(body) as Record<string, string>;

let memory: ReturnType<typeof ordersInMemory>;
beforeEach(() => {
  memory = ordersInMemory();
  vi.spyOn(console, 'info').mockReturnValue();
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => vi.restoreAllMocks());

describe('the desk', () => {
  it('takes an order, puts it into the queue and says where it can be looked at', async () => {
    const answer = await desk(memory.orders)(event);
    const { id = '' } = bodyOf(answer);
    expect(answer).toMatchObject({ statusCode: 202, headers: { location: `/orders/${id}` } });
    expect(memory.queued).toEqual([id]);
    const looked = await desk(memory.orders)({
      ...event,
      routeKey: 'GET /orders/{id}',
      pathParameters: { id },
    });
    expect(bodyOf(looked)).toMatchObject({ id, item: 'notebook', status: 'placed' });
  });

  it.each([
    ['no JSON', 'item=notebook', 'the body is no JSON'],
    ['no item', '{}', 'an item is needed'],
    ['nothing', undefined, 'the body is no JSON'],
  ])('refuses %s', async (_, body, message) => {
    const answer = await desk(memory.orders)({ ...event, body });
    expect(answer.statusCode).toBe(400);
    expect(bodyOf(answer)).toEqual({ message });
    expect(memory.queued).toEqual([]);
  });

  it('knows nothing of an order that is not there', async () => {
    const answer = await desk(memory.orders)({
      ...event,
      routeKey: 'GET /orders/{id}',
      pathParameters: { id: 'none' },
    });
    expect(answer.statusCode).toBe(404);
  });

  it('has kept an order that could not be queued', async () => {
    const orders = { ...memory.orders, queue: () => Promise.reject(new Error('no queue')) };
    await expect(desk(orders)(event)).rejects.toThrow('no queue');
    expect([...memory.kept.values()]).toMatchObject([{ status: 'placed' }]);
  });
});

it('the worker packs an order once, and names a message that it cannot read', async () => {
  await memory.orders.add({ id: '17', item: 'pen', status: 'placed', placedAt: '2026-11-23T09:00:00Z' });
  const [good, bad] = toPack.Records;
  if (good === undefined || bad === undefined) throw new Error('the sample has two messages');
  expect(await packing(memory.orders)({ Records: [good, bad, good] })).toEqual({
    batchItemFailures: [{ itemIdentifier: bad.messageId }],
  });
  expect(memory.kept.get('17')?.status).toBe('packed');
  expect(console.info).toHaveBeenLastCalledWith({ order: '17', packed: 'before' });
});

it('the sweep finds what was left lying, and nothing else', async () => {
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const order = { item: 'pen', status: 'placed' } as const;
  await memory.orders.add({ ...order, id: 'left', placedAt: minutesAgo(11) });
  await memory.orders.add({ ...order, id: 'new', placedAt: minutesAgo(9) });
  await memory.orders.add({ ...order, id: 'done', status: 'packed', placedAt: minutesAgo(60) });
  expect(await sweeping(memory.orders, 10)()).toEqual({ late: 1 });
  expect(memory.queued).toEqual(['left']);
});
