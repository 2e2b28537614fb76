import { ifThere } from '../translate/gone.ts';
import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { retag, tagsInput, tagsRead, toldTags } from '../tagging/tagging.ts';
import { text } from '../translate/shaped.ts';
import { tagList } from '../translate/tags.ts';

const nameFor = (properties: Properties, work: ResourceWork): string =>
  text(properties['Name']) ?? work.name(64);
const arnOf = (name: string, { scope }: ResourceWork): string =>
  `arn:aws:scheduler:${scope.region}:${scope.account}:schedule-group/${name}`;

async function physical(Name: string, work: ResourceWork): Promise<Physical> {
  const { Arn, CreationDate, LastModificationDate, State } = await work.call(
    'scheduler',
    'GetScheduleGroup',
    {
      Name,
    },
  );
  return {
    id: Name,
    attributes: {
      Arn: Arn ?? '',
      CreationDate: CreationDate?.toISOString() ?? '',
      LastModificationDate: LastModificationDate?.toISOString() ?? '',
      State: State ?? '',
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedulegroup.html */
export const scheduleGroup: ResourceType = {
  async create(properties, work) {
    const Name = nameFor(properties, work);
    await work.call('scheduler', 'CreateScheduleGroup', { Name, ...tagsInput(properties, work) });
    return await physical(Name, work);
  },

  async update(kept, wanted, work) {
    const ResourceArn = arnOf(kept.id, work);
    await retag(kept, wanted, work, {
      set: (tags) => work.call('scheduler', 'TagResource', { ResourceArn, Tags: tagList(tags) }),
      remove: (TagKeys) => work.call('scheduler', 'UntagResource', { ResourceArn, TagKeys }),
    });
    return await physical(kept.id, work);
  },

  async delete(kept, work) {
    await ifThere(work.call('scheduler', 'DeleteScheduleGroup', { Name: kept.id }));
  },

  async read(kept, work) {
    const told = await ifThere(work.call('scheduler', 'GetScheduleGroup', { Name: kept.id }));
    if (told === undefined) return undefined;
    const { Tags } = await work.call('scheduler', 'ListTagsForResource', {
      ResourceArn: arnOf(kept.id, work),
    });
    return {
      ...(kept.properties['Name'] !== undefined && { Name: kept.id }),
      ...tagsRead(toldTags(Tags), kept, work),
    };
  },

  nameOf: nameFor,
};
