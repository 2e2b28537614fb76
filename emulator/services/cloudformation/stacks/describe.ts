import type { Parameter, Stack, StackStatus, StackSummary } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../../service/call.ts';
import type { CloudFormationOperations } from '../client.ts';
import { noSuchStack } from '../failures.ts';
import { pageOf } from '../page.ts';
import type { Goal, StackRow, Tags } from '../rows.ts';
import type { StackStore } from '../store.ts';
import { find } from './found.ts';

type ListInput = Parameters<NonNullable<CloudFormationOperations['ListStacks']>>[0];
type DescribeInput = Parameters<NonNullable<CloudFormationOperations['DescribeStacks']>>[0];

/** `DescribeStacks` and `ListStacks`. */
export function describeOperations(store: StackStore) {
  return {
    DescribeStacks({ StackName: name, NextToken }: DescribeInput, call: Call) {
      if (name === undefined || name === '') {
        const there = store.stacks(call).filter(({ status }) => status !== 'DELETE_COMPLETE');
        const { page, next } = pageOf(there.reverse(), NextToken);
        return { Stacks: page.map(described), ...next };
      }
      const stack = find(store, call, name);
      if (stack === undefined) throw noSuchStack(name);
      return { Stacks: [described(stack)] };
    },
    ListStacks({ StackStatusFilter: statuses = [], NextToken }: ListInput, call: Call) {
      const wanted = (status: StackStatus): boolean => statuses.length === 0 || statuses.includes(status);
      const stacks = store.stacks(call).filter(({ status }) => wanted(status));
      const { page, next } = pageOf(stacks.reverse(), NextToken);
      return { StackSummaries: page.map(summarised), ...next };
    },
  } satisfies CloudFormationOperations;
}

const lastOperations = ({ lastOperation: last }: StackRow) =>
  last === undefined ? {} : { LastOperations: [{ OperationType: last.type, OperationId: last.id }] };

export const tagList = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** Parameters as callers see them: those that are to be hidden are. */
export const parameterList = ({ parameters }: Goal): Parameter[] =>
  parameters.map(({ key, value, resolved, noEcho }) => ({
    ParameterKey: key,
    ParameterValue: noEcho === true ? '****' : value,
    ...(resolved !== undefined && { ResolvedValue: noEcho === true ? '****' : resolved }),
  }));

function described(stack: StackRow): Stack {
  const { goal } = stack;
  return {
    StackId: stack.id,
    StackName: stack.name,
    ...(stack.changeSetId !== undefined && { ChangeSetId: stack.changeSetId }),
    ...(goal.description !== undefined && { Description: goal.description }),
    Parameters: parameterList(goal),
    CreationTime: new Date(stack.created),
    ...(stack.deleted !== undefined && { DeletionTime: new Date(stack.deleted) }),
    ...(stack.updated !== undefined && { LastUpdatedTime: new Date(stack.updated) }),
    RollbackConfiguration: {},
    StackStatus: stack.status,
    ...(stack.reason !== undefined && { StackStatusReason: stack.reason }),
    DisableRollback: stack.disableRollback,
    NotificationARNs: [...goal.notifications],
    ...(stack.timeoutMinutes !== undefined && { TimeoutInMinutes: stack.timeoutMinutes }),
    Capabilities: [...goal.capabilities] as Stack['Capabilities'],
    Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      ...(description !== undefined && { Description: description }),
      ...(exportName !== undefined && { ExportName: exportName }),
    })),
    ...(goal.roleArn !== undefined && { RoleARN: goal.roleArn }),
    Tags: tagList(goal.tags),
    EnableTerminationProtection: stack.protected,
    ...(stack.parentId !== undefined && { ParentId: stack.parentId }),
    ...(stack.rootId !== undefined && { RootId: stack.rootId }),
    ...(stack.retainExceptOnCreate !== undefined && { RetainExceptOnCreate: stack.retainExceptOnCreate }),
    DriftInformation: {
      StackDriftStatus: stack.drift?.status ?? 'NOT_CHECKED',
      ...(stack.drift !== undefined && { LastCheckTimestamp: new Date(stack.drift.at) }),
    },
    ...lastOperations(stack),
  };
}

function summarised(stack: StackRow): StackSummary {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ...(stack.goal.description !== undefined && { TemplateDescription: stack.goal.description }),
    CreationTime: new Date(stack.created),
    ...(stack.deleted !== undefined && { DeletionTime: new Date(stack.deleted) }),
    ...(stack.updated !== undefined && { LastUpdatedTime: new Date(stack.updated) }),
    StackStatus: stack.status,
    ...(stack.reason !== undefined && { StackStatusReason: stack.reason }),
    ...(stack.parentId !== undefined && { ParentId: stack.parentId }),
    ...(stack.rootId !== undefined && { RootId: stack.rootId }),
    DriftInformation: {
      StackDriftStatus: stack.drift?.status ?? 'NOT_CHECKED',
      ...(stack.drift !== undefined && { LastCheckTimestamp: new Date(stack.drift.at) }),
    },
    ...lastOperations(stack),
  };
}
