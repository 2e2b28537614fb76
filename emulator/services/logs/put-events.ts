import type { InputLogEvent, RejectedLogEventsInfo } from '@aws-sdk/client-cloudwatch-logs';
import type { LogsOperations } from './client.ts';
import { invalidMember, invalidParameter } from './failures.ts';
import { recordLines } from './record-lines.ts';
import { DAY, expiryOf, sizeOf, type GroupRow } from './rows.ts';
import type { LogStore } from './store.ts';
import type { LogStream } from './stream.ts';

/*
 * Bounds of a batch: API reference of PutLogEvents. The texts are as users have reported them
 * (`Log event too large: 315563 bytes exceeds limit of 262144`, of the time when an event could have 256 KB).
 */
const MAX_BATCH = 1_048_576;
const MAX_EVENT = 1_048_576;
const MAX_EVENTS = 10_000;
const MAX_SPAN = DAY;
const TOO_OLD = 14 * DAY;
const TOO_NEW = 7_200_000;

/** PutLogEvents. */
export function putOperations(store: LogStore) {
  return {
    PutLogEvents({ logGroupName = '', logStreamName = '', logEvents = [] }, call) {
      const stream = store.stream(call, logGroupName, logStreamName);
      const events = logEvents.map(checked);
      checkBatch(events);
      const now = store.cloud.clock.now();
      const { from, to, rejected } = accepted(events, store.group(call, logGroupName), now);
      const stored = events
        .slice(from, to)
        .map(({ timestamp, message }) => ({ t: timestamp, i: now, m: message }));
      const first = stored[0];
      const last = stored.at(-1);
      if (first !== undefined && last !== undefined && last.t - first.t > MAX_SPAN)
        throw invalidParameter(
          'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
        );
      store.append(call, stream, stored);
      recordLines(store.cloud.trail, call, stream, stored, call.trail);
      return {
        nextSequenceToken: sequenceToken(stream),
        ...(rejected === undefined ? {} : { rejectedLogEventsInfo: rejected }),
      };
    },
  } satisfies LogsOperations;
}

interface Event {
  readonly timestamp: number;
  readonly message: string;
}

function checked({ timestamp = 0, message = '' }: InputLogEvent, index: number): Event {
  const member = `logEvents.${index + 1}.member`;
  if (message === '')
    throw invalidMember('', `${member}.message`, 'Member must have length greater than or equal to 1');
  if (timestamp < 0)
    throw invalidMember(
      timestamp,
      `${member}.timestamp`,
      'Member must have value greater than or equal to 0',
    );
  return { timestamp, message };
}

function checkBatch(events: readonly Event[]): void {
  if (events.length === 0 || events.length > MAX_EVENTS)
    throw invalidParameter(
      `1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length ${
        events.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${MAX_EVENTS}`
      }`,
    );
  let size = 0;
  let latest = 0;
  for (const { timestamp, message } of events) {
    const bytes = sizeOf(message);
    if (bytes > MAX_EVENT)
      throw invalidParameter(`Log event too large: ${bytes} bytes exceeds limit of ${MAX_EVENT}`);
    if (timestamp < latest)
      // As recorded on AWS.
      throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
    size += bytes;
    latest = timestamp;
  }
  if (size > MAX_BATCH)
    throw invalidParameter(`Upload too large: ${size} bytes exceeds limit of ${MAX_BATCH}`);
}

/** Which events of a batch in order of time are taken: too old ones stand before them, too new ones behind. */
function accepted(
  events: readonly Event[],
  group: GroupRow,
  now: number,
): { from: number; to: number; rejected: RejectedLogEventsInfo | undefined } {
  const firstFrom = (time: number): number => {
    const found = events.findIndex(({ timestamp }) => timestamp >= time);
    return found < 0 ? events.length : found;
  };
  const old = firstFrom(now - TOO_OLD);
  const from = Math.max(old, firstFrom(expiryOf(group, now)));
  const to = firstFrom(now + TOO_NEW + 1);
  if (from === 0 && to === events.length) return { from, to, rejected: undefined };
  return {
    from,
    to,
    rejected: {
      ...(old > 0 ? { tooOldLogEventEndIndex: old } : {}),
      ...(from > old ? { expiredLogEventEndIndex: from } : {}),
      ...(to < events.length ? { tooNewLogEventStartIndex: to } : {}),
    },
  };
}

/** 56 digits as on AWS, where sequence tokens are still answered and no longer looked at. */
export function sequenceToken(stream: LogStream): string {
  const id = BigInt(`0x${stream.row.id}`).toString().padStart(20, '0');
  return `4966${id}${String(stream.nextPosition).padStart(32, '0')}`;
}
