import type { PutCompositeAlarmInput, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { narrowed } from '../gateway/narrowed.ts';
import { mustBeNew, onlyBuilt } from '../presence/presence.ts';
import { ifThere } from '../translate/gone.ts';
import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { retag, tagsInput, tagsRead, toldTags } from '../tagging/tagging.ts';
import { plain, shaped, text } from '../translate/shaped.ts';
import { tagList } from '../translate/tags.ts';

/** What both kinds of alarms have. */
const both = [
  'ActionsEnabled',
  'AlarmActions',
  'AlarmDescription',
  'AlarmName',
  'InsufficientDataActions',
  'OKActions',
  'Tags',
];
const ofMetrics = [
  ...both,
  'ComparisonOperator',
  'DatapointsToAlarm',
  'Dimensions',
  'EvaluateLowSampleCountPercentile',
  'EvaluationPeriods',
  'ExtendedStatistic',
  'MetricName',
  'Metrics',
  'Namespace',
  'Period',
  'Statistic',
  'Threshold',
  'TreatMissingData',
  'Unit',
];
const ofAlarms = [
  ...both,
  'ActionsSuppressor',
  'ActionsSuppressorExtensionPeriod',
  'ActionsSuppressorWaitPeriod',
  'AlarmRule',
];

const nameFor = (properties: Properties, work: ResourceWork): string =>
  text(properties['AlarmName']) ?? work.name(255);
const arnOf = (name: string, { scope }: ResourceWork): string =>
  `arn:aws:cloudwatch:${scope.region}:${scope.account}:alarm:${name}`;
const physical = (name: string, work: ResourceWork): Physical => ({
  id: name,
  attributes: { Arn: arnOf(name, work) },
});

/** The alarm of that name, of whichever kind, as plain data; undefined where there is none. */
async function described(name: string, work: ResourceWork): Promise<Properties | undefined> {
  const { MetricAlarms = [], CompositeAlarms = [] } = await work.call('cloudwatch', 'DescribeAlarms', {
    AlarmNames: [name],
    AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
  });
  const [alarm] = [...MetricAlarms, ...CompositeAlarms];
  return alarm && shaped<Properties>(plain(alarm));
}

/* A put states everything anew, so that it makes an alarm and changes one. */
type Put = (name: string, properties: Properties, work: ResourceWork) => Promise<unknown>;

const withoutTags = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => name !== 'Tags'));

function alarmType(type: string, built: readonly string[], put: Put): ResourceType {
  return {
    async create(properties, work) {
      onlyBuilt(type, properties, built);
      const name = nameFor(properties, work);
      await mustBeNew(type, name, described(name, work));
      await put(name, { ...withoutTags(properties), ...(tagsInput(properties, work) as Properties) }, work);
      return physical(name, work);
    },

    async update(kept, wanted, work) {
      onlyBuilt(type, wanted, built);
      await put(kept.id, withoutTags(wanted), work);
      const ResourceARN = arnOf(kept.id, work);
      await retag(kept, wanted, work, {
        set: (tags) => work.call('cloudwatch', 'TagResource', { ResourceARN, Tags: tagList(tags) }),
        remove: (TagKeys) => work.call('cloudwatch', 'UntagResource', { ResourceARN, TagKeys }),
      });
      return physical(kept.id, work);
    },

    async delete(kept, work) {
      await ifThere(work.call('cloudwatch', 'DeleteAlarms', { AlarmNames: [kept.id] }));
    },

    async read(kept, work) {
      const now = await described(kept.id, work);
      if (now === undefined) return undefined;
      const { Tags } = await work.call('cloudwatch', 'ListTagsForResource', {
        ResourceARN: arnOf(kept.id, work),
      });
      return {
        ...narrowed(now, withoutTags(kept.properties)),
        ...tagsRead(toldTags(Tags), kept, work),
      };
    },

    nameOf: nameFor,
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html */
export const alarm = alarmType('AWS::CloudWatch::Alarm', ofMetrics, (AlarmName, properties, work) =>
  work.call('cloudwatch', 'PutMetricAlarm', { ...shaped<PutMetricAlarmInput>(properties), AlarmName }),
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-compositealarm.html */
export const compositeAlarm = alarmType(
  'AWS::CloudWatch::CompositeAlarm',
  ofAlarms,
  (AlarmName, properties, work) =>
    work.call('cloudwatch', 'PutCompositeAlarm', {
      ...shaped<PutCompositeAlarmInput>(properties),
      AlarmName,
    }),
);
