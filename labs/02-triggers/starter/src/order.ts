/*
 * What an order is. Nothing here knows of Lambda, of S3 or of queues: whoever gets an order as text, from wherever,
 * asks this module whether it is one.
 */

export interface Order {
  readonly orderId: string;
  readonly customer: string;
  /** In whole units of the currency: 45000 KRW. */
  readonly amount: number;
  readonly currency: string;
  /** The key of the file that it came in, where it came in one. */
  readonly file?: string;
}

/** Thrown for a text that is no order. */
export class InvalidOrderError extends Error {
  override name = 'InvalidOrderError';
}

/** @throws InvalidOrderError that says what is wrong */
export function parseOrder(text: string): Order {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InvalidOrderError('an order is JSON');
  }
  if (typeof value !== 'object' || value === null) throw new InvalidOrderError('an order is an object');
  const { orderId, customer, amount, currency, file } = value as Record<string, unknown>;
  if (typeof orderId !== 'string' || orderId === '') throw new InvalidOrderError('orderId must be text');
  if (typeof customer !== 'string') throw new InvalidOrderError(`customer of ${orderId} must be text`);
  if (typeof amount !== 'number' || !(amount > 0))
    throw new InvalidOrderError(`amount of ${orderId} must be a number above 0`);
  if (typeof currency !== 'string') throw new InvalidOrderError(`currency of ${orderId} must be text`);
  return { orderId, customer, amount, currency, ...(typeof file === 'string' ? { file } : {}) };
}
