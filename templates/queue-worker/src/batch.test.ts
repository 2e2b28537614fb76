import { afterEach, expect, it, vi } from 'vitest';
import jobs from '../events/jobs.json' with { type: 'json' };
import { eachMessage } from './batch.ts';

const event = jobs;

afterEach(() => vi.restoreAllMocks());

it('answers with no failures when all went well', async () => {
  const done: string[] = [];
  const answer = await eachMessage(async (body) => void done.push(body))(event);
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(done).toEqual(event.Records.map(({ body }) => body));
});

it('names the message that failed, says why, and does the others', async () => {
  const said = vi.spyOn(console, 'error').mockReturnValue();
  const done: string[] = [];
  const answer = await eachMessage(async (body) => {
    if (body.includes('second')) throw new Error('poison');
    done.push(body);
  })(event);
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: event.Records[1]?.messageId }] });
  expect(done).toHaveLength(1);
  expect(said).toHaveBeenCalledWith({
    messageId: event.Records[1]?.messageId,
    attempt: 1,
    reason: 'poison',
  });
});
