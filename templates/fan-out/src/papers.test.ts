import { afterEach, describe, expect, it, vi } from 'vitest';
import orders from '../events/orders.json' with { type: 'json' };
import { handler, invoice } from './invoice.ts';
import { readOrder } from './order.ts';
import { label } from './shipment.ts';

const order = { id: '17', kind: 'thing', amount: 12_000, to: 'Ada' } as const;

afterEach(() => vi.restoreAllMocks());

describe('an order', () => {
  it('is read', () => {
    expect(readOrder(JSON.stringify(order))).toEqual(order);
  });

  it.each([
    'no JSON',
    '{}',
    JSON.stringify({ ...order, amount: '1' }),
    JSON.stringify({ ...order, kind: 'x' }),
  ])('is not %s', (message) => {
    expect(() => readOrder(message)).toThrow();
  });
});

it('has an invoice and a label, one each', () => {
  expect(invoice(order)).toEqual({ id: 'invoice-17', text: 'Ada owes 12,000 won' });
  expect(label(order)).toEqual({ id: 'shipment-17', text: 'Order 17 for Ada' });
});

it('that cannot be read is named, and comes back to the queue', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const event = orders;
  const broken = event.Records.map((record) => ({ ...record, body: 'no order' }));
  expect(await handler({ Records: broken })).toEqual({
    batchItemFailures: [{ itemIdentifier: '11111111-1111-4111-8111-111111111111' }],
  });
});
