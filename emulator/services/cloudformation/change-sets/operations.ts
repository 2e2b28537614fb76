import type {
  ChangeSetSummary,
  DescribeChangeSetOutput,
  ResourceChange,
} from '@aws-sdk/client-cloudformation';
import type { Call } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import type { CloudFormationOperations } from '../client.ts';
import type { Engine } from '../engine/engine.ts';
import { changeSetStatus, noStackNamed } from '../failures.ts';
import { pageOf } from '../page.ts';
import type { ChangeSetRow, OperationRow } from '../rows.ts';
import { makerOf } from '../stacks/acting.ts';
import { beginCreate, beginUpdate } from '../stacks/begin.ts';
import { parameterList, tagList } from '../stacks/describe.ts';
import { changeable, checkUpdatable, find } from '../stacks/found.ts';
import { changeSetNamed } from './found.ts';

type Input<Name extends keyof CloudFormationOperations> = Parameters<
  NonNullable<CloudFormationOperations[Name]>
>[0];

/** Operations on change sets that are there. */
export function changeSetOperations(engine: Engine) {
  const { cloud, store } = engine.parts;
  return {
    DescribeChangeSet(input: Input<'DescribeChangeSet'>, call: Call) {
      return described(changeSetNamed(store, call, input), input.NextToken);
    },
    ListChangeSets(input: Input<'ListChangeSets'>, call: Call) {
      const name = required(input.StackName, 'StackName');
      const stack = find(store, call, name);
      if (stack === undefined) throw noStackNamed(name);
      const { page, next } = pageOf(store.changeSets(call, stack.id), input.NextToken);
      return { Summaries: page.map(summarised), ...next };
    },
    DeleteChangeSet(input: Input<'DeleteChangeSet'>, call: Call) {
      const row = changeSetNamed(store, call, input);
      if (row.execution === 'EXECUTE_IN_PROGRESS')
        throw changeSetStatus(`ChangeSet [${row.id}] cannot be deleted in status [${row.execution}]`);
      store.deleteChangeSet(call, row.id);
      store.sweepTemplates(call);
      return {};
    },
    async ExecuteChangeSet(input: Input<'ExecuteChangeSet'>, call: Call) {
      const named = changeSetNamed(store, call, input);
      const principal = await makerOf(cloud, call, named.goal.roleArn);
      const row = changeSetNamed(store, call, { ChangeSetName: named.id });
      checkExecutable(row);
      const stack = changeable(store, call, row.stackId);
      const how = {
        principal,
        cause: call.trail,
        clientToken: input.ClientRequestToken,
        retainExceptOnCreate: input.RetainExceptOnCreate,
        onFailure: onFailureOf(row, input.DisableRollback),
      };
      const changed = { ...stack, changeSetId: row.id };
      if (stack.status === 'REVIEW_IN_PROGRESS')
        beginCreate(
          engine,
          call,
          { ...changed, goal: row.goal, disableRollback: how.onFailure === 'DO_NOTHING' },
          how,
        );
      else {
        checkUpdatable(stack);
        beginUpdate(engine, call, changed, row.goal, how);
      }
      store.setChangeSet(call, { ...row, execution: 'EXECUTE_IN_PROGRESS' });
      return {};
    },
  } satisfies CloudFormationOperations;
}

function checkExecutable({ id, status, execution }: ChangeSetRow): void {
  if (status !== 'CREATE_COMPLETE')
    throw changeSetStatus(`ChangeSet [${id}] cannot be executed in its current status of [${status}]`);
  if (execution !== 'AVAILABLE')
    throw changeSetStatus(
      `ChangeSet [${id}] cannot be executed in its current execution status of [${execution}]`,
    );
}

function onFailureOf(
  { onStackFailure, type }: ChangeSetRow,
  disableRollback: boolean | undefined,
): OperationRow['onFailure'] {
  if (disableRollback === true) return 'DO_NOTHING';
  // What is updated is not deleted because of it.
  if (onStackFailure === 'DELETE' && type === 'UPDATE') return 'ROLLBACK';
  return onStackFailure ?? 'ROLLBACK';
}

const common = (row: ChangeSetRow) => ({
  ChangeSetId: row.id,
  ChangeSetName: row.name,
  StackId: row.stackId,
  StackName: row.stackName,
  CreationTime: new Date(row.created),
  ExecutionStatus: row.execution,
  Status: row.status,
  ...(row.reason !== undefined && { StatusReason: row.reason }),
  ...(row.description !== undefined && { Description: row.description }),
  IncludeNestedStacks: row.includeNested,
});

const summarised = (row: ChangeSetRow): ChangeSetSummary => common(row);

function described(row: ChangeSetRow, token: string | undefined): DescribeChangeSetOutput {
  const { page, next } = pageOf(row.changes, token);
  return {
    ...common(row),
    Parameters: parameterList(row.goal),
    NotificationARNs: [...row.goal.notifications],
    RollbackConfiguration: {},
    Capabilities: [...row.goal.capabilities] as DescribeChangeSetOutput['Capabilities'],
    Tags: tagList(row.goal.tags),
    Changes: page.map((change) => ({
      Type: 'Resource',
      ResourceChange: JSON.parse(change) as ResourceChange,
    })),
    ...(row.onStackFailure !== undefined && { OnStackFailure: row.onStackFailure }),
    ...next,
  };
}
