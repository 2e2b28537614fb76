import assert from 'node:assert/strict';
import { test } from 'node:test';
import { objectKey } from './object-key.ts';

test('leaves a plain key as it is', () => {
  assert.equal(objectKey('orders/A-1.json'), 'orders/A-1.json');
});

test('gives spaces and Hangul back', () => {
  assert.equal(objectKey('orders/%EA%B0%80%EC%9D%84+1.json'), 'orders/가을 1.json');
});

test('gives a real plus sign back', () => {
  assert.equal(objectKey('orders/1%2B1.json'), 'orders/1+1.json');
});
