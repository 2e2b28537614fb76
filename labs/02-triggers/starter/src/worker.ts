import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { SQSEvent } from 'aws-lambda';
import { eachMessage, type BatchAnswer } from './batch.ts';
import { parseOrder, type Order } from './order.ts';

const events = new EventBridgeClient({});

/** Lambda takes messages from the queue and calls this with a batch of them. */
export const handler = (event: SQSEvent): Promise<BatchAnswer> =>
  eachMessage(event.Records, async (body) => {
    const order = parseOrder(body);
    await keep(order);
    // Also when the order was there before: the first attempt may have ended between the two.
    await tell(order);
  });

/**
 * Writes the order into the table ORDERS_TABLE.
 *
 * Gap 5: a row has orderId, customer, amount, currency, file, and the status `placed`. The same message may come
 *        twice, and meanwhile somebody may have changed the row.
 */
async function keep(order: Order): Promise<void> {
  console.log(`order ${order.orderId} is here, and nobody keeps it`);
  return Promise.resolve();
}

/** Tells whom it may concern, by the account's event bus. */
async function tell({ orderId, customer, amount, currency }: Order): Promise<void> {
  const { FailedEntryCount, Entries } = await events.send(
    new PutEventsCommand({
      Entries: [
        {
          Source: process.env.EVENT_SOURCE,
          DetailType: 'OrderPlaced',
          Detail: JSON.stringify({ orderId, customer, amount, currency }),
        },
      ],
    }),
  );
  // PutEvents answers 200 even where it took nothing.
  if (FailedEntryCount !== 0) throw new Error(`the event was not taken: ${Entries?.[0]?.ErrorMessage ?? ''}`);
}
