import assert from 'node:assert/strict';
import { test } from 'node:test';
import { greet } from './greeting.ts';

test('answers with text', () => {
  assert.equal(typeof greet('Hello', 'Ada'), 'string');
});

// Each line below is a test that waits to be written: give it a function, as above, and make it pass.
test.todo('greets by name');
test.todo('keeps spaces and every script as they are');
test.todo('greets the world where no name is given');
test.todo('refuses a name that is not text');
