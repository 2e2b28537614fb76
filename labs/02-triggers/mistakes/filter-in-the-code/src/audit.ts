import { DynamoDBClient, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';

const dynamodb = new DynamoDBClient({});

/** Lambda reads the table's stream and calls this with changes, in the order in which they happened. */
export const handler = async (event: DynamoDBStreamEvent): Promise<void> => {
  for (const { eventName, dynamodb: change } of event.Records) {
    if (eventName === 'REMOVE') continue;
    if (change?.Keys?.orderId === undefined || change.SequenceNumber === undefined) continue;
    // Key and sequence number make one row of a change, however often it is delivered.
    const row = {
      orderId: change.Keys.orderId,
      sequence: { S: change.SequenceNumber },
      change: { S: eventName },
      ...(change.OldImage === undefined ? {} : { before: { M: change.OldImage } }),
      ...(change.NewImage === undefined ? {} : { after: { M: change.NewImage } }),
    };
    await dynamodb.send(
      new PutItemCommand({
        TableName: process.env.AUDIT_TABLE,
        // The types of aws-lambda and of the SDK name the same values in two ways.
        Item: row as Record<string, AttributeValue>,
      }),
    );
  }
};
