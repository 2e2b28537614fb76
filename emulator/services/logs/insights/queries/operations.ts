import { randomUUID } from 'node:crypto';
import type { Scope } from '../../../../service/call.ts';
import { ServiceFailure } from '../../../../service/failure.ts';
import { groupOfIdentifier } from '../../arns.ts';
import type { LogsOperations } from '../../client.ts';
import { invalidParameter } from '../../failures.ts';
import { checkNames } from '../../names.ts';
import { pageToken, readPageToken } from '../../page-token.ts';
import type { LogStore } from '../../store.ts';
import { QueryFailure } from '../failure.ts';
import { lambdaFieldNames } from '../run/lambda-fields.ts';
import { Row } from '../run/row.ts';
import { asText } from '../value.ts';
import type { QueryRow } from './rows.ts';
import type { QueryRunner } from './runner.ts';

const MOST_GROUPS = 50;
/** "Up to 30 concurrent queries" of an account. */
const MOST_RUNNING = 30;

/** StartQuery, GetQueryResults, StopQuery, DescribeQueries, GetLogRecord and GetLogGroupFields. */
export function queryOperations(store: LogStore, runner: QueryRunner) {
  /** @throws ResourceNotFoundException */
  const query = (scope: Scope, id: string): QueryRow => {
    const row = runner.in(scope).get(id);
    if (row === undefined)
      throw new ServiceFailure('ResourceNotFoundException', `Query ${id} does not exist.`);
    return row;
  };
  return {
    StartQuery(input, call) {
      const { queryString = '', startTime = 0, endTime = 0, queryLanguage = 'CWLI' } = input;
      if (queryLanguage !== 'CWLI')
        throw invalidParameter(`Queries in ${queryLanguage} are not supported by this cloud; CWLI is.`);
      const groups = requestedGroups(store, call, input);
      if (endTime < startTime) throw invalidParameter('End time should not be less than start time.');
      if ([...runner.in(call).values()].filter(({ status }) => status === 'Running').length >= MOST_RUNNING)
        throw new ServiceFailure('LimitExceededException', 'Concurrent query limit exceeded.');
      try {
        const row = runner.start(call, {
          text: queryString,
          groups,
          // Whole seconds: a query of one second reads all of it (recorded: START=…000 END=…999).
          from: startTime * 1000,
          to: endTime * 1000 + 999,
          limit: input.limit ?? null,
        });
        return { queryId: row.id };
      } catch (error) {
        if (!(error instanceof QueryFailure)) throw error;
        throw new ServiceFailure('MalformedQueryException', error.message, {
          members: {
            queryCompileError: {
              location: { startCharOffset: error.start, endCharOffset: error.end },
              message: error.message,
            },
          },
        });
      }
    },

    GetQueryResults({ queryId = '' }, call) {
      const row = query(call, queryId);
      const found = runner.found(call, row);
      const figures = found?.figures;
      // Its results were lost to a restart: it runs again.
      const status = row.status === 'Complete' && found === undefined ? 'Running' : row.status;
      return {
        queryLanguage: 'CWLI' as const,
        results: (found?.rows ?? []).map((fields) => fields.map((field) => ({ ...field }))),
        statistics: {
          recordsMatched: figures?.recordsMatched ?? 0,
          recordsScanned: figures?.recordsScanned ?? 0,
          estimatedRecordsSkipped: 0,
          bytesScanned: figures?.bytesScanned ?? 0,
          estimatedBytesSkipped: 0,
          logGroupsScanned: figures?.logGroupsScanned ?? 0,
        },
        status,
      };
    },

    StopQuery({ queryId = '' }, call) {
      const row = query(call, queryId);
      if (!runner.cancel(call, row))
        throw invalidParameter(
          `Query ${queryId} is not in a state that allows it to be stopped. Its status is ${row.status}.`,
        );
      return { success: true };
    },

    DescribeQueries({ logGroupName, status, maxResults = 1_000, nextToken, queryLanguage }, call) {
      if (logGroupName !== undefined) checkNames(logGroupName);
      const now = store.cloud.clock.now();
      const [skip] =
        nextToken === undefined ? [0] : readPageToken('queries', now, nextToken, ['number'] as const);
      const all = [...runner.in(call).values()]
        .filter(
          (row) =>
            (logGroupName === undefined || row.groups.includes(logGroupName)) &&
            (status === undefined || row.status === status) &&
            (queryLanguage === undefined || queryLanguage === 'CWLI'),
        )
        .reverse();
      const page = all.slice(skip, skip + maxResults);
      return {
        queries: page.map((row) => ({
          queryLanguage: 'CWLI' as const,
          queryId: row.id,
          // As recorded on AWS.
          queryString: `SOURCE ${row.groups.map((name) => `"${name}"`).join(', ')} START=${row.from} END=${row.to} | ${row.text}`,
          status: row.status,
          createTime: row.created,
          logGroupName: row.groups[0] ?? '',
        })),
        ...(skip + page.length < all.length
          ? { nextToken: pageToken('queries', now, [skip + page.length]) }
          : {}),
      };
    },

    GetLogRecord({ logRecordPointer = '' }, call) {
      const [group = '', name = '', id = '', position = -1] = readPointer(logRecordPointer);
      const known = store.streams(call, group).get(name);
      const stream = known?.row.id === id ? known : undefined;
      const place = stream === undefined ? undefined : placeOf(stream, position);
      const found = place === undefined ? undefined : stream?.at(place);
      if (stream === undefined || found === undefined)
        throw new ServiceFailure('ResourceNotFoundException', 'The specified log record does not exist.');
      const { account, region } = call;
      const row = new Row({ event: found.event, stream, position, account, region });
      const logRecord: Record<string, string> = {};
      for (const field of ['@log', '@logStream', '@message']) logRecord[field] = asText(row.get(field));
      logRecord['@ingestionTime'] = String(found.event.i);
      logRecord['@timestamp'] = String(found.event.t);
      for (const [field, value] of row.discovered()) logRecord[field] = asText(value);
      return { logRecord };
    },

    GetLogGroupFields(input, call) {
      const name = input.logGroupName ?? groupOfIdentifier(call, input.logGroupIdentifier ?? '');
      store.group(call, name);
      const around = input.time === undefined ? store.cloud.clock.now() : input.time * 1000;
      return { logGroupFields: fieldsOf(store, call, name, around) };
    },
  } satisfies LogsOperations;
}

function requestedGroups(
  store: LogStore,
  scope: Scope,
  input: {
    readonly logGroupName?: string | undefined;
    readonly logGroupNames?: string[] | undefined;
    readonly logGroupIdentifiers?: string[] | undefined;
  },
): string[] {
  const { logGroupName, logGroupNames, logGroupIdentifiers } = input;
  if ([logGroupName, logGroupNames, logGroupIdentifiers].filter((each) => each !== undefined).length !== 1)
    throw invalidParameter(
      'Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be specified.',
    );
  const names = [
    ...new Set([
      ...(logGroupName === undefined ? [] : [logGroupName]),
      ...(logGroupNames ?? []),
      ...(logGroupIdentifiers ?? []).map((identifier) => groupOfIdentifier(scope, identifier)),
    ]),
  ];
  if (names.length > MOST_GROUPS)
    throw invalidParameter(`A query can read ${MOST_GROUPS} log groups at most.`);
  for (const name of names) {
    checkNames(name);
    if (!store.groups(scope).has(name))
      // As recorded on AWS, where a request id of the service behind it follows.
      throw new ServiceFailure(
        'ResourceNotFoundException',
        `Log group '${name}' does not exist for account ID '${scope.account}' (Service: AWSLogs; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: ${randomUUID()}; Proxy: null)`,
      );
  }
  return names;
}

function readPointer(pointer: string): [group?: string, stream?: string, id?: string, position?: number] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(pointer, 'base64').toString());
    if (Array.isArray(parsed) && parsed.length === 4 && typeof parsed[3] === 'number')
      return parsed as [string, string, string, number];
  } catch {
    // Falls through to the answer for every wrong pointer.
  }
  throw invalidParameter('The specified logRecordPointer is invalid.');
}

/** The place, in order of time, of the event at a position. */
function placeOf(
  stream: { readonly length: number; positionAt(place: number): number },
  position: number,
): number | undefined {
  // Nearly always events are in the order in which they came.
  const first =
    stream.length === 0 ? 0 : Math.min(...[0, stream.length - 1].map((place) => stream.positionAt(place)));
  if (stream.positionAt(position - first) === position) return position - first;
  for (let place = 0; place < stream.length; place += 1)
    if (stream.positionAt(place) === position) return place;
  return undefined;
}

/** Events that GetLogGroupFields looks at, and the time around which it does, in ms. */
const SAMPLE = 1_000;
const AROUND = 15 * 60_000;

function fieldsOf(
  store: LogStore,
  scope: Scope,
  group: string,
  around: number,
): { name: string; percent: number }[] {
  const seen = new Map<string, number>();
  let events = 0;
  const { account, region } = scope;
  for (const stream of store.streams(scope, group).values()) {
    const to = stream.firstFrom(around + AROUND);
    for (let place = stream.firstFrom(around - AROUND); place < to && events < SAMPLE; place += 1) {
      const found = stream.at(place);
      if (found === undefined) break;
      events += 1;
      const row = new Row({ event: found.event, stream, position: found.position, account, region });
      for (const field of [
        '@ingestionTime',
        '@log',
        '@logStream',
        '@message',
        '@timestamp',
        ...row.discovered().keys(),
      ])
        seen.set(field, (seen.get(field) ?? 0) + 1);
    }
  }
  return [...seen]
    .map(([name, count]) => ({ name, percent: Math.round((count / events) * 100) }))
    .sort(
      (a, b) =>
        b.percent - a.percent || Number(lambdaFieldNames.has(b.name)) - Number(lambdaFieldNames.has(a.name)),
    );
}
