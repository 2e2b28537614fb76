import type { Tag } from '@aws-sdk/client-scheduler';
import type { Scope } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import type { SchedulerOperations } from '../client.ts';
import { conflict, invalid, noSuchGroup } from '../failures.ts';
import { pageOf } from '../page.ts';
import { DEFAULT_GROUP, groupArn, type GroupRow } from '../rows.ts';
import type { Clockwork } from '../schedules/clockwork.ts';
import type { ScheduleStore } from '../store.ts';

const MOST_TAGS = 50;

/** Groups of schedules, and their tags: schedules have none of their own. */
export function groupOperations(store: ScheduleStore, clockwork: Clockwork) {
  /** @throws ValidationException, ResourceNotFoundException */
  const tagged = (arn: string): { readonly scope: Scope; readonly row: GroupRow } => {
    const found = /^arn:aws[a-z-]*:scheduler:([a-z0-9-]+):(\d{12}):schedule-group\/([0-9a-zA-Z_.-]+)$/.exec(
      arn,
    );
    if (found === null) throw invalid(`Invalid ResourceArn ${arn}: only schedule groups have tags.`);
    const [, region = '', account = '', name = ''] = found;
    const scope = { account, region };
    const row = store.group(scope, name);
    if (row === undefined) throw noSuchGroup(name);
    return { scope, row };
  };
  const summary = (scope: Scope, { name, created, modified }: GroupRow) => ({
    Arn: groupArn(scope, name),
    Name: name,
    State: 'ACTIVE' as const,
    CreationDate: new Date(created),
    LastModificationDate: new Date(modified),
  });

  return {
    CreateScheduleGroup(input, call) {
      const name = required(input.Name, 'Name');
      const before = store.group(call, name);
      if (before !== undefined && (before.token === undefined || before.token !== input.ClientToken))
        throw conflict(`Schedule group ${name} already exists.`);
      if (before === undefined) {
        const now = store.cloud.clock.now();
        store.setGroup(call, {
          name,
          created: now,
          modified: now,
          tags: withTags({}, input.Tags ?? []),
          ...(input.ClientToken === undefined ? {} : { token: input.ClientToken }),
        });
      }
      return { ScheduleGroupArn: groupArn(call, name) };
    },

    GetScheduleGroup(input, call) {
      return summary(call, store.groupNamed(call, required(input.Name, 'Name')));
    },

    ListScheduleGroups(input, call) {
      const rows = store.groups(call).filter(({ name }) => name.startsWith(input.NamePrefix ?? ''));
      const { page, next } = pageOf(rows, ({ name }) => name, input);
      return { ScheduleGroups: page.map((row) => summary(call, row)), ...next };
    },

    DeleteScheduleGroup(input, call) {
      const name = required(input.Name, 'Name');
      if (name === DEFAULT_GROUP) throw invalid('The default schedule group cannot be deleted.');
      store.groupNamed(call, name);
      for (const schedule of store.schedules(call))
        if (schedule.group === name) clockwork.delete(call, schedule);
      store.deleteGroup(call, name);
      return {};
    },

    TagResource({ ResourceArn, Tags }) {
      const { scope, row } = tagged(required(ResourceArn, 'ResourceArn'));
      store.setGroup(scope, { ...row, tags: withTags(row.tags, Tags ?? []) });
      return {};
    },

    UntagResource({ ResourceArn, TagKeys = [] }) {
      const { scope, row } = tagged(required(ResourceArn, 'ResourceArn'));
      const tags = Object.entries(row.tags).filter(([key]) => !TagKeys.includes(key));
      store.setGroup(scope, { ...row, tags: Object.fromEntries(tags) });
      return {};
    },

    ListTagsForResource({ ResourceArn }) {
      const { row } = tagged(required(ResourceArn, 'ResourceArn'));
      return { Tags: Object.entries(row.tags).map(([Key, Value]) => ({ Key, Value })) };
    },
  } satisfies SchedulerOperations;
}

function withTags(
  before: Readonly<Record<string, string>>,
  added: readonly Tag[],
): Readonly<Record<string, string>> {
  const tags = { ...before, ...Object.fromEntries(added.map(({ Key = '', Value = '' }) => [Key, Value])) };
  if (Object.keys(tags).some((key) => /^aws:/i.test(key)))
    throw invalid('Tag keys that begin with aws: are reserved for AWS.');
  if (Object.keys(tags).length > MOST_TAGS)
    throw invalid(`A resource can have no more than ${MOST_TAGS} tags.`);
  return tags;
}
