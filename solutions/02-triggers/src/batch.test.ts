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

test('names the message that failed, and works on the others', async () => {
  const done: string[] = [];
  const answer = await eachMessage(messages, async (body) => {
    if (body === 'b') throw new Error('poison');
    done.push(body);
  });
  assert.deepEqual(done, ['a', 'c']);
  assert.deepEqual(answer, { batchItemFailures: [{ itemIdentifier: 'id-b' }] });
});
