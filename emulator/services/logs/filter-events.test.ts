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

describe('accounts and classes', () => {
  it('keep what they log to themselves', async () => {
    cloud.port.write({ account: '222222222222', region: scope.region }, 'g', 's', [
      { timestamp: start, message: 'another account' },
    ]);
    cloud.port.write({ account: scope.account, region: 'eu-west-1' }, 'g', 's', [
      { timestamp: start, message: 'another region' },
    ]);
    expect(messages(await filter())).toEqual([]);
  });

  it('of infrequent access are not read event by event', async () => {
    await cloud.client.send(
      new CreateLogGroupCommand({ logGroupName: 'rare', logGroupClass: 'INFREQUENT_ACCESS' }),
    );
    cloud.port.write(scope, 'rare', 's', [{ timestamp: start, message: 'x' }]);
    for (const call of [filter({ logGroupName: 'rare' }), get({ logGroupName: 'rare' })])
      await expect(call).rejects.toMatchObject({ name: 'InvalidParameterException' });
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

describe('a line that a function logs', () => {
  it('costs little', () => {
    const lines = Array.from({ length: 4 }, (_, index) => ({
      timestamp: start,
      message: `line ${index} of an invocation`,
    }));
    const started = process.cpuUsage();
    for (let count = 0; count < 5_000; count += 1)
      cloud.port.write(scope, 'f', `stream ${count % 10}`, lines);
    const each = milliseconds(process.cpuUsage(started)) / 5_000;
    console.log(`write() of 4 lines: ${each.toFixed(3)} ms`);
    expect(each).toBeLessThan(0.5);
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
