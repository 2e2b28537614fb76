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
  } catch {
    report(order, 'FAILED', began);
    // An error that leaves the handler is logged by Lambda, message and all. The bank's own message names the card.
    throw new Error('The bank did not answer.');
  }
};

/** One line a request. What stands in it is chosen; the time, the level and the request id are added by Lambda. */
function report({ orderId }: Order, outcome: Outcome | 'FAILED', began: number): void {
  const latencyMs = Math.round(performance.now() - began);
  if (outcome === 'FAILED')
    console.error('order ' + orderId + ' ended as ' + outcome + ' after ' + latencyMs + ' ms');
  else if (outcome !== 'APPROVED' || latencyMs >= slowFrom)
    console.warn('order ' + orderId + ' ended as ' + outcome + ' after ' + latencyMs + ' ms');
  else console.info('order ' + orderId + ' ended as ' + outcome + ' after ' + latencyMs + ' ms');
}
