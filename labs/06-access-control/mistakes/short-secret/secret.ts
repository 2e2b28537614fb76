/* The secret that tokens are signed with. It stands in no file. */
import { randomBytes } from 'node:crypto';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

/**
 * The secret that the function has in its environment, or a new one where there is none yet: a new one with each
 * deployment would make every token that is out there worthless.
 */
export async function secretOf(functionName: string): Promise<string> {
  return (await kept(functionName)) ?? randomBytes(4).toString('base64url');
}

async function kept(functionName: string): Promise<string | undefined> {
  try {
    const { Environment } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: functionName }),
    );
    return Environment?.Variables?.TOKEN_SECRET;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
