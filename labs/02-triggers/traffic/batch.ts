import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { Invoked } from '../../../grader/api.ts';
import { functionName } from '../found/function.ts';
import type { Queue } from '../found/queue.ts';
import { getOrder, itemsWith, tableName, type Item } from '../found/table.ts';
import type { Context } from '../checks/context.ts';
import { awaitLetter, countsOf, lettersIn } from './dead-letters.ts';
import { sqsEvent } from './events.ts';
import { marked, someOrder, type TestOrder } from './orders.ts';

/** Five messages of which one is no order. */
export interface Five {
  readonly good: readonly { readonly order: TestOrder; readonly row: Item | undefined }[];
  readonly poison: TestOrder;
  readonly poisonRow: Item | undefined;
  /** Bodies of those of the five that ended in the dead-letter queue. */
  readonly letters: readonly string[];
  /** Other messages of the grader there: orders that should not have come into the queue. */
  readonly strangers: readonly string[];
}

/** An order that was there already, paid meanwhile, and came once more. */
export interface Again {
  readonly order: TestOrder;
  readonly before: Item;
  readonly rows: readonly Item[];
  readonly event: unknown;
  readonly invoked: Invoked;
}

export interface SentFive {
  readonly good: readonly TestOrder[];
  readonly poison: TestOrder;
  readonly again: Again | undefined;
}

/** The poison, and an uploaded file that is no order, where intake has let it pass. */
const notOrders = 2;

const bodyOf = (order: TestOrder) => JSON.stringify({ ...order, file: `orders/${order.orderId}.json` });

/** Sends the five, waits for the good ones, and lets one of them come again. */
export async function sendFive(context: Context, queue: Queue): Promise<SentFive> {
  const good = Array.from({ length: 4 }, () => someOrder(context));
  const poison = someOrder(context, { amount: '백만' });
  const [first, second, ...rest] = good.map(bodyOf);
  const bodies = [first, second, bodyOf(poison), ...rest];
  const { Failed = [] } = await context.clients.sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: queue.url,
      Entries: bodies.map((body, index) => ({ Id: String(index), MessageBody: body })),
    }),
  );
  if (Failed.length > 0) throw new Error(`SendMessageBatch: ${Failed[0]?.Message ?? ''}`);
  const arrived = await context.until('effect', async () => {
    const rows = await Promise.all(good.map(({ orderId }) => getOrder(context, orderId)));
    return rows.every((row) => row !== undefined) ? true : undefined;
  });
  const [one] = good;
  const again = arrived && one && (await repeat(context, queue, one));
  return { good, poison, again };
}

async function repeat(context: Context, queue: Queue, order: TestOrder): Promise<Again | undefined> {
  await context.clients.dynamodb.send(
    new UpdateItemCommand({
      TableName: tableName(context, 'orders'),
      Key: { orderId: { S: order.orderId } },
      UpdateExpression: 'SET #status = :paid',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':paid': { S: 'paid' } },
    }),
  );
  const before = await getOrder(context, order.orderId);
  if (before === undefined) return undefined;
  const event = sqsEvent(context, queue.arn, [bodyOf(order)]);
  const invoked = await context.invoke(functionName(context, 'worker'), event);
  return { order, before, rows: await itemsWith(context, 'orders', [order.orderId]), event, invoked };
}

/** Waits for the poison to end in the dead-letter queue, and looks at what became of the five. */
export async function seeFive(
  context: Context,
  queue: Queue,
  deadLetters: Queue | undefined,
  sent: SentFive,
  letterExpected: boolean,
): Promise<Five> {
  const { good, poison } = sent;
  const ids = [...good, poison].map(({ orderId }) => orderId);
  if (deadLetters !== undefined && letterExpected) {
    await quiet(context, queue);
    await awaitLetter(context, queue, deadLetters, poison.orderId);
  }
  const all = deadLetters === undefined ? [] : await lettersIn(context, deadLetters, marked);
  const isOwn = (body: string) => ids.some((id) => body.includes(id));
  return {
    good: await Promise.all(
      good.map(async (order) => ({ order, row: await getOrder(context, order.orderId) })),
    ),
    poison,
    poisonRow: await getOrder(context, poison.orderId),
    letters: all.filter(isOwn),
    strangers: all.filter((body) => !isOwn(body)),
  };
}

/** Time must not be moved while good messages are under way: only what is no order may still be. */
async function quiet(context: Context, { url }: Queue): Promise<void> {
  await context.until('effect', async () => {
    const { waiting, inFlight } = await countsOf(context, url);
    return waiting === 0 && inFlight <= notOrders ? true : undefined;
  });
}
