import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachMessage } from './batch.ts';

const messages = ['a', 'b', 'c'].map((body) => ({ messageId: `id-${body}`, body }));

test('answers with no failures when all went well', async () => {
  const done: string[] = [];
  const answer = await eachMessage(messages, async (body) => void done.push(body));
  assert.deepEqual(done, ['a', 'b', 'c']);
  assert.deepEqual(answer, { batchItemFailures: [] });
});

// This line is a test that waits to be written.
test.todo('names the message that failed, and works on the others');
