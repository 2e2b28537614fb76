import type { GetScheduleOutput } from '@aws-sdk/client-scheduler';
import type { Call, Scope } from '../../../service/call.ts';
import type { InputOf, OutputOf } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import type { Scheduler, SchedulerOperations } from '../client.ts';
import { conflict, invalid } from '../failures.ts';
import { readScheduleExpression } from '../expression/expression.ts';
import { zoneNamed } from '../expression/zone.ts';
import { pageOf } from '../page.ts';
import { DEFAULT_GROUP, groupArn, keyOf, scheduleArn, type ScheduleRow } from '../rows.ts';
import type { ScheduleStore } from '../store.ts';
import type { Clockwork } from './clockwork.ts';
import { readTarget, shownTarget } from './target.ts';

/** What making and changing a schedule have in common: a change states everything anew. */
type Settings = InputOf<Scheduler, 'CreateSchedule'>;

export function scheduleOperations(store: ScheduleStore, clockwork: Clockwork) {
  const { clock } = store.cloud;

  /** @throws ValidationException where the role does not let the service assume it for schedules of the group */
  const checkRole = async (call: Call, group: string, roleArn: string): Promise<void> => {
    const iam = await store.cloud.port('iam');
    const role = iam.role(call.account, roleArn);
    const conditions = { 'aws:SourceArn': groupArn(call, group), 'aws:SourceAccount': call.account };
    if (role === undefined || !iam.mayAssume(call.account, role.name, 'scheduler.amazonaws.com', conditions))
      throw invalid(
        'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
      );
  };

  const read = async (input: Settings, call: Call, before: ScheduleRow | undefined): Promise<ScheduleRow> => {
    const group = input.GroupName ?? DEFAULT_GROUP;
    const expression = required(input.ScheduleExpression, 'ScheduleExpression');
    if (readScheduleExpression(expression) === undefined)
      throw invalid(`Invalid Schedule Expression ${expression}.`);
    const zone = input.ScheduleExpressionTimezone ?? 'UTC';
    if (zoneNamed(zone) === undefined) throw invalid(`Invalid Schedule Expression Timezone ${zone}.`);
    const start = input.StartDate?.getTime();
    const end = input.EndDate?.getTime();
    const now = clock.now();
    if (end !== undefined && end <= (start ?? now))
      throw invalid('The EndDate you specify must be later than the StartDate and in the future.');
    const windowMinutes = readWindow(input);
    const target = readTarget(required(input.Target, 'Target'));
    await checkRole(call, group, target.role);
    return {
      group,
      name: required(input.Name, 'Name'),
      created: before?.created ?? now,
      modified: now,
      expression,
      zone,
      anchor: before !== undefined && before.expression === expression ? before.anchor : now,
      ...(start === undefined ? {} : { start }),
      ...(end === undefined ? {} : { end }),
      ...(input.Description === undefined ? {} : { description: input.Description }),
      enabled: input.State !== 'DISABLED',
      ...(input.KmsKeyArn === undefined ? {} : { kmsKey: input.KmsKeyArn }),
      ...(windowMinutes === undefined ? {} : { windowMinutes }),
      deleteAfterwards: input.ActionAfterCompletion === 'DELETE',
      target,
      ...(input.ClientToken === undefined ? {} : { token: input.ClientToken }),
    };
  };

  return {
    async CreateSchedule(input, call) {
      const name = required(input.Name, 'Name');
      const group = input.GroupName ?? DEFAULT_GROUP;
      store.groupNamed(call, group);
      const row = await read(input, call, undefined);
      const before = store.schedule(call, group, name);
      if (before !== undefined) {
        // The same request once more, with its token, is answered as the first was.
        if (before.token === undefined || before.token !== input.ClientToken)
          throw conflict(`Schedule ${name} already exists.`);
        return { ScheduleArn: scheduleArn(call, before) };
      }
      store.setSchedule(call, row);
      clockwork.follow(call, row);
      return { ScheduleArn: scheduleArn(call, row) };
    },

    async UpdateSchedule(input, call) {
      const name = required(input.Name, 'Name');
      const group = input.GroupName ?? DEFAULT_GROUP;
      const row = await read(input, call, store.scheduleNamed(call, group, name));
      store.scheduleNamed(call, group, name);
      store.setSchedule(call, row);
      clockwork.follow(call, row);
      return { ScheduleArn: scheduleArn(call, row) };
    },

    GetSchedule({ Name, GroupName = DEFAULT_GROUP }, call) {
      return shown(call, store.scheduleNamed(call, GroupName, required(Name, 'Name')));
    },

    ListSchedules(input, call) {
      if (input.GroupName !== undefined) store.groupNamed(call, input.GroupName);
      const rows = store
        .schedules(call)
        .filter(
          ({ group, name, enabled }) =>
            (input.GroupName === undefined || group === input.GroupName) &&
            name.startsWith(input.NamePrefix ?? '') &&
            (input.State === undefined || enabled === (input.State === 'ENABLED')),
        );
      const { page, next } = pageOf(rows, ({ group, name }) => keyOf(group, name), input);
      return {
        Schedules: page.map((row) => ({
          Arn: scheduleArn(call, row),
          Name: row.name,
          GroupName: row.group,
          State: row.enabled ? 'ENABLED' : 'DISABLED',
          CreationDate: new Date(row.created),
          LastModificationDate: new Date(row.modified),
          Target: { Arn: row.target.arn },
        })),
        ...next,
      };
    },

    DeleteSchedule({ Name, GroupName = DEFAULT_GROUP }, call) {
      clockwork.delete(call, store.scheduleNamed(call, GroupName, required(Name, 'Name')));
      return {};
    },
  } satisfies SchedulerOperations;
}

/** @throws ValidationException */
function readWindow({ FlexibleTimeWindow: window }: Settings): number | undefined {
  if (window?.Mode !== 'FLEXIBLE') {
    if (window?.MaximumWindowInMinutes !== undefined)
      throw invalid('MaximumWindowInMinutes must not be specified for a flexible time window that is OFF.');
    return undefined;
  }
  if (window.MaximumWindowInMinutes === undefined)
    throw invalid('MaximumWindowInMinutes must be specified for a flexible time window.');
  return window.MaximumWindowInMinutes;
}

function shown(scope: Scope, row: ScheduleRow): OutputOf<Scheduler, 'GetSchedule'> & GetScheduleOutput {
  return {
    Arn: scheduleArn(scope, row),
    GroupName: row.group,
    Name: row.name,
    ScheduleExpression: row.expression,
    ScheduleExpressionTimezone: row.zone,
    ...(row.start === undefined ? {} : { StartDate: new Date(row.start) }),
    ...(row.end === undefined ? {} : { EndDate: new Date(row.end) }),
    ...(row.description === undefined ? {} : { Description: row.description }),
    State: row.enabled ? 'ENABLED' : 'DISABLED',
    CreationDate: new Date(row.created),
    LastModificationDate: new Date(row.modified),
    ...(row.kmsKey === undefined ? {} : { KmsKeyArn: row.kmsKey }),
    Target: shownTarget(row.target),
    FlexibleTimeWindow:
      row.windowMinutes === undefined
        ? { Mode: 'OFF' }
        : { Mode: 'FLEXIBLE', MaximumWindowInMinutes: row.windowMinutes },
    ActionAfterCompletion: row.deleteAfterwards ? 'DELETE' : 'NONE',
  };
}
