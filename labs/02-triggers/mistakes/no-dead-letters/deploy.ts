/*
 * Deploys the pipeline: `npm run deploy 2`. Three parts: what keeps things (bucket, queues, tables), what works
 * (functions), and in triggers.ts what makes the functions run. It may run as often as you like.
 */
import { deployFunction } from './aws/function.ts';
import { bucketArn, busArn, eventSource, named, queueArn, tableArn } from './aws/names.ts';
import { deployBucket, deployQueue, deployTable, uploadFile } from './aws/stores.ts';
import { connectBigOrders, connectChanges, connectDigest, connectQueue, connectUploads } from './triggers.ts';

await deployBucket();
await Promise.all([
  deployTable('orders', 'orderId'),
  deployTable('audit', 'orderId', 'sequence'),
  deployTable('notices', 'orderId'),
  deployTable('digests', 'at'),
]);

// Where a message goes that has been received twice and was never deleted.
await deployQueue('orders-dead', {});
const queueUrl = await deployQueue('orders', {
  // Seconds that a message stays hidden after it was received: six times the function's timeout.
  VisibilityTimeout: '30',
});

await Promise.all([
  deployFunction('intake', {
    description: 'Takes the orders of an uploaded file in',
    variables: { QUEUE_URL: queueUrl },
    permissions: [
      { Effect: 'Allow', Action: ['s3:GetObject'], Resource: `${bucketArn}/orders/*` },
      { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: queueArn('orders') },
    ],
  }),
  deployFunction('worker', {
    description: 'Keeps the orders of the queue',
    variables: { ORDERS_TABLE: named('orders'), EVENT_SOURCE: eventSource },
    permissions: [
      {
        Effect: 'Allow',
        // Lambda polls the queue in the name of this role.
        Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        Resource: queueArn('orders'),
      },
      { Effect: 'Allow', Action: ['dynamodb:PutItem'], Resource: tableArn('orders') },
      { Effect: 'Allow', Action: ['events:PutEvents'], Resource: busArn },
    ],
  }),
  deployFunction('audit', {
    description: 'Keeps every change of an order',
    variables: { AUDIT_TABLE: named('audit') },
    permissions: [
      {
        Effect: 'Allow',
        Action: [
          'dynamodb:DescribeStream',
          'dynamodb:GetRecords',
          'dynamodb:GetShardIterator',
          'dynamodb:ListStreams',
        ],
        // The streams of a table have their ARNs below the table's own.
        Resource: `${tableArn('orders')}/stream/*`,
      },
      { Effect: 'Allow', Action: ['dynamodb:PutItem'], Resource: tableArn('audit') },
    ],
  }),
  deployFunction('notify', {
    description: 'Notes big orders',
    variables: { NOTICES_TABLE: named('notices') },
    permissions: [{ Effect: 'Allow', Action: ['dynamodb:PutItem'], Resource: tableArn('notices') }],
  }),
  deployFunction('digest', {
    description: 'Counts the orders from time to time',
    variables: { ORDERS_TABLE: named('orders'), DIGESTS_TABLE: named('digests') },
    permissions: [
      { Effect: 'Allow', Action: ['dynamodb:Scan'], Resource: tableArn('orders') },
      { Effect: 'Allow', Action: ['dynamodb:PutItem'], Resource: tableArn('digests') },
    ],
  }),
]);

await connectUploads();
await connectQueue();
await connectChanges();
await connectBigOrders();
await connectDigest();

// Two orders to begin with. The second key has a space and Hangul in it.
await uploadFile('orders/desk.json', 'orders/desk.json');
await uploadFile('orders/가을 주문.json', 'orders/autumn.json');
