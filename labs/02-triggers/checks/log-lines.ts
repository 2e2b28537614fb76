import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Evidence } from '../../../grader/api.ts';
import { functionName } from '../found/function.ts';
import type { FunctionName } from '../names.ts';
import { ifThere } from '../../aws-errors/named.ts';
import type { Context } from './context.ts';

const shownLines = 3;

/** The last lines in a function's log group that tell of an error: what a student would look for first. */
export async function errorLines(context: Context, name: FunctionName): Promise<Evidence[]> {
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ifThere(
      context.clients.logs.send(
        new FilterLogEventsCommand({
          logGroupName: `/aws/lambda/${functionName(context, name)}`,
          filterPattern: '?ERROR ?Error ?"timed out"',
          nextToken,
        }),
      ),
      'ResourceNotFoundException',
    );
    for (const { message = '' } of page?.events ?? []) lines.push(message.trimEnd());
    nextToken = page?.nextToken;
  } while (nextToken !== undefined);
  if (lines.length === 0) return [];
  return [
    {
      label: context.text.evidence.log(functionName(context, name)),
      value: lines.slice(-shownLines).join('\n'),
    },
  ];
}
