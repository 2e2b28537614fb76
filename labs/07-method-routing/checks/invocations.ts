import { FilterLogEventsCommand, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { calledBy } from '../../rest-api/found-api.ts';
import { members } from '../../wording/members.ts';
import { apiOf } from './api.ts';
import type { Context } from './context.ts';

/** How far back is looked, in ms: more than clocks differ. */
const back = 3_600_000;

/** The log groups of every function that the API calls. */
export async function logGroupsOf(context: Context): Promise<readonly string[]> {
  const { methods, stageVariables } = apiOf(context);
  const called = new Set<string>();
  for (const { methodIntegration } of methods.values()) {
    const found = calledBy(methodIntegration?.uri ?? '', stageVariables);
    if (found !== undefined) called.add(found.functionName);
  }
  const groups = await Promise.all(
    [...called].map(async (name) => {
      const command = new GetFunctionConfigurationCommand({ FunctionName: name });
      const { LoggingConfig } = await context.clients.lambda.send(command);
      return LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`;
    }),
  );
  return [...new Set(groups)];
}

/** The ids of all calls that these log groups tell of, by the line that Lambda itself writes when a call begins. */
export async function startedCalls(context: Context, groups: readonly string[]): Promise<Set<string>> {
  const started = new Set<string>();
  for (const logGroupName of groups) {
    let nextToken: string | undefined;
    do {
      const page = await pageOf(context, logGroupName, nextToken);
      for (const { message = '' } of page?.events ?? []) {
        const id = startedBy(message);
        if (id !== undefined) started.add(id);
      }
      nextToken = page?.nextToken;
    } while (nextToken !== undefined);
  }
  return started;
}

async function pageOf({ clients }: Context, logGroupName: string, nextToken: string | undefined) {
  try {
    return await clients.logs.send(
      new FilterLogEventsCommand({ logGroupName, nextToken, startTime: Date.now() - back }),
    );
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** The call's id where a line is one that begins a call, as text or as JSON. */
export function startedBy(message: string): string | undefined {
  const [, id] = /^START RequestId: (\S+)/.exec(message) ?? [];
  if (id !== undefined || !message.startsWith('{')) return id;
  try {
    const { type, record } = members(JSON.parse(message));
    const { requestId } = members(record);
    return type === 'platform.start' && typeof requestId === 'string' ? requestId : undefined;
  } catch {
    return undefined;
  }
}
