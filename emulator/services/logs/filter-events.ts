import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { Scope } from '../../service/call.ts';
import { requestedGroup, requireReadable } from './arns.ts';
import type { LogsOperations } from './client.ts';
import { eventId } from './event-id.ts';
import { invalidParameter, noSuchStream } from './failures.ts';
import type { FilterPattern } from './filter-pattern/pattern.ts';
import { compareKeys, merged, sortKey, type MergedEvent, type SortKey, type Span } from './merge.ts';
import { PageSize } from './page-size.ts';
import { pageToken, readPageToken } from './page-token.ts';
import { requestedPattern } from './patterns.ts';
import { expiryOf, type StoredEvent } from './rows.ts';
import type { LogStore } from './store.ts';
import type { LogStream } from './stream.ts';

/** Events that are looked at for one page. Where more remain the page is short or empty and has a token, as on AWS. */
const SCANNED = 100_000;

/** "Supported only when startTime is on or after Jan 1, 2024 00:00:00 UTC." */
const BACKWARD_SINCE = Date.UTC(2024, 0, 1);

/** FilterLogEvents: the streams of a group as one, through a filter pattern. */
export function filterOperations(store: LogStore) {
  return {
    FilterLogEvents(input, call) {
      const group = requestedGroup(store, call, input);
      requireReadable(group, 'FilterLogEvents');
      const pattern = requestedPattern(input.filterPattern ?? '');
      const streams = chosenStreams(store, call, group.name, input);
      const now = store.cloud.clock.now();
      const what = `events:${group.name}`;
      const resumed = input.nextToken === undefined ? undefined : readToken(what, now, input.nextToken);
      // "If you provide both, the direction of the nextToken is used."
      const backward = resumed?.backward ?? input.startFromHead === false;
      if (backward && resumed === undefined && (input.startTime ?? 0) < BACKWARD_SINCE)
        throw invalidParameter(
          'startFromHead can be set to false only when startTime is on or after Jan 1, 2024 00:00:00 UTC.',
        );

      const start = Math.max(input.startTime ?? 0, expiryOf(group, now));
      const spans = streams.map((stream) => spanOf(stream, start, input.endTime, resumed));
      const { events, resumeAfter } = readPage(merged(spans, backward), pattern, new PageSize(input.limit));
      return {
        events,
        // "As of May 15, 2020, this parameter is no longer supported. This parameter returns an empty list."
        searchedLogStreams: [],
        ...(resumeAfter === undefined ? {} : { nextToken: writeToken(what, now, backward, resumeAfter) }),
      };
    },
  } satisfies LogsOperations;
}

/**
 * The matches that fit on a page. `resumeAfter` is the last event that was looked at, where another match follows
 * or no more events may be looked at.
 */
function readPage(
  found: Iterable<MergedEvent>,
  pattern: FilterPattern,
  size: PageSize,
): { readonly events: FilteredLogEvent[]; readonly resumeAfter: SortKey | undefined } {
  const events: FilteredLogEvent[] = [];
  let scanned = 0;
  let last: { event: StoredEvent; position: number; stream: LogStream } | undefined;
  for (const one of found) {
    const { event, position, stream } = one;
    const matches = scanned < SCANNED && pattern.match(event.m) !== undefined;
    if (last !== undefined && (scanned >= SCANNED || (matches && !size.add(event.m))))
      return { events, resumeAfter: sortKey(last, last.stream) };
    if (matches) {
      if (last === undefined) size.add(event.m);
      events.push({
        logStreamName: stream.row.name,
        timestamp: event.t,
        message: event.m,
        ingestionTime: event.i,
        eventId: eventId(stream, one),
      });
    }
    last = { event, position, stream };
    scanned += 1;
  }
  return { events, resumeAfter: undefined };
}

/** @throws ResourceNotFoundException for a name that no stream has */
function chosenStreams(
  store: LogStore,
  scope: Scope,
  group: string,
  request: { logStreamNames?: string[] | undefined; logStreamNamePrefix?: string | undefined },
): readonly LogStream[] {
  const { logStreamNames, logStreamNamePrefix } = request;
  const streams = store.streams(scope, group);
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined)
    throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive parameters.');
  if (logStreamNames !== undefined)
    return [...new Set(logStreamNames)].map((name) => {
      const stream = streams.get(name);
      if (stream === undefined) throw noSuchStream();
      return stream;
    });
  return [...streams.values()].filter(({ row }) => row.name.startsWith(logStreamNamePrefix ?? ''));
}

interface Resumed {
  readonly backward: boolean;
  readonly key: SortKey;
}

/** What of a stream is still to be read. Start and end time are both inclusive. */
function spanOf(
  stream: LogStream,
  start: number,
  endTime: number | undefined,
  resumed: Resumed | undefined,
): Span {
  let from = stream.firstFrom(start);
  let to = endTime === undefined ? stream.length : stream.firstFrom(endTime + 1);
  if (resumed !== undefined) {
    const behind = (inclusive: boolean): number =>
      stream.firstWhere((found) => {
        const order = compareKeys(sortKey(found, stream), resumed.key);
        return order > 0 || (inclusive && order === 0);
      });
    if (resumed.backward) to = Math.min(to, behind(true));
    else from = Math.max(from, behind(false));
  }
  return { stream, from, to };
}

function writeToken(what: string, now: number, backward: boolean, key: SortKey): string {
  const { timestamp, ingested, stream, position } = key;
  return pageToken(what, now, [backward ? 'b' : 'f', timestamp, ingested, stream, position]);
}

function readToken(what: string, now: number, token: string): Resumed {
  const [direction, timestamp, ingested, stream, position] = readPageToken(what, now, token, [
    'string',
    'number',
    'number',
    'string',
    'number',
  ] as const);
  return { backward: direction === 'b', key: { timestamp, ingested, stream, position } };
}
