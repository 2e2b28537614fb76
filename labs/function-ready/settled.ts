import { GetFunctionConfigurationCommand, type FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { CheckContext } from '../../grader/api.ts';
import { ifThere } from '../aws-errors/named.ts';

/** What looking at functions takes: checks and measurements have it alike. */
export type Platform = Pick<CheckContext<unknown>, 'clients' | 'until'>;

/** Waits until a function is neither being created nor updated: what it is then, or at the deadline; undefined if there is none. */
export async function settled(
  { clients: { lambda }, until }: Platform,
  name: string,
): Promise<FunctionConfiguration | undefined> {
  let last: FunctionConfiguration | undefined;
  await until('functionActive', async () => {
    const asked = lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    last = await ifThere(asked, 'ResourceNotFoundException');
    return last?.State === 'Pending' || last?.LastUpdateStatus === 'InProgress' ? undefined : true;
  });
  return last;
}
