import { readFile } from 'node:fs/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTableCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  PutObjectCommand,
  S3Client,
  type BucketLocationConstraint,
} from '@aws-sdk/client-s3';
import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { bucket, named, region } from './names.ts';
import { patiently } from './patience.ts';

const s3 = new S3Client({});
const sqs = new SQSClient({});
const dynamodb = new DynamoDBClient({});

export async function deployBucket(): Promise<void> {
  // us-east-1 is the place without a name.
  const place = { LocationConstraint: region as BucketLocationConstraint };
  try {
    await s3.send(
      new CreateBucketCommand({
        Bucket: bucket,
        ...(region === 'us-east-1' ? {} : { CreateBucketConfiguration: place }),
      }),
    );
  } catch (error) {
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
  }
  console.log(`bucket     ${bucket}`);
}

export async function uploadFile(key: string, file: string): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: await readFile(file),
      ContentType: 'application/json',
    }),
  );
  console.log(`uploaded   ${key}`);
}

/** Makes a queue, or gives the one that is there these attributes. @returns its URL */
export async function deployQueue(
  name: string,
  attributes: Readonly<Record<string, string>>,
): Promise<string> {
  // The name of a queue that was deleted is free after a minute.
  const { QueueUrl = '' } = await patiently(/wait 60 seconds/, () =>
    sqs.send(new CreateQueueCommand({ QueueName: named(name) })),
  );
  if (Object.keys(attributes).length > 0)
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: attributes }));
  console.log(`queue      ${named(name)}`);
  return QueueUrl;
}

/** Makes a table whose items are found by these text attributes: one, or one and a second to sort by. */
export async function deployTable(name: string, ...keys: readonly string[]): Promise<void> {
  const TableName = named(name);
  try {
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: keys.map((key) => ({ AttributeName: key, AttributeType: 'S' })),
        KeySchema: keys.map((key, index) => ({
          AttributeName: key,
          KeyType: index === 0 ? 'HASH' : 'RANGE',
        })),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await tableReady(TableName);
  console.log(`table      ${TableName}`);
}

/** Switches a table's stream on, unless it is on. @returns its ARN */
export async function deployStream(
  name: string,
  view: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES',
): Promise<string> {
  const TableName = named(name);
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  if (Table?.StreamSpecification?.StreamViewType !== view) {
    // A stream shows what it was made to show: one that shows something else has to go first.
    for (const specification of [
      ...(Table?.StreamSpecification?.StreamEnabled === true ? [{ StreamEnabled: false }] : []),
      { StreamEnabled: true, StreamViewType: view },
    ]) {
      await dynamodb.send(new UpdateTableCommand({ TableName, StreamSpecification: specification }));
      await tableReady(TableName);
    }
  }
  const { Table: now } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  if (now?.LatestStreamArn === undefined) throw new Error(`the table ${TableName} has no stream`);
  return now.LatestStreamArn;
}

async function tableReady(TableName: string): Promise<void> {
  await waitUntilTableExists(
    { client: dynamodb, maxWaitTime: 120, minDelay: 0.2, maxDelay: 3 },
    { TableName },
  );
}
