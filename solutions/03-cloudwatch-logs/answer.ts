/*
 * Only the solution has this file. You read the rows of your query and write the answer down; this solution has
 * nobody who reads, so it takes the row of its own customers and writes it into answers.yaml.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { parseDocument } from 'yaml';
import { ask, print } from './insights.ts';

/** @param orders what the order ids of the customers begin with */
export async function answerCase(
  logs: CloudWatchLogsClient,
  logGroupName: string,
  orders: string,
): Promise<void> {
  const query = await readFile('slow.query', 'utf8');
  // On a real account a line can be a minute on its way into Logs Insights.
  for (let attempt = 1; attempt <= 60; attempt += 1) {
    const rows = await ask(logs, logGroupName, query);
    const row = rows.find((each) => each['message.orderId']?.startsWith(orders));
    if (row !== undefined) {
      print(rows);
      const answers = parseDocument(await readFile('answers.yaml', 'utf8'));
      answers.setIn(['case', 'requestId'], row.requestId);
      await writeFile('answers.yaml', answers.toString());
      return;
    }
    await setTimeout(1500);
  }
  throw new Error('the query did not find the customer who waited');
}
