import {
  ContinueUpdateRollbackCommand,
  DeleteStackCommand,
  type CloudFormationClient,
  type Stack,
  type StackEvent,
  type StackStatus,
} from '@aws-sdk/client-cloudformation';
import { ApplicationFailure } from './fault.ts';
import { eventsFromNow, followed } from './follow.ts';
import { isMoving, stackOf } from './stack.ts';

/** What is done about a stack that an earlier deployment has left half way. */
export type Mending =
  /** Something is under way, perhaps since a deployment that was ended: its end is waited for. */
  | 'waits'
  /** It was never complete, and CloudFormation changes no such stack. */
  | 'deletes'
  /** Its way back stopped half way. */
  | 'rollsBackOn';

export interface Readying {
  readonly onMending: (status: StackStatus, mending: Mending) => void;
  readonly onEvent: (event: StackEvent) => void;
}

/** Never complete: there is nothing to update, and only a deletion leads out. */
const dead: ReadonlySet<string> = new Set([
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'CREATE_FAILED',
  'DELETE_FAILED',
]);

/** The parameters whose values the stack has and a change set may keep: none where it has to be created anew. */
export async function parametersInStack(client: CloudFormationClient, name: string): Promise<string[]> {
  const { StackStatus: status = 'REVIEW_IN_PROGRESS', Parameters = [] } = (await stackOf(client, name)) ?? {};
  if (status === 'REVIEW_IN_PROGRESS' || dead.has(status)) return [];
  return Parameters.flatMap(({ ParameterKey: key }) => (key === undefined ? [] : [key]));
}

/**
 * Brings a stack to where a change set can be made for it.
 * @returns the stack to update, or undefined where one has to be created
 * @throws ApplicationFailure where it cannot be brought there
 */
export async function readyStack(
  client: CloudFormationClient,
  name: string,
  readying: Readying,
): Promise<Stack | undefined> {
  for (const tried = new Set<string>(); ;) {
    const stack = await stackOf(client, name);
    const status = stack?.StackStatus;
    // Only a change set that nobody ran: as `sam deploy` sees it, there is no stack yet.
    if (stack === undefined || status === undefined || status === 'REVIEW_IN_PROGRESS') return undefined;
    const mending = mendingOf(status);
    if (mending === undefined) return stack;
    if (mending !== 'waits' && tried.has(status))
      throw new ApplicationFailure({
        kind: 'stuck',
        stackStatus: status,
        message: stack.StackStatusReason ?? '',
      });
    tried.add(status);
    readying.onMending(status, mending);
    await mend(client, stack, mending, readying);
  }
}

function mendingOf(status: StackStatus): Mending | undefined {
  if (isMoving(status)) return 'waits';
  if (dead.has(status)) return 'deletes';
  return status === 'UPDATE_ROLLBACK_FAILED' ? 'rollsBackOn' : undefined;
}

async function mend(
  client: CloudFormationClient,
  { StackId: id = '' }: Stack,
  mending: Mending,
  { onEvent }: Readying,
): Promise<void> {
  const events = await eventsFromNow(client, id);
  if (mending === 'deletes') await client.send(new DeleteStackCommand({ StackName: id }));
  if (mending === 'rollsBackOn') await client.send(new ContinueUpdateRollbackCommand({ StackName: id }));
  await followed(client, id, events, onEvent, mending !== 'waits');
}
