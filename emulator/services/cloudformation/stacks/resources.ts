import type {
  StackResource,
  StackResourceDetail,
  StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import type { Call } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import type { CloudFormationOperations } from '../client.ts';
import { invalid, noSuchStack } from '../failures.ts';
import { pageOf } from '../page.ts';
import type { ResourceRow, StackRow } from '../rows.ts';
import type { StackStore } from '../store.ts';
import { find } from './found.ts';

type Input<Name extends keyof CloudFormationOperations> = Parameters<
  NonNullable<CloudFormationOperations[Name]>
>[0];

/** `DescribeStackResource`, `DescribeStackResources` and `ListStackResources`. */
export function resourceOperations(store: StackStore) {
  const stackOf = (call: Call, name: string): StackRow => {
    const stack = find(store, call, name);
    if (stack === undefined)
      throw name.startsWith('arn:') ? noSuchStack(name) : invalid(`Stack '${name}' does not exist`);
    return stack;
  };
  return {
    DescribeStackResource(input: Input<'DescribeStackResource'>, call: Call) {
      const stack = stackOf(call, required(input.StackName, 'StackName'));
      const id = required(input.LogicalResourceId, 'LogicalResourceId');
      const row = store.resource(call, stack.id, id);
      if (row === undefined) throw invalid(`Resource ${id} does not exist for stack ${stack.name}`);
      return { StackResourceDetail: detailed(stack, row) };
    },
    DescribeStackResources(input: Input<'DescribeStackResources'>, call: Call) {
      const { PhysicalResourceId: physical, LogicalResourceId: logical } = input;
      if (input.StackName === undefined && physical === undefined)
        throw invalid(
          '1 validation error detected: Either StackName or PhysicalResourceId must be specified',
        );
      if (input.StackName !== undefined && physical !== undefined)
        throw invalid('You cannot specify both StackName and PhysicalResourceId.');
      const stack =
        input.StackName === undefined
          ? holderOf(store, call, physical ?? '')
          : stackOf(call, input.StackName);
      const rows = store
        .resources(call, stack.id)
        .filter((row) => logical === undefined || row.logicalId === logical);
      if (logical !== undefined && rows.length === 0)
        throw invalid(`Resource ${logical} does not exist for stack ${stack.name}`);
      return { StackResources: rows.slice(0, 100).map((row) => shownResource(stack, row)) };
    },
    ListStackResources(input: Input<'ListStackResources'>, call: Call) {
      const stack = stackOf(call, required(input.StackName, 'StackName'));
      const { page, next } = pageOf(store.resources(call, stack.id), input.NextToken);
      return { StackResourceSummaries: page.map(summarised), ...next };
    },
  } satisfies CloudFormationOperations;
}

function holderOf(store: StackStore, call: Call, physicalId: string): StackRow {
  const stack = store
    .stacks(call)
    .find(
      ({ id, status }) =>
        status !== 'DELETE_COMPLETE' &&
        store.resources(call, id).some((row) => row.physicalId === physicalId && row.live !== undefined),
    );
  if (stack === undefined) throw invalid(`Stack for ${physicalId} does not exist`);
  return stack;
}

const driftOf = ({ drift }: ResourceRow) => ({
  DriftInformation: {
    StackResourceDriftStatus: drift?.status ?? ('NOT_CHECKED' as const),
    ...(drift !== undefined && { LastCheckTimestamp: new Date(drift.at) }),
  },
});

const common = (row: ResourceRow) => ({
  LogicalResourceId: row.logicalId,
  ...(row.physicalId !== undefined && { PhysicalResourceId: row.physicalId }),
  ResourceType: row.type,
  ResourceStatus: row.status,
  ...(row.reason !== undefined && { ResourceStatusReason: row.reason }),
  ...driftOf(row),
});

function shownResource(stack: StackRow, row: ResourceRow): StackResource {
  return { StackName: stack.name, StackId: stack.id, ...common(row), Timestamp: new Date(row.at) };
}

function detailed(stack: StackRow, row: ResourceRow): StackResourceDetail {
  return {
    StackName: stack.name,
    StackId: stack.id,
    ...common(row),
    LastUpdatedTimestamp: new Date(row.at),
    Metadata: JSON.stringify(row.live?.metadata ?? {}),
  };
}

function summarised(row: ResourceRow): StackResourceSummary {
  return { ...common(row), LastUpdatedTimestamp: new Date(row.at) };
}
