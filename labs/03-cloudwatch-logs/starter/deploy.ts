/*
 * Deploys the function and what watches over it: `npm run deploy 3`. It says what should be there, and may run as
 * often as you like. No endpoint and no key stand here. Coldstart sets AWS_ENDPOINT_URL, AWS_REGION and a key before
 * it runs this script, and the SDK reads them by itself; without them the same script deploys to your AWS account.
 */
import { readFile } from 'node:fs/promises';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { serveCustomers } from './customers.ts';
import { deployFunction } from './function.ts';
import { ask, print } from './insights.ts';

const lambda = new LambdaClient({});
const logs = new CloudWatchLogsClient({});

/** LAB_PREFIX keeps students apart who share one account; on your own machine it is empty. */
const prefix = process.env.LAB_PREFIX ?? '';
const functionName = `${prefix}lab03-checkout`;
const roleName = `${prefix}lab03-checkout-role`;
const logGroupName = `/aws/lambda/${functionName}`;
// Gap 6 needs a metric: the namespace `${prefix}lab03-checkout` and the name DeclinedPayments.
// Gap 7 needs an alarm: its name is `${prefix}lab03-declined`.

/** Everything about the function but its code. */
const settings = {
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Description: 'Charges carts',
  MemorySize: 256, // MB
  Timeout: 10, // seconds
  // Gap 4: the log format, and the level from which on lines are written.
} as const;

// Gap 5: a log group that keeps its lines for 7 days. Lambda makes one at the first call, and keeps lines for ever.
await deployFunction(functionName, roleName, settings);
// Gap 6: a metric filter on the log group, with the pattern of declined.pattern.
// Gap 7: an alarm on the metric.

await serveCustomers(lambda, functionName);
print(await ask(logs, logGroupName, await readFile('slow.query', 'utf8')));
