import type { Scope } from '../../service/call.ts';
import { ServiceFailure } from '../../service/failure.ts';
import { readTags } from './alarm/checks.ts';
import { alarmArn, alarmName, type AlarmRow } from './alarm/rows.ts';
import type { AlarmStore } from './alarm/store.ts';
import type { CloudWatchOperations } from './client.ts';

/** Tags of alarms. */
export function tagOperations(alarms: AlarmStore) {
  const tagged = (scope: Scope, arn: string): AlarmRow => {
    const name = alarmName(scope, arn);
    const row = name === arn ? undefined : alarms.in(scope).get(name);
    if (row === undefined)
      throw new ServiceFailure('ResourceNotFoundException', `Unknown resource ${arn}`, {
        members: { ResourceType: 'alarm', ResourceId: arn.slice(alarmArn(scope, '').length) },
      });
    return row;
  };
  const set = (scope: Scope, row: AlarmRow, tags: Readonly<Record<string, string>>): void =>
    alarms.in(scope).set(row.name, { ...row, tags });
  return {
    TagResource({ ResourceARN = '', Tags }, call) {
      const row = tagged(call, ResourceARN);
      const all = { ...row.tags, ...readTags(Tags) };
      readTags(Object.entries(all).map(([Key, Value]) => ({ Key, Value })));
      set(call, row, all);
      return {};
    },
    UntagResource({ ResourceARN = '', TagKeys = [] }, call) {
      const row = tagged(call, ResourceARN);
      set(call, row, Object.fromEntries(Object.entries(row.tags).filter(([key]) => !TagKeys.includes(key))));
      return {};
    },
    ListTagsForResource({ ResourceARN = '' }, call) {
      const { tags } = tagged(call, ResourceARN);
      return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    },
  } satisfies CloudWatchOperations;
}
