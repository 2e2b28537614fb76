import type { OperationEvent, StackEvent } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import type { CloudFormationOperations } from '../client.ts';
import { invalid } from '../failures.ts';
import { pageOf } from '../page.ts';
import type { EventRow, StackRow } from '../rows.ts';
import { find } from '../stacks/found.ts';
import type { StackStore } from '../store.ts';

type Input<Name extends keyof CloudFormationOperations> = Parameters<
  NonNullable<CloudFormationOperations[Name]>
>[0];

/** `DescribeStackEvents` and `DescribeEvents`: newest first. */
export function eventOperations(store: StackStore) {
  const stackOf = (call: Call, name: string): StackRow => {
    const stack = find(store, call, name);
    if (stack === undefined) throw invalid(`Stack [${name}] does not exist`);
    return stack;
  };
  return {
    DescribeStackEvents(input: Input<'DescribeStackEvents'>, call: Call) {
      const stack = stackOf(call, required(input.StackName, 'StackName'));
      const { page, next } = pageOf([...store.events(call, stack.id)].reverse(), input.NextToken);
      return { StackEvents: page.map((event) => shownEvent(stack, event)), ...next };
    },
    DescribeEvents(input: Input<'DescribeEvents'>, call: Call) {
      const named = input.StackName ?? stackWith(store, call, input.OperationId);
      const stack = stackOf(call, required(named, 'StackName'));
      const events = store
        .events(call, stack.id)
        .filter(({ operation }) => input.OperationId === undefined || operation === input.OperationId)
        .filter(({ status }) => input.Filters?.FailedEvents !== true || status.endsWith('FAILED'));
      const { page, next } = pageOf([...events].reverse(), input.NextToken);
      return { OperationEvents: page.map((event) => shownOperationEvent(stack, event)), ...next };
    },
  } satisfies CloudFormationOperations;
}

function stackWith(store: StackStore, call: Call, operation: string | undefined): string | undefined {
  return store
    .stacks(call)
    .find(({ id }) => store.events(call, id).some((event) => event.operation === operation))?.id;
}

const common = (stack: StackRow, event: EventRow) => ({
  StackId: stack.id,
  EventId: event.id,
  ...(event.operation !== '' && { OperationId: event.operation }),
  LogicalResourceId: event.logicalId,
  PhysicalResourceId: event.physicalId ?? '',
  ResourceType: event.type,
  Timestamp: new Date(event.at),
  // What a stack is while it is looked over is no status of a resource's; AWS has it here nevertheless.
  ResourceStatus: event.status as StackEvent['ResourceStatus'],
  ...(event.reason !== undefined && { ResourceStatusReason: event.reason }),
  ...(event.properties !== undefined && { ResourceProperties: event.properties }),
  ...(event.clientToken !== undefined && { ClientRequestToken: event.clientToken }),
});

const shownEvent = (stack: StackRow, event: EventRow): StackEvent => ({
  StackName: stack.name,
  ...common(stack, event),
});

const shownOperationEvent = (stack: StackRow, event: EventRow): OperationEvent => ({
  ...common(stack, event),
  EventType:
    event.type === 'AWS::CloudFormation::Stack' && event.physicalId === stack.id
      ? 'STACK_EVENT'
      : 'PROGRESS_EVENT',
});
