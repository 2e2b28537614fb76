import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOrder } from './order.ts';

const order = { orderId: 'A-1', customer: '김 민지', amount: 45000, currency: 'KRW' };

test('reads an order', () => {
  assert.deepEqual(parseOrder(JSON.stringify(order)), order);
});

test('keeps the file that the order came in', () => {
  const file = 'orders/가을 1.json';
  assert.deepEqual(parseOrder(JSON.stringify({ ...order, file })), { ...order, file });
});

test('refuses what is no order', () => {
  const wrong = ['no JSON', 'null', '[]', '{}', JSON.stringify({ ...order, amount: '45000' })];
  for (const text of wrong) assert.throws(() => parseOrder(text), { name: 'InvalidOrderError' }, text);
});
