import { DynamoDBClient, paginateScan, PutItemCommand } from '@aws-sdk/client-dynamodb';

const dynamodb = new DynamoDBClient({});

/** EventBridge Scheduler calls this at its time, whether anything has happened or not. */
export const handler = async (): Promise<void> => {
  let orders = 0;
  for await (const { Count } of paginateScan(
    { client: dynamodb },
    { TableName: process.env.ORDERS_TABLE, Select: 'COUNT' },
  ))
    orders += Count ?? 0;
  await dynamodb.send(
    new PutItemCommand({
      TableName: process.env.DIGESTS_TABLE,
      Item: { at: { S: new Date().toISOString() }, orders: { N: String(orders) } },
    }),
  );
};
