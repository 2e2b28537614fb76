import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import type { Place } from '../testing/place.ts';
import { proveApplication } from '../testing/prove-application.ts';

let jobs = 0;
let dead = 0;
let attempts = 3;

proveApplication('queue-worker', {
  async works(place) {
    const id = `job-${String((jobs += 1))}`;
    await send(place, JSON.stringify({ id, text: 'A function is called with an event.' }));
    await expect.poll(() => wordsOf(place, id)).toBe('7');
    await send(place, 'no job');
    dead += 1;
    // A job that failed comes back when its time of hiding is over: a minute each time.
    await expect
      .poll(async () => {
        await place.pass(60);
        return attributeOf(place, 'DeadLetterQueueUrl', 'ApproximateNumberOfMessages');
      })
      .toBe(String(dead));
  },
  change: { parameters: { Attempts: '1' } },
  async changed(place) {
    attempts = 1;
    const policy = (await attributeOf(place, 'QueueUrl', 'RedrivePolicy')) ?? '{}';
    expect(Number((JSON.parse(policy) as { maxReceiveCount?: unknown }).maxReceiveCount)).toBe(attempts);
  },
});

async function send(place: Place, MessageBody: string): Promise<void> {
  const sqs = await place.pool.load('sqs');
  await sqs.send(new SendMessageCommand({ QueueUrl: place.output('QueueUrl'), MessageBody }));
}

async function wordsOf(place: Place, id: string): Promise<string | undefined> {
  const dynamodb = await place.pool.load('dynamodb');
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: place.output('TableName'), Key: { id: { S: id } } }),
  );
  return Item?.['words']?.N;
}

async function attributeOf(
  place: Place,
  output: string,
  name: 'ApproximateNumberOfMessages' | 'RedrivePolicy',
): Promise<string | undefined> {
  const sqs = await place.pool.load('sqs');
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: place.output(output), AttributeNames: [name] }),
  );
  return Attributes?.[name];
}
