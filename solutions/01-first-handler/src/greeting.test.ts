import assert from 'node:assert/strict';
import { test } from 'node:test';
import { greet } from './greeting.ts';

test('greets by name', () => {
  assert.equal(greet('Hello', 'Ada'), 'Hello, Ada!');
});

test('keeps spaces and every script as they are', () => {
  assert.equal(greet('안녕하세요', '김 민지'), '안녕하세요, 김 민지!');
});

test('greets the world where no name is given', () => {
  for (const name of [undefined, '', '   ']) assert.equal(greet('Hello', name), 'Hello, world!');
});

test('refuses a name that is not text', () => {
  for (const name of [42, null, true, ['Ada'], { first: 'Ada' }]) {
    assert.throws(() => greet('Hello', name), { name: 'InvalidNameError' });
  }
});
