import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';

const table = new DynamoDBClient({});

/** Writes down which changes of an item it was told of, and how often it was told. */
export const handler = async (event: DynamoDBStreamEvent): Promise<void> => {
  await Promise.all(
    event.Records.map(async ({ eventID = '', dynamodb }) => {
      const n = dynamodb?.Keys?.n?.N;
      if (n === undefined) throw new Error('a record without its key');
      await table.send(
        new UpdateItemCommand({
          TableName: process.env.TABLE,
          Key: { n: { N: n } },
          UpdateExpression: 'ADD told :one, changes :change',
          ExpressionAttributeValues: { ':one': { N: '1' }, ':change': { SS: [eventID] } },
        }),
      );
    }),
  );
};
