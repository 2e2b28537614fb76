/* What the shop does: it charges a cart, and tries once more if the bank is busy. It is complete. */
import { charge, type Card } from './bank.ts';

/** What a caller sends. */
export interface Order {
  readonly orderId: string;
  /** In won. */
  readonly amount: number;
  readonly card: Card;
}

/** `DECLINED_RETRY`: the bank refused at first because it was busy, and the second attempt was approved. */
export type Outcome = 'APPROVED' | 'DECLINED' | 'DECLINED_RETRY';

/** @throws Error where the bank does not answer */
export async function checkout({ amount, card }: Order): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await charge(card, amount, attempt);
    if (answer === 'declined') return 'DECLINED';
    if (answer === 'approved') return attempt === 1 ? 'APPROVED' : 'DECLINED_RETRY';
    if (attempt === 2) return 'DECLINED';
  }
}
