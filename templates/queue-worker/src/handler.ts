import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { eachMessage } from './batch.ts';
import { countWords, readJob } from './job.ts';

const dynamodb = new DynamoDBClient({});

/** Lambda polls the queue and calls this with a batch of up to ten jobs. */
export const handler = eachMessage(async (body) => {
  const { id, text } = readJob(body);
  await dynamodb.send(
    new PutItemCommand({
      TableName: process.env.TABLE_NAME,
      Item: { id: { S: id }, words: { N: String(countWords(text)) } },
    }),
  );
});
