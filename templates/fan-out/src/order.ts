/** What is told to the topic. This file knows nothing of AWS. */
export interface Order {
  readonly id: string;
  /** A thing is sent; a file is downloaded. */
  readonly kind: 'thing' | 'file';
  /** In won. */
  readonly amount: number;
  readonly to: string;
}

/** @throws Error where it is no order */
export function readOrder(message: string): Order {
  const { id, kind, amount, to } = JSON.parse(message) as Partial<Record<keyof Order, unknown>>;
  if (typeof id !== 'string' || typeof amount !== 'number' || typeof to !== 'string')
    throw new Error('an order has an id, an amount and somebody it goes to');
  if (kind !== 'thing' && kind !== 'file') throw new Error(`nobody knows what a "${String(kind)}" is`);
  return { id, kind, amount, to };
}
