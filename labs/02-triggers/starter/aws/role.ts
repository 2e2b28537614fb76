import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  EntityAlreadyExistsException,
  GetRoleCommand,
  IAMClient,
  NoSuchEntityException,
  PutRolePolicyCommand,
  waitUntilRoleExists,
} from '@aws-sdk/client-iam';
import { managedPolicyArn, named } from './names.ts';

const iam = new IAMClient({});

/** One thing that a role allows. */
export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string;
}

/** Makes a role, or brings the one that is there into line. @returns its ARN */
export async function deployRole(
  name: string,
  service: 'lambda.amazonaws.com' | 'scheduler.amazonaws.com',
  statements: readonly Statement[],
): Promise<string> {
  const RoleName = named(`${name}-role`);
  const trust = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  try {
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy([trust]) }));
  } catch (error) {
    if (!(error instanceof EntityAlreadyExistsException)) throw error;
  }
  if (service === 'lambda.amazonaws.com') {
    // What lab 1 was about: write logs, and nothing more.
    const PolicyArn = managedPolicyArn('service-role/AWSLambdaBasicExecutionRole');
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  }
  const own = { RoleName, PolicyName: 'lab02' };
  if (statements.length > 0)
    await iam.send(new PutRolePolicyCommand({ ...own, PolicyDocument: policy(statements) }));
  else await iam.send(new DeleteRolePolicyCommand(own)).catch(unlessThereIsNone);
  // What was made is not to be seen everywhere at once: on a real account a read may come a moment too soon.
  const wait = { client: iam, maxWaitTime: 60, minDelay: 0.2, maxDelay: 2 }; // seconds
  await waitUntilRoleExists(wait, { RoleName });
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  if (Role?.Arn === undefined) throw new Error(`the role ${RoleName} has no ARN`);
  return Role.Arn;
}

const policy = (statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

function unlessThereIsNone(error: unknown): void {
  if (!(error instanceof NoSuchEntityException)) throw error;
}
