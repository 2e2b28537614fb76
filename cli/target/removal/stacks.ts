import {
  DeleteStackCommand,
  paginateListStackResources,
  waitUntilStackDeleteComplete,
  type CloudFormationClient,
  paginateDescribeStacks,
} from '@aws-sdk/client-cloudformation';
import { stackOf } from '../../deploy/application/stack.ts';
import type { Pool } from '../../../grader/targets/clients/pool.ts';
import { removal as bucket } from './buckets.ts';
import { removal as logGroup } from './log-groups.ts';
import type { Removal } from './removal.ts';

/** Physical ids of a stack's resources, by type. */
type Made = ReadonlyMap<string, readonly string[]>;

/**
 * A stack with all that it has made. CloudFormation deletes no bucket that holds something, and knows nothing of the
 * log groups that Lambda makes by itself: both are seen to here.
 */
export const removal: Removal = {
  async there(pool, name) {
    return (await stackOf(await pool.load('cloudformation'), name)) !== undefined;
  },
  async remove(pool, name) {
    const client = await pool.load('cloudformation');
    const stack = await stackOf(client, name);
    if (stack?.StackId === undefined) return;
    const made = await resourcesOf(client, stack.StackId);
    await emptied(pool, made);
    await client.send(new DeleteStackCommand({ StackName: stack.StackId }));
    await waitUntilStackDeleteComplete(
      { client, maxWaitTime: 600, minDelay: 0.2, maxDelay: 4 },
      { StackName: stack.StackId },
    );
    for (const functionName of made.get('AWS::Lambda::Function') ?? [])
      await logGroup.remove(pool, `/aws/lambda/${functionName}`);
  },
  async *list(pool) {
    for await (const page of paginateDescribeStacks({ client: await pool.load('cloudformation') }, {}))
      for (const { StackName } of page.Stacks ?? []) yield StackName;
  },
};

async function resourcesOf(client: CloudFormationClient, id: string): Promise<Made> {
  const made = new Map<string, string[]>();
  for await (const page of paginateListStackResources({ client }, { StackName: id }))
    for (const { ResourceType: type = '', PhysicalResourceId: physical } of page.StackResourceSummaries ?? [])
      if (physical !== undefined) made.set(type, [...(made.get(type) ?? []), physical]);
  return made;
}

/** Deletes the buckets themselves: CloudFormation takes one that is gone for deleted. */
async function emptied(pool: Pool, made: Made): Promise<void> {
  for (const name of made.get('AWS::S3::Bucket') ?? [])
    if (await bucket.there(pool, name)) await bucket.remove(pool, name);
}
