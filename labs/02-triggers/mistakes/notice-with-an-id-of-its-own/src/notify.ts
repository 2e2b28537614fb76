import { randomUUID } from 'node:crypto';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { EventBridgeEvent } from 'aws-lambda';

const dynamodb = new DynamoDBClient({});

interface OrderPlaced {
  readonly orderId: string;
  readonly customer: string;
  readonly amount: number;
  readonly currency: string;
}

/** EventBridge calls this for big orders only: its rule decides, not this code. */
export const handler = async ({ detail }: EventBridgeEvent<'OrderPlaced', OrderPlaced>): Promise<void> => {
  await dynamodb.send(
    new PutItemCommand({
      TableName: process.env.NOTICES_TABLE,
      Item: {
        noticeId: { S: randomUUID() },
        orderId: { S: detail.orderId },
        text: { S: `${detail.customer}: ${String(detail.amount)} ${detail.currency}` },
      },
    }),
  );
};
