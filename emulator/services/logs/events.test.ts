import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  paginateFilterLogEvents,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  TestMetricFilterCommand,
  type FilterLogEventsCommandInput,
  type InputLogEvent,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, type StoredEvent } from './rows.ts';
import { arnOf, openLogs, scope, type LogsCloud } from './testing/logs-cloud.ts';

let cloud: LogsCloud;
let start: number;
beforeEach(async () => {
  cloud = await openLogs();
  start = cloud.cloud.clock.now();
  await cloud.client.send(new CreateLogGroupCommand({ logGroupName: 'g' }));
  await cloud.client.send(new CreateLogStreamCommand({ logGroupName: 'g', logStreamName: 's' }));
});
afterEach(async () => {
  await cloud.close();
});

const put = (logEvents: InputLogEvent[], logStreamName = 's') =>
  cloud.client.send(new PutLogEventsCommand({ logGroupName: 'g', logStreamName, logEvents }));
const get = (input: object = {}) =>
  cloud.client.send(new GetLogEventsCommand({ logGroupName: 'g', logStreamName: 's', ...input }));
const filter = (input: object = {}) =>
  cloud.client.send(new FilterLogEventsCommand({ logGroupName: 'g', ...input }));
const lines = (count: number, from = start): InputLogEvent[] =>
  Array.from({ length: count }, (_, index) => ({ timestamp: from + index, message: `line ${index}` }));
const messages = (page: { events?: { message?: string | undefined }[] | undefined }): unknown =>
  page.events?.map(({ message }) => message);

describe('PutLogEvents', () => {
  it('answers a token and takes any token', async () => {
    const first = await put(lines(2));
    expect(first.nextSequenceToken).toMatch(/^\d{56}$/);
    expect(first.rejectedLogEventsInfo).toBeUndefined();
    const second = await cloud.client.send(
      new PutLogEventsCommand({
        logGroupName: 'g',
        logStreamName: 's',
        logEvents: lines(1),
        sequenceToken: 'wrong',
      }),
    );
    expect(second.nextSequenceToken).not.toBe(first.nextSequenceToken);
  });

  it('rejects what is too old, expired or too new, and takes the rest', async () => {
    const at = (offset: number, message: string): InputLogEvent => ({ timestamp: start + offset, message });
    const batch = [
      at(-15 * DAY, 'old'),
      at(-13 * DAY, 'expired'),
      at(-4 * DAY, 'expired too'),
      at(-1_000, 'fine'),
      at(2 * 3_600_000, 'just fine'),
      at(2 * 3_600_000 + 60_000, 'new'),
    ];
    await cloud.client.send(new PutRetentionPolicyCommand({ logGroupName: 'g', retentionInDays: 3 }));
    const { rejectedLogEventsInfo } = await put(batch);
    expect(rejectedLogEventsInfo).toEqual({
      tooOldLogEventEndIndex: 1,
      expiredLogEventEndIndex: 3,
      tooNewLogEventStartIndex: 5,
    });
    expect(messages(await filter())).toEqual(['fine', 'just fine']);
  });

  it('refuses batches beyond its bounds', async () => {
    const refused = (events: InputLogEvent[], message: string): Promise<void> =>
      expect(put(events)).rejects.toMatchObject({ name: 'InvalidParameterException', message });
    const big = 'x'.repeat(1_048_576 - 26);
    await refused(
      [{ timestamp: start, message: `${big}x` }],
      'Log event too large: 1048577 bytes exceeds limit of 1048576',
    );
    await refused(
      [{ timestamp: start, message: big }, ...lines(1)],
      'Upload too large: 1048608 bytes exceeds limit of 1048576',
    );
    await refused(
      [
        { timestamp: start - DAY - 1, message: 'a' },
        { timestamp: start, message: 'b' },
      ],
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    );
    await expect(put([])).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(put(lines(10_001))).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(put([{ timestamp: start, message: '' }])).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    expect(messages(await get())).toEqual([]);
    await put([{ timestamp: start, message: big }]);
    await put(lines(10_000));
    // A page holds up to 1 MB, or up to 10,000 events.
    expect((await get({ startFromHead: true })).events).toHaveLength(1);
    expect((await get()).events).toHaveLength(10_000);
  });
});

describe('GetLogEvents', () => {
  it('pages forward to a token that stays the same', async () => {
    await put(lines(5));
    const first = await get({ startFromHead: true, limit: 2 });
    expect(messages(first)).toEqual(['line 0', 'line 1']);
    expect(first.nextForwardToken).toMatch(/^f\/\d{56}\/s$/);
    expect(first.nextBackwardToken).toMatch(/^b\/\d{56}\/s$/);
    const second = await get({ nextToken: first.nextForwardToken, limit: 2 });
    expect(messages(second)).toEqual(['line 2', 'line 3']);
    const third = await get({ nextToken: second.nextForwardToken, limit: 2 });
    expect(messages(third)).toEqual(['line 4']);
    const end = await get({ nextToken: third.nextForwardToken, limit: 2 });
    expect(messages(end)).toEqual([]);
    expect(end.nextForwardToken).toBe(third.nextForwardToken);
    expect(messages(await get({ nextToken: end.nextBackwardToken, limit: 2 }))).toEqual(['line 3', 'line 4']);
    // What comes later continues behind the end.
    await put([{ timestamp: start + 99, message: 'later' }]);
    expect(messages(await get({ nextToken: end.nextForwardToken }))).toEqual(['later']);
  });

  it('begins with the latest events and pages backward', async () => {
    await put(lines(5));
    const latest = await get({ limit: 2 });
    expect(messages(latest)).toEqual(['line 3', 'line 4']);
    const before = await get({ limit: 2, nextToken: latest.nextBackwardToken });
    expect(messages(before)).toEqual(['line 1', 'line 2']);
    const first = await get({ limit: 2, nextToken: before.nextBackwardToken });
    expect(messages(first)).toEqual(['line 0']);
    const end = await get({ limit: 2, nextToken: first.nextBackwardToken });
    expect(messages(end)).toEqual([]);
    expect(end.nextBackwardToken).toBe(first.nextBackwardToken);
    expect(messages(await get({ limit: 2, nextToken: end.nextForwardToken }))).toEqual(['line 0', 'line 1']);
  });

  it('can be followed from an empty stream', async () => {
    const empty = await get({ startFromHead: true });
    expect(messages(empty)).toEqual([]);
    await put(lines(1, start - 60_000));
    expect(messages(await get({ nextToken: empty.nextForwardToken }))).toEqual(['line 0']);
  });

  it('orders what did not arrive in order, and cuts a range', async () => {
    await put([{ timestamp: start + 10, message: 'b' }]);
    await put([{ timestamp: start, message: 'a' }, { timestamp: start + 10, message: 'c' }]); // prettier-ignore
    await put([{ timestamp: start + 20, message: 'd' }]);
    expect(messages(await get())).toEqual(['a', 'b', 'c', 'd']);
    // The end is exclusive here, and inclusive in FilterLogEvents.
    expect(messages(await get({ startTime: start + 10, endTime: start + 20 }))).toEqual(['b', 'c']);
    expect(messages(await filter({ startTime: start + 10, endTime: start + 20 }))).toEqual(['b', 'c', 'd']);
    const one = await get({ startFromHead: true, limit: 2 });
    expect(messages(await get({ nextToken: one.nextForwardToken }))).toEqual(['c', 'd']);
  });

  it('refuses a token of another stream', async () => {
    await cloud.client.send(new CreateLogStreamCommand({ logGroupName: 'g', logStreamName: 'other' }));
    const other = await get({ logStreamName: 'other' });
    for (const nextToken of ['INVALID', 'f/1/s', other.nextForwardToken])
      await expect(get({ nextToken })).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: 'The specified nextToken is invalid.',
      });
  });
});

const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000;

describe('FilterLogEvents', () => {
  const write = (stream: string, timestamp: number, message: string): void =>
    cloud.port.write(scope, 'g', stream, [{ timestamp, message }]);

  it('interleaves streams by time and names each event once', async () => {
    for (let index = 0; index < 30; index += 1) write(`s${index % 3}`, start + index, `line ${index}`);
    const page = await filter();
    expect(messages(page)).toEqual(lines(30).map(({ message }) => message));
    expect(page.searchedLogStreams).toEqual([]);
    expect(page.nextToken).toBeUndefined();
    const ids = page.events?.map(({ eventId }) => eventId) ?? [];
    expect(new Set(ids).size).toBe(30);
    for (const id of ids) expect(id).toMatch(/^\d{56}$/);
    expect((await filter()).events?.map(({ eventId }) => eventId)).toEqual(ids);
    expect(page.events?.[1]).toEqual({
      logStreamName: 's1',
      timestamp: start + 1,
      message: 'line 1',
      ingestionTime: expect.toSatisfy((time: number) => time >= start) as number,
      eventId: ids[1],
    });
  });

  it('chooses streams by name or prefix', async () => {
    write('a1', start, 'one');
    write('a2', start + 1, 'two');
    write('b1', start + 2, 'three');
    expect(messages(await filter({ logStreamNames: ['b1', 'a1'] }))).toEqual(['one', 'three']);
    expect(messages(await filter({ logStreamNamePrefix: 'a' }))).toEqual(['one', 'two']);
    await expect(filter({ logStreamNames: ['a1'], logStreamNamePrefix: 'a' })).rejects.toThrow(
      'mutually exclusive',
    );
    await expect(filter({ logStreamNames: ['none'] })).rejects.toThrow(
      'The specified log stream does not exist.',
    );
    expect(messages(await filter({ logGroupName: undefined, logGroupIdentifier: arnOf('g') }))).toHaveLength(
      3,
    );
  });

  it('pages without losing or repeating an event, in both directions', async () => {
    // Several of the same time, so that a page often ends between them.
    for (let index = 0; index < 57; index += 1)
      write(`s${index % 4}`, start + Math.floor(index / 5), `${index % 2 === 0 ? 'even' : 'odd'} ${index}`);
    const all = async (input: Partial<FilterLogEventsCommandInput>): Promise<(string | undefined)[]> => {
      const seen: (string | undefined)[] = [];
      const pages = paginateFilterLogEvents(
        { client: cloud.client },
        { logGroupName: 'g', limit: 4, ...input },
      );
      for await (const page of pages) {
        expect(page.events?.length).toBeLessThanOrEqual(4);
        seen.push(...(page.events ?? []).map(({ message }) => message));
      }
      return seen;
    };
    const even = await all({ filterPattern: 'even' });
    expect(even).toHaveLength(29);
    expect(new Set(even).size).toBe(29);
    expect(await all({ filterPattern: 'even', startFromHead: false, startTime: start })).toEqual(
      [...even].reverse(),
    );
    await expect(all({ startFromHead: false })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('applies every form of pattern', async () => {
    write('s', start, '{"level":"ERROR","ms":12}');
    write('s', start + 1, 'INFO request took 99 ms');
    expect((await filter({ filterPattern: '{ $.level = "ERROR" && $.ms > 10 }' })).events).toHaveLength(1);
    expect((await filter({ filterPattern: '[level=INFO, ..., took > 50, unit]' })).events).toHaveLength(1);
    expect((await filter({ filterPattern: '?ERROR ?INFO' })).events).toHaveLength(2);
    expect((await filter({ filterPattern: '%took [0-9]{2} ms$%' })).events).toHaveLength(1);
    await expect(filter({ filterPattern: '{ $.level = "ERROR"' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: "If a filter pattern starts with '{' it must end with '}'",
    });
    await expect(filter({ filterPattern: '?Status: timeout' })).rejects.toThrow(
      "Invalid character(s) in term ':'",
    );
  });

  it('looks through 50,000 lines in well under a second', async () => {
    for (let block = 0; block < 100; block += 1)
      cloud.port.write(
        scope,
        'big',
        `stream ${block % 20}`,
        Array.from({ length: 500 }, (_, index) => ({
          timestamp: start + block * 500 + index,
          message: `{"level":"INFO","requestId":"r-${block * 500 + index}","ms":${index}}`,
        })),
      );
    for (const filterPattern of [
      '"r-49999"',
      '{ $.requestId = "r-49999" }',
      '%r-4999[9]%',
      '[a="*r-49999*"]',
    ]) {
      const started = process.cpuUsage();
      const page = await cloud.client.send(
        new FilterLogEventsCommand({ logGroupName: 'big', filterPattern }),
      );
      // Of the processor, not of the clock: other tests run beside this one.
      const took = milliseconds(process.cpuUsage(started));
      expect(page.events).toHaveLength(1);
      expect(took, filterPattern).toBeLessThan(1_000);
      console.log(`50,000 lines through ${filterPattern}: ${took.toFixed(0)} ms`);
    }
  });
});

describe('retention', () => {
  it('hides expired events at once and drops them on the clock', async () => {
    const hour = 3_600_000;
    await put([2, 1, 0].map((hours) => ({ timestamp: start - hours * hour, message: `${hours} hours ago` })));
    await cloud.client.send(new PutRetentionPolicyCommand({ logGroupName: 'g', retentionInDays: 1 }));
    const kept = (): number =>
      cloud.cloud.state.sequences<StoredEvent>('logs.events').in(scope, 'g:s').items().length;
    expect((await filter()).events).toHaveLength(3);
    await cloud.cloud.clock.advance(DAY - hour / 2);
    expect(messages(await filter())).toEqual(['0 hours ago']);
    expect(messages(await get())).toEqual(['0 hours ago']);
    await cloud.cloud.clock.advance(DAY);
    expect(messages(await filter())).toEqual([]);
    expect(kept()).toBe(0);
    // Without retention nothing is dropped.
    cloud.port.write(scope, 'forever', 's', [{ timestamp: start, message: 'x' }]);
    await cloud.cloud.clock.advance(3653 * DAY);
    expect(
      cloud.cloud.state.sequences<StoredEvent>('logs.events').in(scope, 'forever:s').items(),
    ).toHaveLength(1);
  });
});

describe('what other services write', () => {
  it('makes group and stream, and stands on the trail under its cause', async () => {
    const requestId = '5a8e2c9d-0d2c-4f6a-9a3b-1f2e3d4c5b6a';
    const cause = cloud.cloud.trail.record(scope, 'decision', { by: 'test', outcome: 'o', why: 'w' });
    cloud.port.write(
      scope,
      '/aws/lambda/f',
      '2026/11/23/[$LATEST]0',
      [
        { timestamp: start, message: `START RequestId: ${requestId} Version: $LATEST\n` },
        { timestamp: start, message: `2026-11-23T08:00:00.000Z\t${requestId}\tINFO\thello\n` },
        { timestamp: start, message: 'no id' },
      ],
      cause,
    );
    const entries = cloud.cloud.trail.read(scope, cause).filter(({ kind }) => kind === 'log.line');
    expect(entries.map((entry) => [entry.cause, (entry.facts as { requestId?: string }).requestId])).toEqual([
      [cause, requestId],
      [cause, requestId],
      [cause, undefined],
    ]);
    const page = await cloud.client.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/f' }));
    expect(page.events).toHaveLength(3);
  });
});

describe('TestMetricFilter', () => {
  it('counts from 1 and extracts the fields of space-delimited patterns', async () => {
    const test = async (filterPattern: string, ...logEventMessages: string[]): Promise<unknown> =>
      (await cloud.client.send(new TestMetricFilterCommand({ filterPattern, logEventMessages }))).matches;
    expect(await test('ERROR', '[ERROR] 400 BAD REQUEST', '[INFO] 200 OK', '[ERROR] again')).toEqual([
      { eventNumber: 1, eventMessage: '[ERROR] 400 BAD REQUEST', extractedValues: {} },
      { eventNumber: 3, eventMessage: '[ERROR] again', extractedValues: {} },
    ]);
    expect(await test('[..., code=4*, size]', 'GET / 404 12')).toEqual([
      {
        eventNumber: 1,
        eventMessage: 'GET / 404 12',
        extractedValues: { $1: 'GET', $2: '/', $code: '404', $size: '12' },
      },
    ]);
    await expect(test('""', 'x')).rejects.toThrow(`Invalid character(s) in term '""'`);
  });
});
