import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Context } from '../checks/context.ts';
import { ofType, type FoundStack } from './stack.ts';

/** How services word a refusal: DynamoDB and SQS by a sentence, S3 by a code, or by two words where it says no more. */
const refused = '?"not authorized to perform" ?AccessDenied ?"Access Denied"';

/**
 * A line in one of the stack's own log groups in which a service refuses something; undefined where none comes in time.
 * @param since ms
 */
export async function refusalIn(
  context: Context,
  stack: FoundStack,
  since: number,
): Promise<string | undefined> {
  const groups = ofType(stack, 'AWS::Logs::LogGroup');
  return context.until('logs', async () => {
    for (const { physicalId: logGroupName } of groups) {
      const command = new FilterLogEventsCommand({
        logGroupName,
        startTime: since,
        filterPattern: refused,
      });
      const { events = [] } = await context.clients.logs.send(command);
      const message = events.at(-1)?.message;
      if (message !== undefined) return message;
    }
    return undefined;
  });
}
