import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { eachMessage } from './batch.ts';
import { readOrder, type Order } from './order.ts';

/** A piece of paper for an order. */
export interface Paper {
  /** Kind and order: told twice, an order still has one invoice. */
  readonly id: string;
  readonly text: string;
}

const dynamodb = new DynamoDBClient({});

/** Writes a paper for each order of a batch. */
export const papers = (write: (order: Order) => Paper) =>
  eachMessage(async (message) => {
    const { id, text } = write(readOrder(message));
    await dynamodb.send(
      new PutItemCommand({
        TableName: process.env.TABLE_NAME,
        Item: { id: { S: id }, text: { S: text } },
      }),
    );
  });
