import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import type { CreateRoleCommandOutput } from '@aws-sdk/client-iam';
import { startCloud } from '../../start.ts';
import type { RunningCloud } from '../../start.ts';

/** The account that the tests of IAM act in. */
export const account = '111122223333';
export const basicExecution = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

/** A running cloud with a client of IAM, for tests. */
export interface TrialIam {
  readonly running: RunningCloud;
  readonly iam: IAMClient;
  clientOf(accessKeyId: string, region?: string): IAMClient;
  /** Makes a role that Lambda may take. */
  create(name: string, more?: object): Promise<CreateRoleCommandOutput>;
  stop(): Promise<void>;
}

export async function trialIam(): Promise<TrialIam> {
  const running = await startCloud({ port: 0, home: 'unused', ephemeral: true });
  const clientOf = (accessKeyId: string, region = 'us-east-1'): IAMClient =>
    new IAMClient({
      region,
      endpoint: running.origin,
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey: 'x' },
    });
  const iam = clientOf(account);
  return {
    running,
    iam,
    clientOf,
    create: (RoleName, more = {}) =>
      iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: lambdaTrust, ...more })),
    stop: async () => {
      iam.destroy();
      await running.stop();
    },
  };
}

/** A trust policy. */
export const trusting = (Principal: object | string, more: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more }],
  });
export const lambdaTrust = trusting({ Service: 'lambda.amazonaws.com' });

/** An identity policy of one statement. */
export const allowing = (Action: string | string[], Resource: string | string[] = '*'): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });
