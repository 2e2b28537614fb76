import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  type InputLogEvent,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY } from './rows.ts';
import { openLogs, type LogsCloud } from './testing/logs-cloud.ts';

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
