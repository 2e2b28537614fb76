import { isLate } from './order.ts';
import { ordersIn, type Orders } from './orders.ts';

/**
 * Puts orders that were left lying into the queue once more.
 * @returns how many
 */
export const sweeping = (orders: Orders, afterMinutes: number) => async (): Promise<{ late: number }> => {
  let late = 0;
  for await (const order of orders.all()) {
    if (!isLate(order, Date.now(), afterMinutes)) continue;
    await orders.queue(order.id);
    late += 1;
  }
  console.info({ late });
  return { late };
};

export const handler = sweeping(
  ordersIn(process.env.TABLE_NAME, process.env.QUEUE_URL),
  Number(process.env.LATE_AFTER_MINUTES ?? 10),
);
