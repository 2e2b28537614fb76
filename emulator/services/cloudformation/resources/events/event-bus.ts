import type { DeadLetterConfig, LogConfig } from '@aws-sdk/client-eventbridge';
import type { Json } from '../../../../state/state.ts';
import { onlyBuilt } from '../presence/presence.ts';
import { ifThere, orUndone } from '../translate/gone.ts';
import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { retag, tagsInput, tagsRead, toldTags } from '../tagging/tagging.ts';
import { documentText, shaped, text } from '../translate/shaped.ts';
import { tagList } from '../translate/tags.ts';

const TYPE = 'AWS::Events::EventBus';
const built = [
  'DeadLetterConfig',
  'Description',
  'EventSourceName',
  'KmsKeyIdentifier',
  'LogConfig',
  'Name',
  'Policy',
  'Tags',
];

const arnOf = (name: string, { scope }: ResourceWork): string =>
  `arn:aws:events:${scope.region}:${scope.account}:event-bus/${name}`;
const nameOf = (properties: Properties): string => text(properties['Name']) ?? '';

function physical(name: string, properties: Properties, work: ResourceWork): Physical {
  const { Policy } = properties;
  return {
    id: name,
    attributes: { Arn: arnOf(name, work), Name: name, ...(Policy !== undefined && { Policy }) },
  };
}

function settings({ DeadLetterConfig: letters, Description, KmsKeyIdentifier, LogConfig: log }: Properties) {
  return {
    ...(letters !== undefined && { DeadLetterConfig: shaped<DeadLetterConfig>(letters) }),
    ...(Description !== undefined && { Description: text(Description) }),
    ...(KmsKeyIdentifier !== undefined && { KmsKeyIdentifier: text(KmsKeyIdentifier) }),
    ...(log !== undefined && { LogConfig: shaped<LogConfig>(log) }),
  };
}

async function allow(EventBusName: string, { Policy }: Properties, work: ResourceWork): Promise<void> {
  if (Policy !== undefined)
    await work.call('events', 'PutPermission', { EventBusName, Policy: documentText(Policy) });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html */
export const eventBus: ResourceType = {
  async create(properties, work) {
    onlyBuilt(TYPE, properties, built);
    const Name = nameOf(properties);
    const source = text(properties['EventSourceName']);
    await work.call('events', 'CreateEventBus', {
      Name,
      ...settings(properties),
      ...(source !== undefined && { EventSourceName: source }),
      ...tagsInput(properties, work),
    });
    await orUndone(
      () => allow(Name, properties, work),
      () => work.call('events', 'DeleteEventBus', { Name }),
    );
    return physical(Name, properties, work);
  },

  async update(kept, wanted, work) {
    onlyBuilt(TYPE, wanted, built);
    const Name = kept.id;
    await work.call('events', 'UpdateEventBus', { Name, ...settings(wanted) });
    if (wanted['Policy'] !== undefined) await allow(Name, wanted, work);
    else if (kept.properties['Policy'] !== undefined)
      await work.call('events', 'RemovePermission', { EventBusName: Name, RemoveAllPermissions: true });
    const ResourceARN = arnOf(Name, work);
    await retag(kept, wanted, work, {
      set: (tags) => work.call('events', 'TagResource', { ResourceARN, Tags: tagList(tags) }),
      remove: (TagKeys) => work.call('events', 'UntagResource', { ResourceARN, TagKeys }),
    });
    return physical(Name, wanted, work);
  },

  async delete(kept, work) {
    await ifThere(work.call('events', 'DeleteEventBus', { Name: kept.id }));
  },

  async read(kept, work) {
    const told = await ifThere(work.call('events', 'DescribeEventBus', { Name: kept.id }));
    if (told === undefined) return undefined;
    const { Tags } = await work.call('events', 'ListTagsForResource', { ResourceARN: arnOf(kept.id, work) });
    const given = kept.properties;
    const now: Readonly<Record<string, Json | undefined>> = {
      Name: told.Name,
      Description: told.Description,
      KmsKeyIdentifier: told.KmsKeyIdentifier,
      DeadLetterConfig: told.DeadLetterConfig as Json | undefined,
      LogConfig: told.LogConfig as Json | undefined,
      Policy:
        typeof given['Policy'] === 'object' && told.Policy !== undefined
          ? (JSON.parse(told.Policy) as Json)
          : told.Policy,
    };
    const plain = Object.entries(now).flatMap(([name, value]): [string, Json][] =>
      value === undefined || given[name] === undefined ? [] : [[name, value]],
    );
    return { ...Object.fromEntries(plain), ...tagsRead(toldTags(Tags), kept, work) };
  },

  nameOf,
};
