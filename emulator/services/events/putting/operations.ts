import type { PutEventsRequestEntry, PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import type { Call } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import { takesFrom } from '../buses/permissions.ts';
import type { EventBridgeOperations } from '../client.ts';
import { invalid, notBuilt } from '../failures.ts';
import { busNamed } from '../names.ts';
import { readEventPattern } from '../pattern/pattern.ts';
import type { EventStore } from '../store.ts';
import { makeEvent } from './event.ts';
import type { Router } from './router.ts';

/** Of all entries together, in bytes. */
const LARGEST = 262_144;
/** What a time counts. */
const TIME_SIZE = 14;
/** What a caller's event must say of itself: API reference of TestEventPattern. */
const EVENT_MEMBERS = ['id', 'account', 'source', 'time', 'region', 'detail-type'] as const;

type Refused = Pick<PutEventsResultEntry, 'ErrorCode' | 'ErrorMessage'>;
const refused = (ErrorCode: string, ErrorMessage: string): Refused => ({ ErrorCode, ErrorMessage });

export function putOperations(store: EventStore, router: Router) {
  const put = (entry: PutEventsRequestEntry, call: Call): PutEventsResultEntry => {
    const { Source: source, DetailType: detailType, Detail: text } = entry;
    for (const [name, value] of [
      ['Source', source],
      ['DetailType', detailType],
      ['Detail', text],
    ] as const)
      if (!value)
        return refused(
          'InvalidArgument',
          `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
        );
    if (source === undefined || detailType === undefined || text === undefined) return {};
    if (/^aws\./.test(source))
      return refused('NotAuthorizedForSourceException', 'Not authorized for the source.');
    const detail = jsonObject(text);
    if (detail === undefined) return refused('MalformedDetail', 'Detail is malformed.');
    const place = busNamed(call, entry.EventBusName);
    const bus = store.bus(place, place.name);
    if (bus !== undefined && !takesFrom(place, bus, call.account))
      return refused(
        'AccessDeniedException',
        `The policy of the event bus ${place.name} does not let account ${call.account} put events.`,
      );
    const resources = entry.Resources ?? [];
    const time = entry.Time?.getTime() ?? store.cloud.clock.now();
    const event = makeEvent(
      { account: call.account, region: place.region },
      { source, detailType, detail, resources, time },
    );
    // An event for a bus that is not there is accepted and dropped (recorded).
    if (bus !== undefined) router.put(place, event, call.trail);
    else
      store.cloud.trail.record(
        call,
        'decision',
        { by: 'events', outcome: 'dropped', why: `Event ${event.id}: there is no event bus ${place.name}.` },
        call.trail,
      );
    return { EventId: event.id };
  };

  return {
    PutEvents({ Entries, EndpointId }, call) {
      if (EndpointId !== undefined) throw notBuilt('global endpoints');
      const entries = required(Entries, 'Entries');
      if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > LARGEST)
        throw invalid('Total size of the entries in the request is over the limit.');
      const results = entries.map((entry) => put(entry, call));
      return {
        FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length,
        Entries: results,
      };
    },

    TestEventPattern({ EventPattern, Event }) {
      const pattern = readEventPattern(required(EventPattern, 'EventPattern'));
      const event = jsonObject(required(Event, 'Event'));
      if (event === undefined || EVENT_MEMBERS.some((name) => !Object.hasOwn(event, name)))
        throw invalid('Parameter Event is not valid.');
      return { Result: pattern.matches(event) };
    },
  } satisfies EventBridgeOperations;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size */
function sizeOf({
  Time,
  Source = '',
  DetailType = '',
  Detail = '',
  Resources = [],
}: PutEventsRequestEntry): number {
  return (
    (Time === undefined ? 0 : TIME_SIZE) +
    [Source, DetailType, Detail, ...Resources].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  );
}

/** A JSON object, or undefined where a text is none. */
export function jsonObject(text: string): object | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
