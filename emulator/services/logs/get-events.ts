import { requestedGroup, requireReadable } from './arns.ts';
import type { LogsOperations } from './client.ts';
import { isAfter, markOf, readStreamToken, streamToken, type Mark } from './event-id.ts';
import { PageSize } from './page-size.ts';
import { expiryOf } from './rows.ts';
import type { LogStore } from './store.ts';
import type { LogStream, StreamEvent } from './stream.ts';

/** GetLogEvents: one stream, read forward or backward from where a token stands. */
export function getOperations(store: LogStore) {
  return {
    GetLogEvents(input, call) {
      const group = requestedGroup(store, call, input);
      requireReadable(group, 'GetLogEvents');
      const stream = store.stream(call, group.name, input.logStreamName ?? '');
      const token = input.nextToken === undefined ? undefined : readStreamToken(stream, input.nextToken);
      const forward = token === undefined ? input.startFromHead === true : token.direction === 'f';

      // The start time is inclusive, the end time exclusive.
      const start = Math.max(input.startTime ?? 0, expiryOf(group, store.cloud.clock.now()));
      let from = stream.firstFrom(start);
      let to = input.endTime === undefined ? stream.length : stream.firstFrom(input.endTime);
      if (token !== undefined) {
        const { mark } = token;
        if (forward)
          from = Math.max(
            from,
            stream.firstWhere((found) => isAfter(found, mark)),
          );
        else
          to = Math.min(
            to,
            stream.firstWhere((found) => isAtOrAfter(found, mark)),
          );
      }
      const page = readPage(stream, from, to, forward, new PageSize(input.limit));

      const first = page[0];
      const last = page.at(-1);
      const tokens =
        first !== undefined && last !== undefined
          ? { f: markOf(last), b: markOf(first) }
          : emptyMarks(token?.mark, forward);
      return {
        events: page.map(({ event }) => ({ timestamp: event.t, ingestionTime: event.i, message: event.m })),
        nextForwardToken: streamToken(stream, 'f', tokens.f),
        nextBackwardToken: streamToken(stream, 'b', tokens.b),
      };
    },
  } satisfies LogsOperations;
}

function isAtOrAfter(found: StreamEvent, { timestamp, place }: Mark): boolean {
  return isAfter(found, { timestamp, place: place - 1 });
}

/** A page in order of time, from the start of the range or from its end. */
function readPage(
  stream: LogStream,
  from: number,
  to: number,
  forward: boolean,
  size: PageSize,
): readonly StreamEvent[] {
  const page: StreamEvent[] = [];
  for (let place = forward ? from : to - 1; place >= from && place < to; place += forward ? 1 : -1) {
    const found = stream.at(place);
    if (found === undefined || !size.add(found.event.m)) break;
    page.push(found);
  }
  return forward ? page : page.reverse();
}

/**
 * Of an empty page, the token of the direction that was read stays as it was: that is how a reader knows the end.
 * The other one leads back over the event at which the end was met.
 */
function emptyMarks(mark: Mark | undefined, forward: boolean): { f: Mark; b: Mark } {
  const { timestamp, place } = mark ?? { timestamp: 0, place: 0 };
  return forward
    ? { f: { timestamp, place }, b: { timestamp, place: place + 1 } }
    : { f: { timestamp, place: Math.max(0, place - 1) }, b: { timestamp, place } };
}
