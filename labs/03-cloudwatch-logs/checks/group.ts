import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { isNamed } from '../../aws-errors/named.ts';
import type { Context } from './context.ts';
import { readLine, type Line } from './line.ts';

/** What a check wants to read of a group. */
export interface Span {
  readonly group: string;
  /** ms since 1970 */
  readonly since?: number;
  readonly pattern?: string;
}

/** All events of a group; none while there is no group. Pages may be empty and still have a next one. */
export async function readGroup(context: Context, { group, since, pattern }: Span): Promise<Line[]> {
  const { logs } = context.clients;
  const lines: Line[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await logs.send(
        new FilterLogEventsCommand({
          logGroupName: group,
          startTime: since,
          filterPattern: pattern,
          nextToken,
        }),
      );
      for (const { message = '', timestamp = 0, logStreamName = '' } of page.events ?? [])
        lines.push(readLine(message, timestamp, logStreamName));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return [];
    throw error;
  }
  return lines;
}

/**
 * From when on a check reads what it has caused. The embedded cloud's clock may run before this machine's and never
 * behind it; on a real account both agree but for seconds.
 */
export const recently = (): number => Date.now() - 60_000;
