import { DeleteLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { DeleteFunctionCommand, GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { Pool } from '../../grader/targets/clients/pool.ts';

/** Full names, prefix included: the only ones that are ever touched. */
export interface NamedResources {
  readonly functions: readonly string[];
  readonly roles: readonly string[];
  readonly logGroups: readonly string[];
}
export interface Removed {
  readonly kind: 'function' | 'logGroup' | 'role';
  readonly name: string;
}

const absent = new Set(['ResourceNotFoundException', 'NoSuchEntityException', 'NoSuchEntity']);

/** What a call answers, or undefined where the resource is not there. */
async function ifThere<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && absent.has(error.name)) return undefined;
    throw error;
  }
}

/** Removes functions, then their groups, then their roles. @returns what was there and is removed */
export async function removeResources(pool: Pool, resources: NamedResources): Promise<Removed[]> {
  const [lambda, logs, iam] = await Promise.all([pool.load('lambda'), pool.load('logs'), pool.load('iam')]);
  const removed: Removed[] = [];
  for (const name of resources.functions) {
    // AWS answers a deletion of nothing with success in places, so look first: only what was there is reported.
    if (
      (await ifThere(lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name })))) === undefined
    )
      continue;
    await ifThere(lambda.send(new DeleteFunctionCommand({ FunctionName: name })));
    removed.push({ kind: 'function', name });
  }
  for (const name of resources.logGroups) {
    if ((await ifThere(logs.send(new DeleteLogGroupCommand({ logGroupName: name })))) !== undefined)
      removed.push({ kind: 'logGroup', name });
  }
  for (const name of resources.roles) {
    if ((await ifThere(iam.send(new GetRoleCommand({ RoleName: name })))) === undefined) continue;
    const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: name }));
    for (const { PolicyArn } of attached.AttachedPolicies ?? [])
      await iam.send(new DetachRolePolicyCommand({ RoleName: name, PolicyArn }));
    const inline = await iam.send(new ListRolePoliciesCommand({ RoleName: name }));
    for (const PolicyName of inline.PolicyNames ?? [])
      await iam.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName }));
    await iam.send(new DeleteRoleCommand({ RoleName: name }));
    removed.push({ kind: 'role', name });
  }
  return removed;
}

/** What of these is still on the target, found by asking for it. */
export async function leftOf(pool: Pool, resources: NamedResources): Promise<Removed[]> {
  const [lambda, logs, iam] = await Promise.all([pool.load('lambda'), pool.load('logs'), pool.load('iam')]);
  const left: Removed[] = [];
  for (const name of resources.functions)
    if (
      (await ifThere(lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name })))) !== undefined
    )
      left.push({ kind: 'function', name });
  for (const name of resources.logGroups) {
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    if (logGroups.some((group) => group.logGroupName === name)) left.push({ kind: 'logGroup', name });
  }
  for (const name of resources.roles)
    if ((await ifThere(iam.send(new GetRoleCommand({ RoleName: name })))) !== undefined)
      left.push({ kind: 'role', name });
  return left;
}
