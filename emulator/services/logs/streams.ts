import type { LogStream as StreamDescription } from '@aws-sdk/client-cloudwatch-logs';
import type { Scope } from '../../service/call.ts';
import { requestedGroup, streamArn } from './arns.ts';
import type { LogsOperations } from './client.ts';
import { invalidMember, invalidParameter, streamExists } from './failures.ts';
import { checkNames } from './names.ts';
import { pageToken, readPageToken } from './page-token.ts';
import { sequenceToken } from './put-events.ts';
import { expiryOf } from './rows.ts';
import type { LogStore } from './store.ts';
import type { LogStream } from './stream.ts';

const PAGE = 50;

/** Log streams. */
export function streamOperations(store: LogStore) {
  return {
    CreateLogStream({ logGroupName = '', logStreamName = '' }, call) {
      checkNames(logGroupName, logStreamName);
      if (/[:*]/.test(logStreamName))
        throw invalidMember(
          logStreamName,
          'logStreamName',
          'Member must satisfy regular expression pattern: [^:*]*',
        );
      store.group(call, logGroupName);
      if (store.streams(call, logGroupName).has(logStreamName)) throw streamExists();
      store.addStream(call, logGroupName, logStreamName);
      return {};
    },

    DeleteLogStream({ logGroupName = '', logStreamName = '' }, call) {
      store.deleteStream(call, store.stream(call, logGroupName, logStreamName));
      return {};
    },

    DescribeLogStreams(input, call) {
      const { logStreamNamePrefix = '', orderBy = 'LogStreamName', descending = false } = input;
      const byTime = orderBy === 'LastEventTime';
      if (byTime && logStreamNamePrefix !== '')
        throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
      const group = requestedGroup(store, call, input);
      const now = store.cloud.clock.now();
      const expiry = expiryOf(group, now);
      const keyed = [...store.streams(call, group.name).values()]
        .filter(({ row }) => row.name.startsWith(logStreamNamePrefix))
        .map((stream): Keyed => ({ stream, time: byTime ? (lastEvent(stream, expiry) ?? 0) : 0 }))
        .sort((a, b) => order(a, b) * (descending ? -1 : 1));
      const what = `streams:${group.name}:${orderBy}:${String(descending)}`;
      let rest: readonly Keyed[] = keyed;
      if (input.nextToken !== undefined) {
        const [time, name] = readPageToken(what, now, input.nextToken, ['number', 'string'] as const);
        rest = keyed.filter(
          (one) => order(one, { time, stream: { row: { name } } }) * (descending ? -1 : 1) > 0,
        );
      }
      const page = rest.slice(0, input.limit ?? PAGE);
      const last = page.at(-1);
      return {
        logStreams: page.map(({ stream }) => describe(call, stream, expiry)),
        ...(last !== undefined && rest.length > page.length
          ? { nextToken: pageToken(what, now, [last.time, last.stream.row.name]) }
          : {}),
      };
    },
  } satisfies LogsOperations;
}

interface Keyed {
  readonly stream: LogStream;
  readonly time: number;
}

function order(
  a: Keyed,
  b: { readonly time: number; readonly stream: { readonly row: { readonly name: string } } },
): number {
  if (a.time !== b.time) return a.time - b.time;
  const [one, other] = [a.stream.row.name, b.stream.row.name];
  return one < other ? -1 : one > other ? 1 : 0;
}

function lastEvent(stream: LogStream, expiry: number): number | undefined {
  const last = stream.at(stream.length - 1)?.event.t;
  return last === undefined || last < expiry ? undefined : last;
}

/** A stream without events has no times and no token, as recorded on AWS; `storedBytes` of streams is always 0. */
function describe(scope: Scope, stream: LogStream, expiry: number): StreamDescription {
  const { group, name, created } = stream.row;
  const last = lastEvent(stream, expiry);
  const first = stream.at(stream.firstFrom(expiry))?.event.t;
  const ingested = stream.lastIngested?.i;
  return {
    logStreamName: name,
    creationTime: created,
    arn: streamArn(scope, group, name),
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- AWS still answers it
    storedBytes: 0,
    ...(last === undefined || first === undefined || ingested === undefined
      ? {}
      : {
          firstEventTimestamp: first,
          lastEventTimestamp: last,
          lastIngestionTime: ingested,
          uploadSequenceToken: sequenceToken(stream),
        }),
  };
}
