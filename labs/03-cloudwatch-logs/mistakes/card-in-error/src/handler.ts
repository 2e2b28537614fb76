import { checkout, type Order, type Outcome } from './checkout.ts';

interface Receipt {
  readonly orderId: string;
  readonly outcome: Outcome;
}

/** From this many milliseconds on a checkout is slow, and somebody should look at it. */
const slowFrom = 1000;

export const handler = async (order: Order): Promise<Receipt> => {
  const began = performance.now();
  try {
    const outcome = await checkout(order);
    report(order, outcome, began);
    return { orderId: order.orderId, outcome };
  } catch (error) {
    report(order, 'FAILED', began);
    throw error;
  }
};

/** One line a request. What stands in it is chosen; the time, the level and the request id are added by Lambda. */
function report({ orderId, amount }: Order, outcome: Outcome | 'FAILED', began: number): void {
  const latencyMs = Math.round(performance.now() - began);
  const line = { orderId, outcome, latencyMs, amount };
  if (outcome === 'FAILED') console.error(line);
  else if (outcome !== 'APPROVED' || latencyMs >= slowFrom) console.warn(line);
  else console.info(line);
}
