import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { SQSEvent } from 'aws-lambda';
import { eachMessage, type BatchAnswer } from './batch.ts';
import { parseOrder, type Order } from './order.ts';

const dynamodb = new DynamoDBClient({});
const events = new EventBridgeClient({});

/** Lambda takes messages from the queue and calls this with a batch of them. */
export const handler = (event: SQSEvent): Promise<BatchAnswer> =>
  eachMessage(event.Records, async (body) => {
    const order = parseOrder(body);
    await keep(order);
    // Also when the order was there before: the first attempt may have ended between the two.
    await tell(order);
  });

/** Writes the order, unless it is there: the same message may come twice. */
async function keep(order: Order): Promise<void> {
  try {
    await dynamodb.send(
      new PutItemCommand({
        TableName: process.env.ORDERS_TABLE,
        Item: {
          orderId: { S: order.orderId },
          customer: { S: order.customer },
          amount: { N: String(order.amount) },
          currency: { S: order.currency },
          status: { S: 'placed' },
          ...(order.file === undefined ? {} : { file: { S: order.file } }),
        },
        ConditionExpression: 'attribute_not_exists(orderId)',
      }),
    );
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException)
      console.error(`order ${order.orderId} was there already`);
    throw error;
  }
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
