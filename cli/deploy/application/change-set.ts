import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
  type Change,
  type CloudFormationClient,
  type CreateChangeSetInput,
  type ResourceChange,
} from '@aws-sdk/client-cloudformation';
import { ApplicationFailure } from './fault.ts';
import { lookUntil } from './pace.ts';
import { stackOf } from './stack.ts';

/** A change set that waits to be run. */
export interface ReadyChangeSet {
  readonly id: string;
  readonly stackId: string;
  readonly changes: readonly ResourceChange[];
}

/** How CloudFormation says that a change set is empty: both sentences are in use. */
const nothingToDo = /didn't contain changes|No updates are to be performed/;

/** The prefix of the SAM CLI, so that a person sees who has made it. */
export const changeSetName = (now: Date): string => `coldstart-${String(now.getTime())}`;

/**
 * Makes a change set and waits until CloudFormation has worked it out.
 * @returns undefined where nothing would change
 * @throws ApplicationFailure where CloudFormation does not take it
 */
export async function makeChangeSet(
  client: CloudFormationClient,
  input: CreateChangeSetInput,
): Promise<ReadyChangeSet | undefined> {
  const { Id: id = '', StackId: stackId = '' } = await client
    .send(new CreateChangeSetCommand(input))
    .catch((error: unknown) => {
      throw refused(error);
    });
  const described = await lookUntil(async () => {
    const answer = await client.send(new DescribeChangeSetCommand({ ChangeSetName: id }));
    return answer.Status?.endsWith('_PENDING') === true || answer.Status?.endsWith('_IN_PROGRESS') === true
      ? undefined
      : answer;
  });
  if (described.Status === 'CREATE_COMPLETE')
    return { id, stackId, changes: await allChanges(client, id, described.Changes, described.NextToken) };
  const reason = described.StatusReason ?? '';
  await withdrawChangeSet(client, { id, stackId });
  if (nothingToDo.test(reason)) return undefined;
  throw new ApplicationFailure({ kind: 'refused', message: reason });
}

/** Removes a change set that is not run, and the stack that CloudFormation made for it alone. */
export async function withdrawChangeSet(
  client: CloudFormationClient,
  { id, stackId }: Pick<ReadyChangeSet, 'id' | 'stackId'>,
): Promise<void> {
  await client.send(new DeleteChangeSetCommand({ ChangeSetName: id }));
  if ((await stackOf(client, stackId))?.StackStatus !== 'REVIEW_IN_PROGRESS') return;
  // Somebody else's change set may wait there to be looked at.
  const { Summaries: others = [] } = await client.send(new ListChangeSetsCommand({ StackName: stackId }));
  if (others.every(({ ChangeSetId }) => ChangeSetId === id))
    await client.send(new DeleteStackCommand({ StackName: stackId }));
}

async function allChanges(
  client: CloudFormationClient,
  id: string,
  first: readonly Change[] = [],
  token: string | undefined,
): Promise<ResourceChange[]> {
  const changes = [...first];
  for (let next = token; next !== undefined;) {
    const page = await client.send(new DescribeChangeSetCommand({ ChangeSetName: id, NextToken: next }));
    changes.push(...(page.Changes ?? []));
    next = page.NextToken;
  }
  return changes.flatMap(({ ResourceChange }) => (ResourceChange === undefined ? [] : [ResourceChange]));
}

export async function runChangeSet(client: CloudFormationClient, id: string): Promise<void> {
  await client.send(new ExecuteChangeSetCommand({ ChangeSetName: id })).catch((error: unknown) => {
    throw refused(error);
  });
}

/** CloudFormation's own words; what is no answer of it stays as it is. */
function refused(error: unknown): unknown {
  const said = ['ValidationError', 'InsufficientCapabilitiesException', 'LimitExceededException'];
  return error instanceof Error && said.includes(error.name)
    ? new ApplicationFailure({ kind: 'refused', message: error.message })
    : error;
}
