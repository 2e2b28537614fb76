import {
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { parse } from 'yaml';
import type { Evidence } from '../../../grader/api.ts';
import { members } from '../../wording/members.ts';
import type { Context } from '../checks/context.ts';
import { stacks, transform, type StackName } from '../names.ts';

/** A part of a template. */
export type Tree = ReturnType<typeof members>;

/** A stack that is as its template says. */
export interface FoundStack {
  readonly name: string;
  readonly id: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  /** What CloudFormation has made of it. */
  readonly resources: readonly StackResource[];
  /** As the student wrote it; of the short form of a function (`!Ref X`) only the value is left. */
  readonly original: Tree;
  /** What SAM has made of it: plain CloudFormation. */
  readonly processed: Tree;
}
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
}

/** After the last of these the stack is what a template says: where an update failed, the one before. */
const complete = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE'];

/** The stack of this name or id; undefined where there is none. */
export async function findStack(context: Context, name: string): Promise<Stack | undefined> {
  try {
    const command = new DescribeStacksCommand({ StackName: name });
    const { Stacks: [stack] = [] } = await context.clients.cloudformation.send(command);
    return stack;
  } catch (error) {
    // CloudFormation has no error of its own for it: ValidationError, "Stack with id … does not exist".
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/** Waits until nothing moves in a stack. @returns undefined where there is none */
export async function settledStack(context: Context, name: string): Promise<Stack | undefined> {
  let last: Stack | undefined;
  await context.until('stack', async () => {
    last = await findStack(context, name);
    const status = last?.StackStatus ?? '';
    return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS' ? undefined : true;
  });
  return last;
}

/** Finds one of the student's stacks, or ends the check as failed. */
export async function deployedStack(context: Context, which: StackName): Promise<FoundStack> {
  const { text } = context;
  const name = context.name(stacks[which]);
  const application = stacks[which].slice('lab09-'.length);
  const stack = await settledStack(context, name);
  const status = stack?.StackStatus ?? '';
  if (stack?.StackId === undefined || status === 'REVIEW_IN_PROGRESS')
    return context.fail({ ...text.stack.missing(name, application), expected: name });
  if (!complete.includes(status))
    return context.fail({
      ...text.stack.incomplete(name, application),
      expected: complete.slice(0, 2).join(', '),
      actual: status,
      evidence: await failures(context, stack.StackId),
    });
  const [resources, original, processed] = await Promise.all([
    resourcesOf(context, stack.StackId),
    templateOf(context, stack.StackId, 'Original'),
    templateOf(context, stack.StackId, 'Processed'),
  ]);
  const found = {
    name,
    id: stack.StackId,
    outputs: pairs(stack.Outputs, ({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
    parameters: pairs(stack.Parameters, ({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue]),
    resources,
    original,
    processed,
  };
  const transforms = [original.Transform].flat();
  if (!transforms.includes(transform))
    return context.fail({ ...text.stack.noTransform(name), expected: `Transform: ${transform}` });
  return found;
}

/** The resources of a type, in the template's order. */
export const ofType = ({ resources }: Pick<FoundStack, 'resources'>, ...types: readonly string[]) =>
  resources.filter(({ type }) => types.includes(type));

export async function resourcesOf(context: Context, stackId: string): Promise<StackResource[]> {
  const found: StackResource[] = [];
  const pages = paginateListStackResources(
    { client: context.clients.cloudformation },
    { StackName: stackId },
  );
  for await (const { StackResourceSummaries = [] } of pages)
    for (const { LogicalResourceId, ResourceType, PhysicalResourceId } of StackResourceSummaries)
      found.push({
        logicalId: LogicalResourceId ?? '',
        type: ResourceType ?? '',
        physicalId: PhysicalResourceId ?? '',
      });
  return found;
}

async function templateOf(context: Context, id: string, stage: 'Original' | 'Processed'): Promise<Tree> {
  const command = new GetTemplateCommand({ StackName: id, TemplateStage: stage });
  const { TemplateBody: body = '{}' } = await context.clients.cloudformation.send(command);
  // The tags of CloudFormation's short forms are unknown to the reader, which is all the same here.
  return members(parse(body, { logLevel: 'silent', version: '1.1', merge: true, customTags: withoutDays }));
}

/** 2012-10-17 is a version of the policy language, not a day. */
const withoutDays = (tags: readonly unknown[]) =>
  tags.filter((tag) => typeof tag === 'string' || !String(members(tag).tag).endsWith(':timestamp')) as never;

/** What failed, the first first, in the words of CloudFormation. */
export async function failures(context: Context, stackId: string): Promise<Evidence[]> {
  const command = new DescribeStackEventsCommand({ StackName: stackId });
  const { StackEvents = [] } = await context.clients.cloudformation.send(command);
  return StackEvents.filter(({ ResourceStatus = '' }) => ResourceStatus.endsWith('_FAILED'))
    .reverse()
    .slice(0, 3)
    .map(({ LogicalResourceId = '', ResourceStatus = '', ResourceStatusReason = '' }) => ({
      label: `${LogicalResourceId} ${ResourceStatus}`,
      value: ResourceStatusReason,
    }));
}

function pairs<Item>(
  items: readonly Item[] = [],
  pairOf: (item: Item) => readonly [string | undefined, string | undefined],
): Record<string, string> {
  return Object.fromEntries(items.map(pairOf).map(([key = '', value = '']) => [key, value]));
}
