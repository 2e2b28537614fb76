import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3Event } from 'aws-lambda';
import { objectKey } from './object-key.ts';

const s3 = new S3Client({});

/** S3 calls this for each file that arrives under orders/, and does not wait for an answer. */
export const handler = async (event: S3Event): Promise<void> => {
  console.log('S3 says', JSON.stringify(event));
  for (const record of event.Records) {
    const file = objectKey(record.s3.object.key);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: record.s3.bucket.name, Key: file }));
    console.log(`${file} holds ${(await Body?.transformToString()) ?? 'nothing'}`);
    // Gap 2: if the file holds an order (order.ts knows), send it with its `file` to the queue QUEUE_URL.
  }
};
