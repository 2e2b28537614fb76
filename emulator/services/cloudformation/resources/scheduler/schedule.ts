import type { CreateScheduleCommandInput, FlexibleTimeWindow, Target } from '@aws-sdk/client-scheduler';
import type { Json } from '../../../../state/state.ts';
import { narrowed } from '../gateway/narrowed.ts';
import { ifThere } from '../translate/gone.ts';
import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { plain, shaped, text } from '../translate/shaped.ts';

const DEFAULT_GROUP = 'default';

const nameFor = (properties: Properties, work: ResourceWork): string =>
  text(properties['Name']) ?? work.name(64);
const groupOf = (properties: Properties): string => text(properties['GroupName']) ?? DEFAULT_GROUP;

function physical(name: string, group: string, { scope }: ResourceWork): Physical {
  const Arn = `arn:aws:scheduler:${scope.region}:${scope.account}:schedule/${group}/${name}`;
  return { id: name, attributes: { Arn } };
}

const date = (value: Json | undefined): Date | undefined =>
  typeof value === 'string' ? new Date(value) : undefined;

function inputOf(Name: string, properties: Properties): CreateScheduleCommandInput {
  const start = date(properties['StartDate']);
  const end = date(properties['EndDate']);
  const plain = ['Description', 'KmsKeyArn', 'ScheduleExpressionTimezone', 'State'].flatMap(
    (name): [string, Json][] => {
      const value = properties[name];
      return value === undefined ? [] : [[name, value]];
    },
  );
  return {
    ...shaped<Partial<CreateScheduleCommandInput>>(Object.fromEntries(plain)),
    Name,
    GroupName: groupOf(properties),
    ScheduleExpression: text(properties['ScheduleExpression']),
    FlexibleTimeWindow: shaped<FlexibleTimeWindow>(properties['FlexibleTimeWindow']),
    Target: shaped<Target>(properties['Target']),
    ...(start !== undefined && { StartDate: start }),
    ...(end !== undefined && { EndDate: end }),
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html */
export const schedule: ResourceType = {
  async create(properties, work) {
    const Name = nameFor(properties, work);
    await work.call('scheduler', 'CreateSchedule', inputOf(Name, properties));
    return physical(Name, groupOf(properties), work);
  },

  async update(kept, wanted, work) {
    const Name = kept.id;
    const before = groupOf(kept.properties);
    const group = groupOf(wanted);
    const there = await ifThere(work.call('scheduler', 'GetSchedule', { Name, GroupName: group }));
    if (there === undefined) await work.call('scheduler', 'CreateSchedule', inputOf(Name, wanted));
    else await work.call('scheduler', 'UpdateSchedule', inputOf(Name, wanted));
    // A schedule does not move: it is made in the other group, and goes from its own.
    if (group !== before)
      await ifThere(work.call('scheduler', 'DeleteSchedule', { Name, GroupName: before }));
    return physical(Name, group, work);
  },

  async delete(kept, work) {
    const GroupName = groupOf(kept.properties);
    await ifThere(work.call('scheduler', 'DeleteSchedule', { Name: kept.id, GroupName }));
  },

  async read(kept, work) {
    const given = kept.properties;
    const told = await ifThere(
      work.call('scheduler', 'GetSchedule', { Name: kept.id, GroupName: groupOf(given) }),
    );
    if (told === undefined) return undefined;
    const now = shaped<Properties>(plain(told));
    return narrowed(
      { ...now, ...dated('StartDate', told.StartDate, given), ...dated('EndDate', told.EndDate, given) },
      given,
    );
  },

  nameOf: nameFor,
};

/** A time is told as the template wrote it where it is the same. */
function dated(name: string, now: Date | undefined, given: Properties): Properties {
  if (now === undefined) return {};
  const same = date(given[name])?.getTime() === now.getTime();
  return { [name]: (same ? given[name] : undefined) ?? now.toISOString() };
}
