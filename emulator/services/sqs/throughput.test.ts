import { DeleteMessageBatchCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { trialSqs } from './trial-sqs.ts';
import type { TrialSqs } from './trial-sqs.ts';

let trial: TrialSqs;
beforeAll(async () => {
  trial = await trialSqs();
});
afterAll(() => trial.stop());

/** Enough that a queue that looked at all of them would show it. */
const messages = 5_000;

it.each([
  ['standard', 'busy', {}],
  ['FIFO', 'busy.fifo', { FifoQueue: 'true' }],
])(
  '5,000 messages go through a %s queue with long polling, each once, and the last as fast as the first',
  async (_kind, name, attributes) => {
    const url = await trial.queue(name, attributes);
    const seen = new Set<string>();
    let received = 0;
    /* When each tenth had been received. */
    const marks: number[] = [];
    const consume = async (): Promise<void> => {
      while (received < messages) {
        const batch = await trial.receive(url, { WaitTimeSeconds: 1 });
        if (batch.length === 0) continue;
        await trial.sqs.send(
          new DeleteMessageBatchCommand({
            QueueUrl: url,
            Entries: batch.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
          }),
        );
        received += batch.length;
        for (const { Body = '' } of batch) seen.add(Body);
        while (received >= ((marks.length + 1) * messages) / 10) marks.push(performance.now());
      }
    };
    const produce = async (from: number): Promise<void> => {
      for (let at = from; at < messages; at += 20) {
        await trial.sqs.send(
          new SendMessageBatchCommand({
            QueueUrl: url,
            Entries: Array.from({ length: 10 }, (_, index) => ({
              Id: String(index),
              MessageBody: String(at + index),
              ...(name.endsWith('.fifo') && {
                MessageGroupId: String((at + index) % 7),
                MessageDeduplicationId: String(at + index),
              }),
            })),
          }),
        );
      }
    };
    const started = performance.now();
    await Promise.all([produce(0), produce(10), consume(), consume(), consume()]);
    expect(received).toBe(messages);
    expect(seen.size).toBe(messages);
    const tenths = marks.map((mark, index) => mark - (marks[index - 1] ?? started));
    const [first = 0] = tenths;
    // Machines differ and pause; a queue that looked at all of its messages would be ten times slower at its fullest.
    expect(Math.max(...tenths.slice(1))).toBeLessThan(Math.max(first, 500) * 5);
    process.stdout.write(
      `${name}: ${String(Math.round(messages / ((performance.now() - started) / 1000)))} messages/s\n`,
    );
  },
  120_000,
);
