import {
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { listed } from '../../wording/wording.ts';
import { withCopy, type Copy } from '../copy/stack-copy.ts';
import { addressIn } from '../found/address.ts';
import { failures, ofType, type FoundStack, type StackResource } from '../found/stack.ts';
import { probes } from '../names.ts';
import type { Context, LabCheck } from './context.ts';
import { packedInTime, placed } from './orders.ts';

const removal: LabCheck = {
  id: 'removal',
  title: (text) => text.removal.title,
  points: 10,
  needs: ['orders'],
  verifiedOn: ['embedded'],
  hints: (text) => text.removal.hints,
  async run(context) {
    const found = context.from<FoundStack>('orders');
    await withCopy(context, found, context.name(probes.removal), (copy) =>
      usedAndRemoved(context, found, copy),
    );
  },
};

async function usedAndRemoved(context: Context, found: FoundStack, copy: Copy): Promise<void> {
  const { removal: text } = context.text;
  const used = { ...found, ...copy, name: found.name };
  // A function that was called has written a log; that is what is left of many a stack.
  const base = addressIn(context, used, 'OrdersUrl');
  const id = await placed(context, used, base, Date.now());
  await packedInTime(context, base, id);
  const stack = await copy.remove();
  if (stack !== undefined && stack.StackStatus !== 'DELETE_COMPLETE')
    context.fail({
      ...text.failed,
      expected: 'DELETE_COMPLETE',
      actual: stack.StackStatus ?? '',
      evidence: await failures(context, copy.id),
    });
  const kept = await keptOf(context, copy);
  if (kept.length > 0) {
    await Promise.all(kept.map((resource) => discard(context, resource)));
    const names = kept.map(({ logicalId }) => logicalId);
    context.fail({
      ...text.kept(listed(context.text, names)),
      actual: kept.map(({ type }) => type).join(', '),
    });
  }
  let groups: readonly string[] = [];
  // A list may tell for a while what is no longer there.
  await context.until('deployment', async () => {
    groups = await groupsOfFunctions(context, copy);
    return groups.length === 0 || undefined;
  });
  if (groups.length === 0) return;
  for (const logGroupName of groups)
    await context.clients.logs.send(new DeleteLogGroupCommand({ logGroupName }));
  context.fail({ ...text.logGroup(groups.length), actual: groups.join(', ') });
}

/** What CloudFormation has left on purpose: `DeletionPolicy: Retain`. */
async function keptOf(context: Context, { id }: Copy): Promise<StackResource[]> {
  const kept: StackResource[] = [];
  const pages = paginateListStackResources({ client: context.clients.cloudformation }, { StackName: id });
  for await (const { StackResourceSummaries = [] } of pages)
    for (const one of StackResourceSummaries)
      if (one.ResourceStatus !== 'DELETE_COMPLETE')
        kept.push({
          logicalId: one.LogicalResourceId ?? '',
          type: one.ResourceType ?? '',
          physicalId: one.PhysicalResourceId ?? '',
        });
  return kept;
}

/** Groups that Lambda has made by itself: CloudFormation knows nothing of them. */
async function groupsOfFunctions(context: Context, copy: Copy): Promise<string[]> {
  const left: string[] = [];
  for (const { physicalId } of ofType(copy, 'AWS::Lambda::Function')) {
    const name = `/aws/lambda/${physicalId}`;
    const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: name });
    const { logGroups = [] } = await context.clients.logs.send(command);
    if (logGroups.some(({ logGroupName }) => logGroupName === name)) left.push(name);
  }
  return left;
}

/** What the copy has left is the grader's to take away. */
async function discard({ clients }: Context, { type, physicalId }: StackResource): Promise<void> {
  if (type === 'AWS::DynamoDB::Table')
    await clients.dynamodb.send(new DeleteTableCommand({ TableName: physicalId }));
  if (type === 'AWS::SQS::Queue') await clients.sqs.send(new DeleteQueueCommand({ QueueUrl: physicalId }));
  if (type === 'AWS::Logs::LogGroup')
    await clients.logs
      .send(new DeleteLogGroupCommand({ logGroupName: physicalId }))
      .catch((error: unknown) => {
        if (!(error instanceof ResourceNotFoundException)) throw error;
      });
}

export const removalChecks = { removal };
