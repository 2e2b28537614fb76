import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { BadOrder, readItem, type Order } from './order.ts';
import { ordersIn, type Orders } from './orders.ts';

/** Takes orders and tells how they are. An HTTP API says in one word which route it chose. */
export const desk = (orders: Orders) => async (event: APIGatewayProxyEventV2) => {
  switch (event.routeKey) {
    case 'POST /orders':
      return place(orders, event.body);
    case 'GET /orders/{id}':
      return look(orders, event.pathParameters?.id ?? '');
    default:
      return answer(404, { message: `There is no ${event.routeKey}.` });
  }
};

async function place(orders: Orders, body: string | undefined): Promise<APIGatewayProxyStructuredResultV2> {
  try {
    const item = readItem(body);
    const order: Order = { id: randomUUID(), item, status: 'placed', placedAt: new Date().toISOString() };
    // Kept first, queued then. Should this function end in between, the order is there, and the sweep will find it.
    await orders.add(order);
    await orders.queue(order.id);
    return answer(202, order, { location: `/orders/${order.id}` });
  } catch (error) {
    if (error instanceof BadOrder) return answer(400, { message: error.message });
    throw error;
  }
}

async function look(orders: Orders, id: string): Promise<APIGatewayProxyStructuredResultV2> {
  const order = await orders.find(id);
  return order ? answer(200, order) : answer(404, { message: `There is no order ${id}.` });
}

const answer = (
  statusCode: number,
  body: object,
  headers: Record<string, string> = {},
): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

export const handler = desk(ordersIn(process.env.TABLE_NAME, process.env.QUEUE_URL));
