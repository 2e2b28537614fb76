import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Context } from '../checks/context.ts';
import { ofType, type FoundStack } from './stack.ts';

/** A line in one of the stack's own log groups that has these words; undefined where none comes in time. */
export async function lineWith(
  context: Context,
  stack: FoundStack,
  words: string,
  since: number,
): Promise<string | undefined> {
  const groups = ofType(stack, 'AWS::Logs::LogGroup');
  return context.until('logs', async () => {
    for (const { physicalId: logGroupName } of groups) {
      const command = new FilterLogEventsCommand({
        logGroupName,
        startTime: since,
        filterPattern: `"${words}"`,
      });
      const { events = [] } = await context.clients.logs.send(command);
      const message = events.at(-1)?.message;
      if (message !== undefined) return message;
    }
    return undefined;
  });
}
