import { DynamoDBClient, paginateScan, PutItemCommand } from '@aws-sdk/client-dynamodb';

const dynamodb = new DynamoDBClient({});

/** EventBridge Scheduler calls this at its time, whether anything has happened or not. */
export const handler = async ({ time }: { readonly time: string }): Promise<void> => {
  let orders = 0;
  for await (const { Count } of paginateScan(
    { client: dynamodb },
    { TableName: process.env.ORDERS_TABLE, Select: 'COUNT' },
  ))
    orders += Count ?? 0;
  await dynamodb.send(
    new PutItemCommand({
      TableName: process.env.DIGESTS_TABLE,
      // The time that the tick is for, not the time of now: the same tick twice is one digest.
      Item: { at: { S: time }, orders: { N: String(orders) } },
    }),
  );
};
