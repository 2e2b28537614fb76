import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

const table = new DynamoDBClient({});

/** Counts each message in a table. One in a hundred fails for ever, one in a hundred fails the first time. */
export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const failed = await Promise.all(
    event.Records.map(async ({ messageId, body, attributes }) => {
      const n = Number(body);
      if (n % 100 === 0) return [messageId];
      if (n % 100 === 50 && attributes.ApproximateReceiveCount === '1') return [messageId];
      await table.send(
        new UpdateItemCommand({
          TableName: process.env.TABLE,
          Key: { n: { N: body } },
          UpdateExpression: 'ADD deliveries :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        }),
      );
      return [];
    }),
  );
  return { batchItemFailures: failed.flat().map((itemIdentifier) => ({ itemIdentifier })) };
};
