import { checkout, type Order, type Outcome } from './checkout.ts';

export const handler = async (order: Order): Promise<{ orderId: string; outcome: Outcome }> => {
  try {
    return { orderId: order.orderId, outcome: await checkout(order) };
  } catch {
    throw new Error('The bank did not answer.');
  }
};
