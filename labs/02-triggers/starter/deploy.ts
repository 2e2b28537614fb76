/*
 * Deploys the pipeline: `npm run deploy 2`. Three parts: what keeps things (bucket, queues, tables), what works
 * (functions), and in triggers.ts what makes the functions run. It may run as often as you like.
 */
import { deployFunction } from './aws/function.ts';
import { bucketArn, eventSource, named } from './aws/names.ts';
import { deployBucket, deployQueue, deployTable, uploadFile } from './aws/stores.ts';
import { connectBigOrders, connectChanges, connectDigest, connectQueue, connectUploads } from './triggers.ts';

await deployBucket();
await Promise.all([
  deployTable('orders', 'orderId'),
  deployTable('audit', 'orderId', 'sequence'),
  deployTable('notices', 'orderId'),
  deployTable('digests', 'at'),
]);

// Gap 3: where does a message go that has been received twice and was never deleted? And how long is it hidden
//        while the worker works on it?
await deployQueue('orders-dead', {});
const queueUrl = await deployQueue('orders', {});

await Promise.all([
  deployFunction('intake', {
    description: 'Takes the orders of an uploaded file in',
    variables: { QUEUE_URL: queueUrl },
    permissions: [
      { Effect: 'Allow', Action: ['s3:GetObject'], Resource: `${bucketArn}/orders/*` },
      // Gap 2: it sends to the queue, too: queueArn('orders').
    ],
  }),
  deployFunction('worker', {
    description: 'Keeps the orders of the queue',
    variables: { ORDERS_TABLE: named('orders'), EVENT_SOURCE: eventSource },
    // Gap 5: Lambda polls the queue in the name of this role (receive, delete, read attributes). The worker itself
    //        writes to the table, tableArn('orders'), and puts events on the bus, busArn.
    permissions: [],
  }),
  deployFunction('audit', {
    description: 'Keeps every change of an order',
    variables: { AUDIT_TABLE: named('audit') },
    // Gap 7: Lambda reads the stream in the name of this role (its ARN lies below that of the table), and the
    //        function writes to the table audit.
    permissions: [],
  }),
  deployFunction('notify', {
    description: 'Notes big orders',
    variables: { NOTICES_TABLE: named('notices') },
    // Gap 8: it writes to the table notices.
    permissions: [],
  }),
  deployFunction('digest', {
    description: 'Counts the orders from time to time',
    variables: { ORDERS_TABLE: named('orders'), DIGESTS_TABLE: named('digests') },
    // Gap 9: it counts one table and writes to another.
    permissions: [],
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
