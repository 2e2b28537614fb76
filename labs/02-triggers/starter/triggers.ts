/* What makes the functions run: four ways in, one function each. The first is there. */
import { PutBucketNotificationConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import { allow } from './aws/function.ts';
import { account, bucket, bucketArn, functionArn, named } from './aws/names.ts';
import { patiently } from './aws/patience.ts';

const s3 = new S3Client({});

/** (a) S3 calls intake for each new orders/*.json: asynchronously. */
export async function connectUploads(): Promise<void> {
  await allow({
    FunctionName: named('intake'),
    StatementId: 'uploads',
    Principal: 's3.amazonaws.com',
    SourceArn: bucketArn,
    // The ARN of a bucket does not say whose it is. Deleted, the name could be another account's tomorrow.
    SourceAccount: account,
  });
  // S3 tries whether it may, and a new permission takes a moment to be known.
  await patiently(/validate the following destination/, () =>
    s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: bucket,
        NotificationConfiguration: {
          LambdaFunctionConfigurations: [
            {
              LambdaFunctionArn: functionArn('intake'),
              Events: ['s3:ObjectCreated:*'],
              Filter: {
                Key: {
                  FilterRules: [
                    { Name: 'prefix', Value: 'orders/' },
                    { Name: 'suffix', Value: '.json' },
                  ],
                },
              },
            },
          ],
        },
      }),
    ),
  );
  console.log('trigger    S3 → intake');
}

/** (b) Lambda polls the queue for the worker. */
export async function connectQueue(): Promise<void> {
  // Gap 6: deployMapping (aws/mapping.ts) for the worker and the queue: batches of five, and Lambda shall read
  //        which messages of a batch have failed.
  return Promise.resolve();
}

/** (c) Lambda polls the table's stream for audit. */
export async function connectChanges(): Promise<void> {
  // Gap 7: switch the stream of the table orders on (deployStream in aws/stores.ts), and map it to audit: from the
  //        oldest record on, only INSERT and MODIFY, and not for ever when a record fails.
}

/** (d) EventBridge calls notify for big orders: asynchronously. */
export async function connectBigOrders(): Promise<void> {
  // Gap 8: a rule big-orders for OrderPlaced over 100,000 KRW, notify as its target, and the permission for it.
}

/** (d) EventBridge Scheduler calls digest every five minutes, with a role of its own: asynchronously. */
export async function connectDigest(): Promise<void> {
  // Gap 9: a role that scheduler.amazonaws.com may assume (deployRole in aws/role.ts), and a schedule digest.
}
