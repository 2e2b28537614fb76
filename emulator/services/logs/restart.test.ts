import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLogs, scope, type LogsCloud } from './testing/logs-cloud.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'coldstart-logs-'));
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

it('keeps groups, streams, events, their ids and the place of a token', async () => {
  const look = async ({ client }: LogsCloud): Promise<unknown> => [
    (await client.send(new DescribeLogGroupsCommand({}))).logGroups,
    (await client.send(new DescribeLogStreamsCommand({ logGroupName: 'g' }))).logStreams,
    (await client.send(new FilterLogEventsCommand({ logGroupName: 'g' }))).events,
  ];
  const first = await openLogs(home);
  await first.client.send(new CreateLogGroupCommand({ logGroupName: 'g', tags: { a: 'b' } }));
  await first.client.send(new PutRetentionPolicyCommand({ logGroupName: 'g', retentionInDays: 30 }));
  const now = first.cloud.clock.now();
  // Not in order of time, which a restart has to find out again.
  for (const offset of [2, 0, 1])
    first.port.write(scope, 'g', 's', [{ timestamp: now + offset, message: `line ${offset}` }]);
  const before = await look(first);
  const page = await first.client.send(
    new GetLogEventsCommand({ logGroupName: 'g', logStreamName: 's', startFromHead: true, limit: 2 }),
  );
  await first.close();

  const second = await openLogs(home);
  expect(await look(second)).toEqual(before);
  const rest = await second.client.send(
    new GetLogEventsCommand({ logGroupName: 'g', logStreamName: 's', nextToken: page.nextForwardToken }),
  );
  expect(rest.events?.map(({ message }) => message)).toEqual(['line 2']);
  await second.close();
});
