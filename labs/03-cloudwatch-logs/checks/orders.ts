import type { Invoked } from '../../../grader/api.ts';
import { orders } from '../names.ts';
import type { Context } from './context.ts';

/** What becomes of an order. `FAILED`: the bank does not answer, and the function fails. */
export type Outcome = 'APPROVED' | 'DECLINED' | 'DECLINED_RETRY' | 'FAILED';

/** The bank's test cards: their last four digits (starter, `src/bank.ts`). */
const digits: Readonly<Record<Outcome, string>> = {
  APPROVED: '0000',
  DECLINED: '0002',
  DECLINED_RETRY: '0119',
  FAILED: '0005',
};
/** How often the bank is asked. */
const attempts: Readonly<Record<Outcome, number>> = {
  APPROVED: 1,
  DECLINED: 1,
  DECLINED_RETRY: 2,
  FAILED: 1,
};

export interface Order {
  readonly orderId: string;
  readonly amount: number;
  readonly card: { readonly number: string; readonly holder: string };
}

/** An order that was sent, and what came of it. */
export interface Sent {
  readonly order: Order;
  readonly outcome: Outcome;
  /** Milliseconds that the bank took altogether: the checkout cannot have been faster. */
  readonly bankMs: number;
  /** Milliseconds that the call took as seen from here: the checkout cannot have been slower. */
  readonly wallMs: number;
  readonly invoked: Invoked;
}

/** An order that may be sent. */
export interface Made extends Omit<Sent, 'wallMs' | 'invoked'> {
  /** Another of the same kind. */
  another(): Made;
}

/** Makes orders of one run. Their ids begin alike, and no student can know them beforehand. */
export function orderMaker(context: Context, of: string = orders.ofGrader) {
  const run = context.nonce(of);
  let count = 0;
  /**
   * @param takesMs how long the bank takes for an answer
   * @param mark part of the order's id
   */
  const make = (outcome: Outcome, takesMs: number, mark = ''): Made => {
    count += 1;
    const random = String(context.integer(0, 9_999_999)).padStart(7, '0');
    const number = `4${random}${String(takesMs).padStart(4, '0')}${digits[outcome]}`;
    const id = `${run}-${mark}${String(count).padStart(2, '0')}`;
    return {
      outcome,
      bankMs: takesMs * attempts[outcome],
      order: {
        orderId: id,
        amount: context.integer(5, 200) * 1000,
        card: { number, holder: context.nonce('holder') },
      },
      another: () => make(outcome, takesMs, mark),
    };
  };
  return { run, make };
}

/** How often an order is made anew where an answer was lost. */
const mostOrders = 5;

/**
 * Sends an order, once: where the SDK had to try again the checkout may have run twice for it, with two request ids
 * and two lines. Such an order says nothing of how often the checkout logs, and another is sent in its place.
 */
export async function send(context: Context, functionName: string, wanted: Made): Promise<Sent> {
  let made = wanted;
  for (let count = 1; count <= mostOrders; count += 1) {
    const began = performance.now();
    const invoked = await context.invoke(functionName, made.order);
    const { outcome, bankMs, order } = made;
    if (invoked.lost === 0) return { outcome, bankMs, order, invoked, wallMs: performance.now() - began };
    made = made.another();
  }
  throw new Error(`The answers of ${String(mostOrders)} calls of ${functionName} were lost.`);
}
