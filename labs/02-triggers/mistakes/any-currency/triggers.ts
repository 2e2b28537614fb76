/* What makes the functions run: four ways in, one function each. */
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { PutBucketNotificationConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { allow } from './aws/function.ts';
import { deployMapping } from './aws/mapping.ts';
import {
  account,
  bucket,
  bucketArn,
  eventSource,
  functionArn,
  named,
  queueArn,
  ruleArn,
} from './aws/names.ts';
import { patiently } from './aws/patience.ts';
import { deployRole } from './aws/role.ts';
import { deployStream } from './aws/stores.ts';

const s3 = new S3Client({});
const events = new EventBridgeClient({});
const scheduler = new SchedulerClient({});

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
  await deployMapping({
    FunctionName: named('worker'),
    EventSourceArn: queueArn('orders'),
    BatchSize: 5,
    // Without this Lambda does not look at what the worker answers.
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
  console.log('trigger    SQS → worker');
}

/** (c) Lambda polls the table's stream for audit. */
export async function connectChanges(): Promise<void> {
  const stream = await deployStream('orders', 'NEW_AND_OLD_IMAGES');
  await deployMapping({
    FunctionName: named('audit'),
    EventSourceArn: stream,
    // From the oldest record that is there: LATEST would lose what happens before the mapping is ready.
    StartingPosition: 'TRIM_HORIZON',
    FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ eventName: ['INSERT', 'MODIFY'] }) }] },
    // As often as it likes would be the default, and a record that always fails would hold up its shard for a day.
    MaximumRetryAttempts: 2,
    BisectBatchOnFunctionError: true,
  });
  console.log('trigger    DynamoDB stream → audit');
}

/** (d) EventBridge calls notify for big orders: asynchronously. */
export async function connectBigOrders(): Promise<void> {
  await events.send(
    new PutRuleCommand({
      Name: named('big-orders'),
      Description: 'Orders over 100,000 KRW',
      EventPattern: JSON.stringify({
        source: [eventSource],
        'detail-type': ['OrderPlaced'],
        detail: { amount: [{ numeric: ['>', 100_000] }] },
      }),
    }),
  );
  await allow({
    FunctionName: named('notify'),
    StatementId: 'big-orders',
    Principal: 'events.amazonaws.com',
    SourceArn: ruleArn('big-orders'),
    SourceAccount: account,
  });
  const { FailedEntryCount, FailedEntries } = await events.send(
    new PutTargetsCommand({
      Rule: named('big-orders'),
      Targets: [{ Id: 'notify', Arn: functionArn('notify') }],
    }),
  );
  if (FailedEntryCount !== 0) throw new Error(FailedEntries?.[0]?.ErrorMessage);
  console.log('trigger    EventBridge rule → notify');
}

/** (d) EventBridge Scheduler calls digest every five minutes, with a role of its own: asynchronously. */
export async function connectDigest(): Promise<void> {
  const role = await deployRole('schedule', 'scheduler.amazonaws.com', [
    { Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: functionArn('digest') },
  ]);
  const schedule = {
    Name: named('digest'),
    ScheduleExpression: 'rate(5 minutes)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: functionArn('digest'), RoleArn: role },
  } as const;
  await patiently(/must allow AWS EventBridge Scheduler to assume/, async () => {
    try {
      await scheduler.send(new UpdateScheduleCommand(schedule));
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      await scheduler.send(new CreateScheduleCommand(schedule));
    }
  });
  console.log('trigger    EventBridge Scheduler → digest');
}
