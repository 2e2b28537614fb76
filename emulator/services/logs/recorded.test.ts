/* eslint-disable @typescript-eslint/no-deprecated -- the recordings hold the older tag operations too */
import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  ListTagsLogGroupCommand,
  PutLogEventsCommand,
  TagLogGroupCommand,
  TagResourceCommand,
  UntagLogGroupCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arnOf, openLogs, type LogsCloud } from './testing/logs-cloud.ts';
import { failureOf, normalised, recorded, recordedAtHand } from './testing/recorded.ts';

if (!recordedAtHand)
  console.warn('Answers recorded on AWS are not at hand: comparisons with them are skipped.');

describe.runIf(recordedAtHand)('answers as recorded on AWS', () => {
  let cloud: LogsCloud;
  let count = 0;
  beforeAll(async () => {
    cloud = await openLogs();
  });
  afterAll(async () => {
    await cloud.close();
  });

  const newGroup = async (more = {}): Promise<string> => {
    const logGroupName = `/recorded/group-${(count += 1)}-x`;
    await cloud.client.send(new CreateLogGroupCommand({ logGroupName, ...more }));
    return logGroupName;
  };

  describe('groups', () => {
    it.each([
      ['TestLogsGroups::test_describe_log_groups_with_prefix', 'describe-log-groups-prefix', 3, {}],
      [
        'TestLogsGroups::test_create_log_group_with_kms_key',
        'describe-log-groups-with-kms',
        1,
        { kmsKeyId: 'arn:aws:kms:us-east-1:111111111111:key/<key-id>' },
      ],
    ])('%s', async (test, step, groups, more) => {
      const prefix = `/recorded/${step}`;
      const names: Record<string, string> = {};
      for (let index = 1; index <= groups; index += 1) {
        names[`<log-group-name:${index}>`] = `${prefix}-${index}`;
        await cloud.client.send(new CreateLogGroupCommand({ logGroupName: `${prefix}-${index}`, ...more }));
      }
      const answer = await cloud.client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix }));
      expect(normalised(answer, names)).toEqual(recorded('groups', test)[step]);
    });

    it('describe with a name pattern', async () => {
      const name = await newGroup();
      const answer = await cloud.client.send(
        new DescribeLogGroupsCommand({ logGroupNamePattern: name.slice(5) }),
      );
      const expected = recorded('groups', 'TestLogsGroups::test_describe_log_groups_with_pattern');
      // The account that was recorded had more groups to look through, so its answer has a token.
      expect({
        ...(normalised(answer, { '<log-group-name:1>': name }) as object),
        nextToken: '<next_token>',
      }).toEqual(expected['describe-log-groups-pattern']);
    });

    it('refusals', async () => {
      const name = await newGroup();
      expect(await failureOf(cloud.client.send(new CreateLogGroupCommand({ logGroupName: name })))).toEqual(
        recorded('groups', 'TestLogsGroups::test_create_log_group_duplicate_error')[
          'error-duplicate-log-group'
        ],
      );
      expect(
        await failureOf(cloud.client.send(new CreateLogGroupCommand({ logGroupName: 'x'.repeat(513) }))),
      ).toEqual(
        recorded('groups', 'TestLogsGroups::test_create_log_group_invalid_name_length')[
          'error-invalid-name-length'
        ],
      );
      const both = new DescribeLogGroupsCommand({ logGroupNamePrefix: 'a', logGroupNamePattern: 'b' });
      expect(await failureOf(cloud.client.send(both))).toEqual(
        recorded('groups', 'TestLogsGroups::test_describe_log_groups_prefix_and_pattern_error')[
          'error-prefix-and-pattern'
        ],
      );
    });

    it('tags', async () => {
      const expected = recorded('groups', 'TestLogsGroupsTags::test_tag_resource_api');
      const logGroupName = await newGroup({ tags: { env: 'testing1' } });
      const resourceArn = arnOf(logGroupName);
      const both = async (byName: string | undefined, byArn: string | undefined): Promise<void> => {
        const named = await cloud.client.send(new ListTagsLogGroupCommand({ logGroupName }));
        const ofArn = await cloud.client.send(new ListTagsForResourceCommand({ resourceArn }));
        if (byName !== undefined) expect(normalised(named, {})).toEqual(expected[byName]);
        if (byArn !== undefined) expect(normalised(ofArn, {})).toEqual(expected[byArn]);
      };
      await both('list-tags-after-create', undefined);
      await cloud.client.send(
        new TagResourceCommand({ resourceArn, tags: { test1: 'val1', test2: 'val2' } }),
      );
      await both('list-tags-log-group-after-tag-resource', 'list-tags-for-resource-after-tag-resource');
      await cloud.client.send(new TagLogGroupCommand({ logGroupName, tags: { test3: 'val3' } }));
      await both('list-tags-log-group-after-tag-log-group', 'list-tags-for-resource-after-tag-log-group');
      await cloud.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['env', 'test3'] }));
      await cloud.client.send(new UntagLogGroupCommand({ logGroupName, tags: ['test1'] }));
      await both('list-tags-log-group-after-untag', 'list-tags-for-resource-after-untag');
    });
  });

  describe('streams', () => {
    it('descriptions', async () => {
      const group = await newGroup();
      const names: Record<string, string> = { '<log-group>': group };
      for (const index of [1, 2, 3]) {
        names[`<log-stream-name:${index}>`] = `stream-${index}`;
        await cloud.client.send(
          new CreateLogStreamCommand({ logGroupName: group, logStreamName: `stream-${index}` }),
        );
      }
      const describeStreams = async (input: object): Promise<unknown> =>
        normalised(await cloud.client.send(new DescribeLogStreamsCommand(input)), names);
      expect(await describeStreams({ logGroupName: group, logStreamNamePrefix: 'stream-' })).toEqual(
        recorded('streams', 'TestLogsStreams::test_describe_log_streams_with_prefix')[
          'describe-streams-with-prefix'
        ],
      );
      const one = recorded('streams', 'TestLogsStreams::test_describe_log_streams_with_log_group_identifier');
      const logStreamNamePrefix = 'stream-1';
      expect(await describeStreams({ logGroupIdentifier: group, logStreamNamePrefix })).toEqual(
        one['describe-streams-identifier-name'],
      );
      expect(await describeStreams({ logGroupIdentifier: arnOf(group), logStreamNamePrefix })).toEqual(
        one['describe-streams-identifier-arn'],
      );
      expect(
        await failureOf(describeStreams({ logGroupName: group, logGroupIdentifier: arnOf(group) })),
      ).toEqual(one['error-both-name-and-identifier']);
      const again = new CreateLogStreamCommand({ logGroupName: group, logStreamName: 'stream-1' });
      expect(await failureOf(cloud.client.send(again))).toEqual(
        recorded('streams', 'TestLogsStreams::test_create_log_stream_duplicate_error')[
          'error-duplicate-log-stream'
        ],
      );
    });
  });

  describe('events', () => {
    it('refusals', async () => {
      const group = await newGroup();
      const send = (input: {
        logGroupName?: string;
        logStreamName?: string;
        times?: number[];
      }): Promise<unknown> =>
        cloud.client.send(
          new PutLogEventsCommand({
            logGroupName: group,
            logStreamName: 's',
            logEvents: (input.times ?? [Date.now()]).map((timestamp) => ({ timestamp, message: 'x' })),
            ...input,
          }),
        );
      const read = (input: object): Promise<unknown> =>
        cloud.client.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: 's', ...input }));
      const missing = recorded('events', 'TestLogsEventsErrors::test_resource_does_not_exist');
      expect(await failureOf(read({ logGroupName: 'none' }))).toEqual(
        missing['error-log-group-does-not-exist'],
      );
      expect(await failureOf(read({}))).toEqual(missing['error-log-stream-does-not-exist']);
      expect(await failureOf(send({}))).toEqual(
        recorded('events', 'TestLogsEvents::test_put_log_events_to_invalid_stream')['error-invalid-stream'],
      );

      await cloud.client.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: 's' }));
      const now = Date.now();
      expect(await failureOf(send({ times: [now, now - 1_000] }))).toEqual(
        recorded('events', 'TestLogsEvents::test_put_log_events_wrong_order')['error-wrong-order'],
      );
      expect(await failureOf(read({ nextToken: 'INVALID' }))).toEqual(
        recorded('events', 'TestLogsEvents::test_get_log_events_invalid_token')['error-invalid-token'],
      );
      expect(await failureOf(read({ limit: 10_001 }))).toEqual(
        recorded('events', 'TestLogsEvents::test_get_log_events_limit_validation')['error-limit-exceeded'],
      );
      const filter = (input: object): Promise<unknown> =>
        cloud.client.send(new FilterLogEventsCommand({ logGroupName: group, ...input }));
      expect(await failureOf(filter({ limit: 10_001 }))).toEqual(
        recorded('filter_events', 'TestFilterLogEvents::test_filter_log_events_limit_validation')[
          'error-limit-exceeded'
        ],
      );
      expect(await failureOf(filter({ nextToken: 'INVALID' }))).toEqual(
        recorded('filter_events', 'TestFilterLogEvents::test_filter_log_events_unknown_token')[
          'invalid-token'
        ],
      );
    });

    it.each([
      [
        'test_put_log_events_too_old',
        'response-too-old',
        'tooOldLogEventEndIndex',
        'too-old-log-event-end-index',
        -15,
      ],
      [
        'test_put_log_events_too_new',
        'response-too-new',
        'tooNewLogEventStartIndex',
        'too-new-log-event-start-index',
        1,
      ],
    ])('%s', async (test, step, member, written, days) => {
      const logGroupName = await newGroup();
      await cloud.client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 's' }));
      const timestamp = Date.now() + days * 86_400_000;
      const answer = await cloud.client.send(
        new PutLogEventsCommand({
          logGroupName,
          logStreamName: 's',
          logEvents: [{ timestamp, message: 'x' }],
        }),
      );
      // The recording writes the index as a name.
      const shown = normalised(answer, {}) as { rejectedLogEventsInfo: Record<string, unknown> };
      expect(shown.rejectedLogEventsInfo[member]).toEqual(expect.any(Number));
      shown.rejectedLogEventsInfo[member] = written;
      expect(shown).toEqual(recorded('events', `TestLogsEvents::${test}`)[step]);
    });
  });
});
