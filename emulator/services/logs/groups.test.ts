/* eslint-disable @typescript-eslint/no-deprecated -- the older tag operations are still served, so they are tested */
import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  ListTagsForResourceCommand,
  ListTagsLogGroupCommand,
  PutLogEventsCommand,
  PutLogGroupDeletionProtectionCommand,
  PutRetentionPolicyCommand,
  TagLogGroupCommand,
  TagResourceCommand,
  UntagLogGroupCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { arnOf, openLogs, scope, type LogsCloud } from './testing/logs-cloud.ts';

let cloud: LogsCloud;
beforeEach(async () => {
  cloud = await openLogs();
});
afterEach(async () => {
  await cloud.close();
});

const create = (logGroupName: string, more = {}): Promise<unknown> =>
  cloud.client.send(new CreateLogGroupCommand({ logGroupName, ...more }));
const names = async (input = {}): Promise<(string | undefined)[]> =>
  ((await cloud.client.send(new DescribeLogGroupsCommand(input))).logGroups ?? []).map(
    (row) => row.logGroupName,
  );

describe('log groups', () => {
  it('are described with both forms of their ARN', async () => {
    const before = Date.now();
    await create('/aws/lambda/hello', { kmsKeyId: 'arn:aws:kms:us-east-1:111111111111:key/1' });
    const { logGroups, nextToken } = await cloud.client.send(new DescribeLogGroupsCommand({}));
    expect(nextToken).toBeUndefined();
    expect(logGroups).toEqual([
      {
        logGroupName: '/aws/lambda/hello',
        creationTime: expect.toSatisfy((time: number) => time >= before && time <= Date.now()) as number,
        metricFilterCount: 0,
        arn: `${arnOf('/aws/lambda/hello')}:*`,
        logGroupArn: arnOf('/aws/lambda/hello'),
        logGroupClass: 'STANDARD',
        storedBytes: 0,
        deletionProtectionEnabled: false,
        kmsKeyId: 'arn:aws:kms:us-east-1:111111111111:key/1',
      },
    ]);
  });

  it('are listed by name, prefix, pattern, class and identifier, page by page', async () => {
    for (const name of ['b', 'a/2', 'a/1', 'DataLogs', 'c']) await create(name);
    await create('rare', { logGroupClass: 'INFREQUENT_ACCESS' });
    await create('new', { logGroupClass: 'ESSENTIALS' });
    expect(await names()).toEqual(['DataLogs', 'a/1', 'a/2', 'b', 'c', 'new', 'rare']);
    expect(await names({ logGroupNamePrefix: 'a/' })).toEqual(['a/1', 'a/2']);
    expect(await names({ logGroupNamePattern: 'Logs' })).toEqual(['DataLogs']);
    expect(await names({ logGroupNamePattern: 'logs' })).toEqual([]);
    expect(await names({ logGroupClass: 'INFREQUENT_ACCESS' })).toEqual(['rare']);
    expect(await names({ logGroupIdentifiers: ['c', arnOf('b')] })).toEqual(['b', 'c']);
    const seen: unknown[] = [];
    let nextToken: string | undefined;
    do {
      const page = await cloud.client.send(new DescribeLogGroupsCommand({ limit: 2, nextToken }));
      seen.push(page.logGroups?.map((row) => row.logGroupName));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(seen).toEqual([['DataLogs', 'a/1'], ['a/2', 'b'], ['c', 'new'], ['rare']]);
    await expect(names({ nextToken: 'AAAA' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The specified nextToken is invalid.',
    });
  });

  it('refuse names that AWS refuses', async () => {
    await expect(create('aws/mine')).rejects.toThrow('Log groups starting with AWS/ are reserved for AWS.');
    await expect(create('no spaces')).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(create('')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('keep retention of the valid lengths only', async () => {
    await create('kept');
    await cloud.client.send(new PutRetentionPolicyCommand({ logGroupName: 'kept', retentionInDays: 7 }));
    const described = async (): Promise<number | undefined> =>
      (await cloud.client.send(new DescribeLogGroupsCommand({}))).logGroups?.[0]?.retentionInDays;
    expect(await described()).toBe(7);
    await expect(
      cloud.client.send(new PutRetentionPolicyCommand({ logGroupName: 'kept', retentionInDays: 6 })),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringMatching(
        /^1 validation error detected: Value '6' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: \[1, 3, 5, 7, .*3653\]$/,
      ) as string,
    });
    await cloud.client.send(new DeleteRetentionPolicyCommand({ logGroupName: 'kept' }));
    expect(await described()).toBeUndefined();
  });

  it('cannot be deleted while they are protected', async () => {
    await create('guarded', { deletionProtectionEnabled: true });
    const remove = new DeleteLogGroupCommand({ logGroupName: 'guarded' });
    await expect(cloud.client.send(remove)).rejects.toMatchObject({ name: 'ValidationException' });
    await cloud.client.send(
      new PutLogGroupDeletionProtectionCommand({
        logGroupIdentifier: 'guarded',
        deletionProtectionEnabled: false,
      }),
    );
    await cloud.client.send(remove);
    await expect(cloud.client.send(remove)).rejects.toThrow('The specified log group does not exist.');
  });

  it('lose their streams and events when they are deleted', async () => {
    cloud.port.write(scope, 'g', 's', [{ timestamp: 1, message: 'old' }]);
    await cloud.client.send(new DeleteLogGroupCommand({ logGroupName: 'g' }));
    await create('g');
    const { logStreams } = await cloud.client.send(new DescribeLogStreamsCommand({ logGroupName: 'g' }));
    expect(logStreams).toEqual([]);
    cloud.port.write(scope, 'g', 's', [{ timestamp: 2, message: 'new' }]);
    const { logGroups } = await cloud.client.send(new DescribeLogGroupsCommand({}));
    expect(logGroups?.[0]?.storedBytes).toBe(26 + 3);
  });

  it('hold up to 50 tags', async () => {
    await create('t');
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, 'v']));
    await cloud.client.send(new TagResourceCommand({ resourceArn: arnOf('t'), tags: many }));
    await expect(
      cloud.client.send(new TagResourceCommand({ resourceArn: arnOf('t'), tags: { more: 'v' } })),
    ).rejects.toMatchObject({ name: 'TooManyTagsException', resourceName: 't' });
    await expect(
      cloud.client.send(new TagLogGroupCommand({ logGroupName: 't', tags: { 'aws:x': 'v' } })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const tagKeys = Object.keys(many).slice(1);
    await expect(
      cloud.client.send(new UntagResourceCommand({ resourceArn: `${arnOf('t')}:*`, tagKeys })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await cloud.client.send(new UntagResourceCommand({ resourceArn: arnOf('t'), tagKeys }));
    await cloud.client.send(new TagLogGroupCommand({ logGroupName: 't', tags: { a: '1', b: '2' } }));
    await cloud.client.send(new UntagLogGroupCommand({ logGroupName: 't', tags: ['a'] }));
    const expected = { tags: { k0: 'v', b: '2' } };
    expect(await cloud.client.send(new ListTagsLogGroupCommand({ logGroupName: 't' }))).toMatchObject(
      expected,
    );
    expect(
      (await cloud.client.send(new ListTagsForResourceCommand({ resourceArn: arnOf('t') }))).tags,
    ).toEqual(expected.tags);
    await expect(
      cloud.client.send(new ListTagsForResourceCommand({ resourceArn: arnOf('none') })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('log streams', () => {
  const stream = (logStreamName: string): Promise<unknown> =>
    cloud.client.send(new CreateLogStreamCommand({ logGroupName: 'g', logStreamName }));
  const put = (logStreamName: string, timestamp: number): Promise<unknown> =>
    cloud.client.send(
      new PutLogEventsCommand({ logGroupName: 'g', logStreamName, logEvents: [{ timestamp, message: 'x' }] }),
    );
  beforeEach(async () => {
    await create('g');
  });

  it('tell the times of their events', async () => {
    await stream('s');
    const now = Date.now();
    await put('s', now - 1_000);
    await put('s', now - 2_000);
    const { logStreams } = await cloud.client.send(new DescribeLogStreamsCommand({ logGroupName: 'g' }));
    expect(logStreams).toEqual([
      {
        logStreamName: 's',
        arn: `${arnOf('g')}:log-stream:s`,
        creationTime: expect.any(Number) as number,
        storedBytes: 0,
        firstEventTimestamp: now - 2_000,
        lastEventTimestamp: now - 1_000,
        lastIngestionTime: expect.any(Number) as number,
        uploadSequenceToken: expect.stringMatching(/^\d{56}$/) as string,
      },
    ]);
  });

  it('are listed by name or by last event, forward and backward, page by page', async () => {
    const now = Date.now();
    for (const [name, age] of [
      ['a', 3],
      ['b', 1],
      ['c', 2],
    ] as const) {
      await stream(name);
      await put(name, now - age * 1_000);
    }
    await stream('empty');
    const all = async (input: object): Promise<string> => {
      const seen: (string | undefined)[] = [];
      let nextToken: string | undefined;
      do {
        const page = await cloud.client.send(
          new DescribeLogStreamsCommand({ logGroupName: 'g', limit: 1, nextToken, ...input }),
        );
        seen.push(...(page.logStreams ?? []).map((row) => row.logStreamName));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return seen.join(' ');
    };
    expect(await all({})).toBe('a b c empty');
    expect(await all({ descending: true })).toBe('empty c b a');
    expect(await all({ orderBy: 'LastEventTime' })).toBe('empty a c b');
    expect(await all({ orderBy: 'LastEventTime', descending: true })).toBe('b c a empty');
    expect(await all({ logStreamNamePrefix: 'e' })).toBe('empty');
    await expect(all({ orderBy: 'LastEventTime', logStreamNamePrefix: 'e' })).rejects.toThrow(
      'Cannot order by LastEventTime with a logStreamNamePrefix.',
    );
    await cloud.client.send(new DeleteLogStreamCommand({ logGroupName: 'g', logStreamName: 'a' }));
    expect(await all({})).toBe('b c empty');
    await expect(
      cloud.client.send(new DeleteLogStreamCommand({ logGroupName: 'g', logStreamName: 'a' })),
    ).rejects.toThrow('The specified log stream does not exist.');
  });

  it('refuse a colon in their name', async () => {
    await expect(stream('a:b')).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await stream('2026/11/23/[$LATEST]0123456789abcdef0123456789abcdef');
  });
});
