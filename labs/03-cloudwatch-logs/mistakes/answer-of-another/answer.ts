/*
 * Only the solution has this file. You read the rows of your query and write the answer down; this solution has
 * nobody who reads, so it takes the row of its own customers and writes it into answers.yaml.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ask, print } from './insights.ts';

/** A local server has every line at once; on a real account one can be a minute on its way into Logs Insights. */
const attempts = process.env.AWS_ENDPOINT_URL === undefined ? 60 : 2;

/** @param orders what the order ids of the customers begin with */
export async function answerCase(
  logs: CloudWatchLogsClient,
  logGroupName: string,
  orders: string,
): Promise<void> {
  const query = await readFile('slow.query', 'utf8');
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const rows = await ask(logs, logGroupName, query);
    const row = rows.find((each) => each['message.orderId']?.startsWith(orders));
    if (row !== undefined) {
      print(rows);
      return;
    }
    await setTimeout(1000);
  }
  console.log('slow.query finds none of these customers');
}
