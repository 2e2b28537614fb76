import type { Order } from './order.ts';
import { papers, type Paper } from './paper.ts';

export const label = ({ id, to }: Order): Paper => ({ id: `shipment-${id}`, text: `Order ${id} for ${to}` });

export const handler = papers(label);
