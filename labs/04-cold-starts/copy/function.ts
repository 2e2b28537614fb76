import {
  GetFunctionConfigurationCommand,
  ResourceNotFoundException,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda';
import type { CheckContext } from '../../../grader/api.ts';

/** What `GetFunctionConfiguration` says of a function. */
export type Configuration = FunctionConfiguration;
/** What looking at functions takes: checks and measurements have it alike. */
export type Platform = Pick<CheckContext<unknown>, 'clients' | 'until'>;

const unsettled = ({ State, LastUpdateStatus }: Configuration) =>
  State === 'Pending' || LastUpdateStatus === 'InProgress';

/** Waits until a function is neither being created nor updated; undefined if there is none. */
export async function settled(
  { clients, until }: Platform,
  name: string,
): Promise<Configuration | undefined> {
  let last: Configuration | undefined;
  await until('functionActive', async () => {
    last = await read(clients, name);
    return last === undefined || !unsettled(last) ? true : undefined;
  });
  return last;
}

async function read({ lambda }: Platform['clients'], name: string): Promise<Configuration | undefined> {
  try {
    return await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Where a function's log lines go. */
export const logGroupOf = ({ LoggingConfig, FunctionName = '' }: Configuration): string =>
  LoggingConfig?.LogGroup ?? `/aws/lambda/${FunctionName}`;
