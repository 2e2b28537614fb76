import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { Scope } from '../../service/call.ts';
import { ServiceFailure } from '../../service/failure.ts';
import { groupArn, groupOfIdentifier } from './arns.ts';
import type { LogsOperations } from './client.ts';
import { groupExists, invalidMember, invalidParameter } from './failures.ts';
import { checkNames } from './names.ts';
import { pageToken, readPageToken } from './page-token.ts';
import type { GroupRow } from './rows.ts';
import type { LogStore } from './store.ts';
import { checkTags } from './tags.ts';

const PAGE = 50;
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Log groups and what is set on them. */
export function groupOperations(
  store: LogStore,
  metricFilterCount: (scope: Scope, group: string) => number = () => 0,
) {
  return {
    CreateLogGroup(input, call) {
      const { logGroupName = '', kmsKeyId, tags = {}, logGroupClass, deletionProtectionEnabled } = input;
      checkNames(logGroupName);
      if (/^aws\//i.test(logGroupName))
        throw invalidParameter('Log groups starting with AWS/ are reserved for AWS.');
      if (store.groups(call).has(logGroupName)) throw groupExists();
      checkTags(call, groupArn(call, logGroupName), tags);
      store.addGroup(call, logGroupName, {
        kmsKeyId: kmsKeyId ?? null,
        tags,
        logGroupClass: logGroupClass ?? 'STANDARD',
        deletionProtection: deletionProtectionEnabled ?? false,
      });
      return {};
    },

    DeleteLogGroup({ logGroupName = '' }, call) {
      const row = store.group(call, logGroupName);
      if (row.deletionProtection)
        throw new ServiceFailure(
          'ValidationException',
          `The log group ${row.name} cannot be deleted because deletion protection is enabled. Disable it with PutLogGroupDeletionProtection first.`,
        );
      store.deleteGroup(call, row.name);
      return {};
    },

    PutLogGroupDeletionProtection({ logGroupIdentifier = '', deletionProtectionEnabled }, call) {
      const row = store.group(call, groupOfIdentifier(call, logGroupIdentifier));
      store.changeGroup(call, row, { deletionProtection: deletionProtectionEnabled ?? false });
      return {};
    },

    PutRetentionPolicy({ logGroupName = '', retentionInDays = 0 }, call) {
      if (!RETENTION_DAYS.includes(retentionInDays))
        throw invalidMember(
          retentionInDays,
          'retentionInDays',
          `Member must satisfy enum value set: [${RETENTION_DAYS.join(', ')}]`,
        );
      store.changeGroup(call, store.group(call, logGroupName), { retentionInDays });
      return {};
    },

    DeleteRetentionPolicy({ logGroupName = '' }, call) {
      store.changeGroup(call, store.group(call, logGroupName), { retentionInDays: null });
      return {};
    },

    DescribeLogGroups(input, call) {
      const { logGroupNamePrefix, logGroupNamePattern, logGroupIdentifiers, logGroupClass } = input;
      if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined)
        throw invalidParameter(
          'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
        );
      const now = store.cloud.clock.now();
      const [after] =
        input.nextToken === undefined
          ? [undefined]
          : readPageToken('groups', now, input.nextToken, ['string'] as const);
      const wanted =
        logGroupIdentifiers === undefined
          ? undefined
          : new Set(logGroupIdentifiers.map((identifier) => groupOfIdentifier(call, identifier)));
      const found = [...store.groups(call).values()]
        .filter(
          ({ name, logGroupClass: ofClass }) =>
            (after === undefined || name > after) &&
            (wanted === undefined || wanted.has(name)) &&
            (logGroupClass === undefined || ofClass === logGroupClass) &&
            name.startsWith(logGroupNamePrefix ?? '') &&
            name.includes(logGroupNamePattern ?? ''),
        )
        // "The results are ASCII-sorted by log group name."
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const page = found.slice(0, input.limit ?? PAGE);
      const last = page.at(-1);
      return {
        logGroups: page.map((row) => ({
          ...describe(store, call, row, logGroupNamePattern === undefined),
          metricFilterCount: metricFilterCount(call, row.name),
        })),
        ...(last !== undefined && found.length > page.length
          ? { nextToken: pageToken('groups', now, [last.name]) }
          : {}),
      };
    },
  } satisfies LogsOperations;
}

/** Answers to a name pattern leave two members out, as recorded on AWS. */
function describe(store: LogStore, scope: Scope, row: GroupRow, whole: boolean): LogGroup {
  const arn = groupArn(scope, row.name);
  let storedBytes = 0;
  if (whole) for (const stream of store.streams(scope, row.name).values()) storedBytes += stream.bytes;
  return {
    logGroupName: row.name,
    creationTime: row.created,
    arn: `${arn}:*`,
    logGroupArn: arn,
    logGroupClass: row.logGroupClass,
    ...(row.retentionInDays === null ? {} : { retentionInDays: row.retentionInDays }),
    ...(row.kmsKeyId === null ? {} : { kmsKeyId: row.kmsKeyId }),
    ...(whole ? { storedBytes, deletionProtectionEnabled: row.deletionProtection } : {}),
  };
}
