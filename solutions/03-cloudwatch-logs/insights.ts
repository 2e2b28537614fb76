/* Asks Logs Insights. A query runs in the background: it is started, and looked at until it is complete. */
import { setTimeout } from 'node:timers/promises';
import {
  GetQueryResultsCommand,
  StartQueryCommand,
  type CloudWatchLogsClient,
} from '@aws-sdk/client-cloudwatch-logs';

/** A row of the answer: its columns by name. */
export type Row = Readonly<Record<string, string>>;

/** Runs a query over what the log group has of the last day. */
export async function ask(logs: CloudWatchLogsClient, logGroupName: string, query: string): Promise<Row[]> {
  const now = Math.floor(Date.now() / 1000);
  // Seconds since 1970. The end lies ahead: the embedded cloud's clock may run before yours.
  const span = { startTime: now - 86_400, endTime: now + 86_400 };
  const { queryId } = await logs.send(
    new StartQueryCommand({ logGroupName, queryString: query, limit: 100, ...span }),
  );
  for (;;) {
    const { status, results = [] } = await logs.send(new GetQueryResultsCommand({ queryId }));
    if (status === 'Complete')
      return results.map((fields) =>
        Object.fromEntries(fields.map(({ field = '', value = '' }) => [field, value])),
      );
    if (status !== 'Running' && status !== 'Scheduled')
      throw new Error(`the query ended as ${status ?? '?'}`);
    await setTimeout(200);
  }
}

/** Prints the rows, each value on one line and cut short; the pointer to the whole event (`@ptr`) is left out. */
export function print(rows: readonly Row[]): void {
  console.log(`slow.query ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`);
  for (const row of rows) {
    const columns = Object.entries(row).filter(([name]) => name !== '@ptr');
    const shown = columns.map(
      ([name, value]) => `${name} ${value.trim().replaceAll(/\s+/g, ' ').slice(0, 120)}`,
    );
    console.log(`           ${shown.join('  ')}`);
  }
}
