import { eachMessage } from './batch.ts';
import { ordersIn, type Orders } from './orders.ts';

/** Packs the orders of a batch. */
export const packing = (orders: Orders) =>
  eachMessage(async (body) => {
    const { id } = JSON.parse(body) as { readonly id?: unknown };
    if (typeof id !== 'string') throw new Error('a message names an order by its id');
    console.info({ order: id, packed: (await orders.pack(id)) ? 'now' : 'before' });
  });

export const handler = packing(ordersIn(process.env.TABLE_NAME, process.env.QUEUE_URL));
