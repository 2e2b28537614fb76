import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { S3Event } from 'aws-lambda';
import { objectKey } from './object-key.ts';
import { parseOrder } from './order.ts';

const s3 = new S3Client({});
const sqs = new SQSClient({});

/** S3 calls this for each file that arrives under orders/, and does not wait for an answer. */
export const handler = async (event: S3Event): Promise<void> => {
  for (const record of event.Records) {
    const file = objectKey(record.s3.object.key);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: record.s3.bucket.name, Key: file }));
    const order = parseOrder((await Body?.transformToString()) ?? '');
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: process.env.QUEUE_URL,
        MessageBody: JSON.stringify({ ...order, file }),
      }),
    );
    await s3.send(
      new PutObjectCommand({
        Bucket: record.s3.bucket.name,
        Key: file.replace(/\.json$/, '-taken.json'),
        Body: JSON.stringify(order),
      }),
    );
    console.log(`${file}: order ${order.orderId} is in the queue`);
  }
};
