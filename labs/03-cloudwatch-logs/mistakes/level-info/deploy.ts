/*
 * Deploys the function and what watches over it: `npm run deploy 3`. It says what should be there, and may run as
 * often as you like. No endpoint and no key stand here. Coldstart sets AWS_ENDPOINT_URL, AWS_REGION and a key before
 * it runs this script, and the SDK reads them by itself; without them the same script deploys to your AWS account.
 */
import { readFile } from 'node:fs/promises';
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutMetricFilterCommand,
  PutRetentionPolicyCommand,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { answerCase } from './answer.ts';
import { serveCustomers } from './customers.ts';
import { deployFunction } from './function.ts';

const lambda = new LambdaClient({});
const logs = new CloudWatchLogsClient({});
const cloudwatch = new CloudWatchClient({});

/** LAB_PREFIX keeps students apart who share one account; on your own machine it is empty. */
const prefix = process.env.LAB_PREFIX ?? '';
const functionName = `${prefix}lab03-checkout`;
const roleName = `${prefix}lab03-checkout-role`;
const logGroupName = `/aws/lambda/${functionName}`;
const alarmName = `${prefix}lab03-declined`;
/** The metric that counts declined payments. */
const metric = { namespace: `${prefix}lab03-checkout`, name: 'DeclinedPayments' };

/** Everything about the function but its code. */
const settings = {
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Description: 'Charges carts',
  MemorySize: 256, // MB
  Timeout: 10, // seconds
  LoggingConfig: {
    LogGroup: logGroupName,
    LogFormat: 'JSON', // levels need it
    SystemLogLevel: 'INFO', // what Lambda itself says: start and report
  },
} as const;

await deployLogGroup();
await deployFunction(functionName, roleName, settings);
await deployMetricFilter();
await deployAlarm();
await answerCase(logs, logGroupName, await serveCustomers(lambda, functionName));

/** Makes the log group before Lambda does, so that nothing in it is ever kept for longer than a week. */
async function deployLogGroup(): Promise<void> {
  try {
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
  } catch (error) {
    if (!(error instanceof ResourceAlreadyExistsException)) throw error;
  }
  await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 7 }));
  console.log(`log group  ${logGroupName}, 7 days`);
}

/** Counts the log lines that the pattern matches, each as 1. */
async function deployMetricFilter(): Promise<void> {
  const filterPattern = (await readFile('declined.pattern', 'utf8')).trim();
  await logs.send(
    new PutMetricFilterCommand({
      logGroupName,
      filterName: 'declined',
      filterPattern,
      metricTransformations: [
        { metricNamespace: metric.namespace, metricName: metric.name, metricValue: '1' },
      ],
    }),
  );
  console.log(`filter     ${filterPattern}`);
}

/** Three or more declined payments in one minute. A minute without any is a good one. */
async function deployAlarm(): Promise<void> {
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: alarmName,
      AlarmDescription: 'Three or more declined payments within a minute',
      Namespace: metric.namespace,
      MetricName: metric.name,
      Statistic: 'Sum',
      Period: 60, // seconds
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 3,
      TreatMissingData: 'notBreaching',
    }),
  );
  console.log(`alarm      ${alarmName}`);
}
