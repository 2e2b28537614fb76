import type { Order } from './order.ts';
import { papers, type Paper } from './paper.ts';

export const invoice = ({ id, amount, to }: Order): Paper => ({
  id: `invoice-${id}`,
  text: `${to} owes ${amount.toLocaleString('en')} won`,
});

export const handler = papers(invoice);
