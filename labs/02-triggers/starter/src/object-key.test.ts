import assert from 'node:assert/strict';
import { test } from 'node:test';
import { objectKey } from './object-key.ts';

test('leaves a plain key as it is', () => {
  assert.equal(objectKey('orders/A-1.json'), 'orders/A-1.json');
});

// Each line below is a test that waits to be written. The log of lab02-intake shows what S3 sends.
test.todo('gives spaces and Hangul back');
test.todo('gives a real plus sign back');
