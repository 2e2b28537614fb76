import type { StreamDescriptionSummary } from '@aws-sdk/client-kinesis';
import { onlyBuilt } from '../presence/presence.ts';
import { ifThere, orUndone } from '../translate/gone.ts';
import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { retag, tagsFor, tagsRead, toldTags } from '../tagging/tagging.ts';
import { shaped, text } from '../translate/shaped.ts';

const TYPE = 'AWS::Kinesis::Stream';
const built = [
  'MaxRecordSizeInKiB',
  'Name',
  'RecordDistributionStrategy',
  'RetentionPeriodHours',
  'ShardCount',
  'StreamModeDetails',
  'Tags',
];
const RETENTION = 24;
/** Seconds. */
const PATIENCE = 300;

const arnOf = (name: string, { scope }: ResourceWork): string =>
  `arn:aws:kinesis:${scope.region}:${scope.account}:stream/${name}`;
const physical = (name: string, work: ResourceWork): Physical => ({
  id: name,
  attributes: { Arn: arnOf(name, work) },
});
const nameFor = (properties: Properties, work: ResourceWork): string =>
  text(properties['Name']) ?? work.name(128);

const described = async (StreamName: string, work: ResourceWork): Promise<StreamDescriptionSummary> =>
  shaped<StreamDescriptionSummary>(
    // The description is plain data but for the date that it was made at, which nobody asks for.
    (await work.call('kinesis', 'DescribeStreamSummary', { StreamName })).StreamDescriptionSummary as never,
  );

async function active(StreamName: string, work: ResourceWork): Promise<StreamDescriptionSummary> {
  return await work.until(PATIENCE, `The stream ${StreamName} did not become active in time.`, async () => {
    const summary = await described(StreamName, work);
    return summary.StreamStatus === 'ACTIVE' ? summary : undefined;
  });
}

async function retain(StreamName: string, before: number, hours: number, work: ResourceWork): Promise<void> {
  if (hours === before) return;
  await work.call(
    'kinesis',
    hours > before ? 'IncreaseStreamRetentionPeriod' : 'DecreaseStreamRetentionPeriod',
    { StreamName, RetentionPeriodHours: hours },
  );
  await active(StreamName, work);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html */
export const stream: ResourceType = {
  async create(properties, work) {
    onlyBuilt(TYPE, properties, built);
    const StreamName = nameFor(properties, work);
    const mode = shaped<{ StreamMode: 'PROVISIONED' | 'ON_DEMAND' } | undefined>(
      properties['StreamModeDetails'],
    );
    const count = shaped<number | undefined>(properties['ShardCount']);
    const size = shaped<number | undefined>(properties['MaxRecordSizeInKiB']);
    const strategy = shaped<'USER_PARTITION_KEY' | undefined>(properties['RecordDistributionStrategy']);
    const tags = tagsFor(properties, work);
    await work.call('kinesis', 'CreateStream', {
      StreamName,
      ...(count !== undefined && { ShardCount: count }),
      ...(mode !== undefined && { StreamModeDetails: mode }),
      ...(size !== undefined && { MaxRecordSizeInKiB: size }),
      ...(strategy !== undefined && { RecordDistributionStrategy: strategy }),
      ...(Object.keys(tags).length > 0 && { Tags: { ...tags } }),
    });
    const settle = async (): Promise<void> => {
      await active(StreamName, work);
      await retain(
        StreamName,
        RETENTION,
        shaped<number | undefined>(properties['RetentionPeriodHours']) ?? RETENTION,
        work,
      );
    };
    await orUndone(settle, () => work.call('kinesis', 'DeleteStream', { StreamName }));
    return physical(StreamName, work);
  },

  async update(kept, wanted, work) {
    onlyBuilt(TYPE, wanted, built);
    const StreamName = kept.id;
    const now = await active(StreamName, work);
    const mode =
      shaped<{ StreamMode: 'PROVISIONED' | 'ON_DEMAND' } | undefined>(wanted['StreamModeDetails'])
        ?.StreamMode ?? 'PROVISIONED';
    if (now.StreamModeDetails?.StreamMode !== mode) {
      await work.call('kinesis', 'UpdateStreamMode', {
        StreamARN: arnOf(StreamName, work),
        StreamModeDetails: { StreamMode: mode },
      });
      await active(StreamName, work);
    }
    const count = shaped<number | undefined>(wanted['ShardCount']);
    if (mode === 'PROVISIONED' && count !== undefined && count !== now.OpenShardCount) {
      await work.call('kinesis', 'UpdateShardCount', {
        StreamName,
        TargetShardCount: count,
        ScalingType: 'UNIFORM_SCALING',
      });
      await active(StreamName, work);
    }
    const hours = shaped<number | undefined>(wanted['RetentionPeriodHours']) ?? RETENTION;
    await retain(StreamName, now.RetentionPeriodHours ?? RETENTION, hours, work);
    await retag(kept, wanted, work, {
      set: (tags) => work.call('kinesis', 'AddTagsToStream', { StreamName, Tags: { ...tags } }),
      remove: (TagKeys) => work.call('kinesis', 'RemoveTagsFromStream', { StreamName, TagKeys }),
    });
    return physical(StreamName, work);
  },

  async delete(kept, work) {
    const StreamName = kept.id;
    await ifThere(work.call('kinesis', 'DeleteStream', { StreamName, EnforceConsumerDeletion: true }));
    await work.until(PATIENCE, `The stream ${StreamName} was not deleted in time.`, async () =>
      (await ifThere(described(StreamName, work))) === undefined ? true : undefined,
    );
  },

  async read(kept, work) {
    const StreamName = kept.id;
    const now = await ifThere(described(StreamName, work));
    if (now === undefined || now.StreamStatus === 'DELETING') return undefined;
    const { Tags } = await work.call('kinesis', 'ListTagsForStream', { StreamName });
    const given = kept.properties;
    const mode = now.StreamModeDetails?.StreamMode;
    return {
      ...(given['Name'] !== undefined && { Name: StreamName }),
      ...(given['RetentionPeriodHours'] !== undefined && {
        RetentionPeriodHours: now.RetentionPeriodHours ?? RETENTION,
      }),
      ...(given['ShardCount'] !== undefined && { ShardCount: now.OpenShardCount ?? 0 }),
      ...(given['StreamModeDetails'] !== undefined &&
        mode !== undefined && { StreamModeDetails: { StreamMode: mode } }),
      ...(given['MaxRecordSizeInKiB'] !== undefined &&
        now.MaxRecordSizeInKiB !== undefined && { MaxRecordSizeInKiB: now.MaxRecordSizeInKiB }),
      ...(given['RecordDistributionStrategy'] !== undefined && {
        RecordDistributionStrategy: given['RecordDistributionStrategy'],
      }),
      ...tagsRead(toldTags(Tags), kept, work),
    };
  },

  nameOf: nameFor,
  // A record's largest size has no operation of its own here.
  replaces: (before, wanted) => before['MaxRecordSizeInKiB'] !== wanted['MaxRecordSizeInKiB'],
};
