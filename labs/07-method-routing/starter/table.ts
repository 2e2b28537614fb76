/* The table that keeps the books. You know this from lab 2; nothing here is to be changed. */
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

const dynamodb = new DynamoDBClient({});

/** Makes the table, or finds the one that is there, and waits until it can be used. @returns its ARN */
export async function deployTable(TableName: string): Promise<string> {
  try {
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  const wait = { client: dynamodb, maxWaitTime: 120, minDelay: 0.2, maxDelay: 3 }; // seconds
  await waitUntilTableExists(wait, { TableName });
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  if (Table?.TableArn === undefined) throw new Error(`the table ${TableName} has no ARN`);
  console.log(`table      ${TableName}`);
  return Table.TableArn;
}
