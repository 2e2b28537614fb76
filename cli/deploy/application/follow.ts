import {
  DescribeStackEventsCommand,
  type CloudFormationClient,
  type Stack,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import type { FailedResource } from './fault.ts';
import { lookUntil } from './pace.ts';
import { isMoving, stackOf } from './stack.ts';

/** A stack's events that nobody has seen yet. */
export interface Events {
  /** What has happened since the last call, the oldest first. */
  next(): Promise<StackEvent[]>;
  /** What failed first since this began. */
  readonly firstFailed: FailedResource | undefined;
  /** The stack itself has had an event since this began. */
  readonly begun: boolean;
}

/** Reads the events of a stack from now on. @param stackId also a deleted stack is found by it */
export async function eventsFromNow(client: CloudFormationClient, stackId: string): Promise<Events> {
  const seen = new Set<string>();
  let firstFailed: FailedResource | undefined;
  let begun = false;
  const read = async (): Promise<StackEvent[]> => {
    const found: StackEvent[] = [];
    let token: string | undefined;
    do {
      const { StackEvents = [], NextToken } = await client.send(
        new DescribeStackEventsCommand({ StackName: stackId, NextToken: token }),
      );
      const fresh = StackEvents.filter(({ EventId: id = '' }) => !seen.has(id));
      found.push(...fresh);
      // Events come newest first: a page with one that is known is followed by known ones only.
      token = fresh.length === StackEvents.length ? NextToken : undefined;
    } while (token !== undefined);
    for (const { EventId: id = '' } of found) seen.add(id);
    return found.reverse();
  };
  await read();
  return {
    get firstFailed() {
      return firstFailed;
    },
    get begun() {
      return begun;
    },
    async next() {
      const events = await read();
      for (const event of events) {
        firstFailed ??= failureIn(event, stackId);
        begun ||= event.PhysicalResourceId === stackId;
      }
      return events;
    },
  };
}

/** What CloudFormation says of resources that it stopped because another failed. */
const becauseOfAnother = /^Resource (?:creation|update|deletion) cancelled/i;

function failureIn(event: StackEvent, stackId: string): FailedResource | undefined {
  const { ResourceStatus: status = '', ResourceStatusReason: reason = '' } = event;
  if (!status.endsWith('_FAILED') || event.PhysicalResourceId === stackId || becauseOfAnother.test(reason))
    return undefined;
  return { logicalId: event.LogicalResourceId ?? '', type: event.ResourceType ?? '', status, reason };
}

/**
 * Tells each event until the stack rests.
 * @param begins what was asked for may not have begun yet: then a stack at rest is one that has not moved
 * @returns the stack as it is then
 */
export function followed(
  client: CloudFormationClient,
  stackId: string,
  events: Events,
  onEvent: (event: StackEvent) => void,
  begins: boolean,
): Promise<Stack> {
  return lookUntil(async () => {
    // Asked before its events, so that none of the last ones is missed.
    const stack = await stackOf(client, stackId);
    const fresh = await events.next();
    fresh.forEach(onEvent);
    if (stack !== undefined && !isMoving(stack.StackStatus) && (!begins || events.begun)) return stack;
    return fresh.length > 0 ? ('moved' as const) : undefined;
  });
}
