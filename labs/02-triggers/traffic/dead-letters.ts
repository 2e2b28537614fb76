import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type Message,
} from '@aws-sdk/client-sqs';
import type { Context } from '../checks/context.ts';
import type { Queue } from '../found/queue.ts';
import { marked } from './orders.ts';

/** Seconds for which a message is hidden while the grader looks through a queue. */
const lookSeconds = 20;

/** Waits until a message of the grader has been received too often and lies in the dead-letter queue. */
export async function awaitLetter(
  context: Context,
  queue: Queue,
  deadLetters: Queue,
  text: string,
): Promise<void> {
  await context.until('redrive', async () => {
    const letters = await lettersIn(context, deadLetters, new RegExp(text));
    if (letters.length > 0) return true;
    // The message comes back when it has been hidden for so long.
    await context.pass(queue.visibilityTimeout + 1);
    return undefined;
  });
  // What else came into the queue and should not have is on the same way.
  await context.until('effect', async () => {
    if (await isEmpty(context, queue)) return true;
    await context.pass(queue.visibilityTimeout + 1);
    return undefined;
  });
}

async function isEmpty(context: Context, { url }: Queue): Promise<boolean> {
  const { waiting, inFlight } = await countsOf(context, url);
  return waiting + inFlight === 0;
}

/** How many messages wait in a queue, and how many are being worked on: approximate on AWS. */
export async function countsOf(
  context: Context,
  url: string,
): Promise<{ readonly waiting: number; readonly inFlight: number }> {
  const { Attributes: now = {} } = await context.clients.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return {
    waiting: Number(now.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(now.ApproximateNumberOfMessagesNotVisible ?? 0),
  };
}

/** Bodies of the messages in a queue that hold what is looked for. The messages stay where they are. */
export async function lettersIn(context: Context, queue: Queue, wanted: RegExp): Promise<readonly string[]> {
  const found: string[] = [];
  await eachMessage(context, queue, async ({ Body = '' }) => {
    if (wanted.test(Body)) found.push(Body);
    return Promise.resolve('keep');
  });
  return found;
}

/** Deletes the grader's messages from a dead-letter queue, and nothing else. */
export async function removeLetters(context: Context, queue: Queue, abortSignal: AbortSignal): Promise<void> {
  await eachMessage(
    context,
    queue,
    ({ Body = '' }) => Promise.resolve(marked.test(Body) ? 'delete' : 'keep'),
    abortSignal,
  );
}

/** Looks at the messages of a queue: what is kept is shown again to everybody at the end. */
async function eachMessage(
  context: Context,
  { url }: Queue,
  look: (message: Message) => Promise<'keep' | 'delete'>,
  abortSignal?: AbortSignal,
): Promise<void> {
  const { sqs } = context.clients;
  const options = abortSignal === undefined ? {} : { abortSignal };
  const kept: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: lookSeconds }),
      options,
    );
    if (Messages.length === 0) break;
    for (const message of Messages) {
      const handle = { QueueUrl: url, ReceiptHandle: message.ReceiptHandle };
      if ((await look(message)) === 'delete') await sqs.send(new DeleteMessageCommand(handle), options);
      else if (message.ReceiptHandle !== undefined) kept.push(message.ReceiptHandle);
    }
  }
  for (const ReceiptHandle of kept)
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }),
      options,
    );
}
