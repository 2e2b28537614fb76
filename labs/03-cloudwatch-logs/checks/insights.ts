import { GetQueryResultsCommand, StartQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import { isNamed } from '../../aws-errors/named.ts';
import type { Context } from './context.ts';

/** A row of an answer: its fields by name. */
export type Row = Readonly<Partial<Record<string, string>>>;

export interface Question {
  readonly group: string;
  readonly query: string;
  /** ms since 1970, both included */
  readonly from: number;
  readonly to: number;
}

/** Why CloudWatch Logs did not take a query. */
export class QueryRefused extends Error {}

/** Runs a query. @throws QueryRefused where it is malformed */
export async function ask(context: Context, { group, query, from, to }: Question): Promise<readonly Row[]> {
  const { logs } = context.clients;
  const { queryId } = await logs
    .send(
      new StartQueryCommand({
        logGroupName: group,
        queryString: query,
        startTime: Math.floor(from / 1000),
        endTime: Math.ceil(to / 1000),
      }),
    )
    .catch((error: unknown) => {
      if (isNamed(error, 'MalformedQueryException', 'InvalidParameterException'))
        throw new QueryRefused(error.message);
      throw error;
    });
  const ended = await context.until('logs', async () => {
    const answer = await logs.send(new GetQueryResultsCommand({ queryId }));
    return answer.status === 'Running' || answer.status === 'Scheduled' ? undefined : answer;
  });
  if (ended?.status !== 'Complete') throw new QueryRefused(ended?.status ?? 'Running');
  return (ended.results ?? []).map((fields) =>
    Object.fromEntries(fields.map(({ field = '', value = '' }) => [field, value])),
  );
}
