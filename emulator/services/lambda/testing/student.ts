import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, LambdaClient, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda';
import { account } from './small-cloud.ts';

/** What every SDK client in these tests is made with. */
export const clientSettings = (origin: string, secretAccessKey = 'secret') => ({
  endpoint: origin,
  region: 'us-east-1',
  credentials: { accessKeyId: account, secretAccessKey },
  maxAttempts: 1,
});

/** A cloud that listens, its Lambda client, and a role that Lambda may assume. */
export interface Student {
  readonly lambda: LambdaClient;
  readonly Role: string;
  /** Makes a function of a package and waits until it is active. */
  readonly make: (FunctionName: string, code: Uint8Array, more?: object) => Promise<void>;
}

/**
 * @param origin where a cloud listens
 * @param secret of the account's key, where the cloud verifies signatures
 */
export async function studentAt(origin: string, secret?: string): Promise<Student> {
  const trust = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  };
  const iam = new IAMClient(clientSettings(origin, secret));
  const made = await iam.send(
    new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  iam.destroy();
  const Role = made.Role?.Arn ?? '';
  const lambda = new LambdaClient(clientSettings(origin, secret));
  return {
    lambda,
    Role,
    make: async (FunctionName, ZipFile, more = {}) => {
      await lambda.send(new CreateFunctionCommand({ FunctionName, ...basics(Role, ZipFile), ...more }));
      await waitUntilFunctionActiveV2(patience(lambda), { FunctionName });
    },
  };
}

/** What a function of a package needs at least. */
export const basics = (Role: string, ZipFile: Uint8Array) => ({
  Runtime: 'nodejs24.x' as const,
  Role,
  Handler: 'index.handler',
  Code: { ZipFile },
});

/** How long the SDK's waiters wait, in seconds. */
export const patience = (client: LambdaClient) => ({ client, maxWaitTime: 20, minDelay: 1, maxDelay: 1 });

/** What the SDK throws where a call is refused. */
export async function refusal(sent: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await sent;
  } catch (error) {
    return error as Record<string, unknown>;
  }
  throw new Error('it was not refused');
}
