import { ServiceFailure } from '../../../../service/failure.ts';
import type { Json } from '../../../../state/state.ts';
import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { ifThere } from '../translate/gone.ts';
import { picked, plain, shaped, text, told } from '../translate/shaped.ts';
import { allTags, ownTags, tagChanges, tagList } from '../translate/tags.ts';
import { functionNameOf } from './names.ts';
import type { Input } from './settings.ts';

/** How long a mapping may take from one state to the next, in seconds. */
const SETTLED = 300;

/** What a mapping has where its template says nothing. Those of streams are no parameters of a queue's. */
const defaults: Readonly<Record<string, Json>> = {
  Enabled: true,
  FilterCriteria: { Filters: [] },
  FunctionResponseTypes: [],
  MaximumBatchingWindowInSeconds: 0,
  BisectBatchOnFunctionError: false,
  DestinationConfig: { OnFailure: { Destination: '' } },
  MaximumRecordAgeInSeconds: -1,
  MaximumRetryAttempts: -1,
  ParallelizationFactor: 1,
  ScalingConfig: {},
  TumblingWindowInSeconds: 0,
};

/** `AWS::Lambda::EventSourceMapping`. */
export const eventSourceMapping: ResourceType = {
  async create(properties, work): Promise<Physical> {
    const { StartingPositionTimestamp, Tags, ...rest } = properties;
    const made = await work.call('lambda', 'CreateEventSourceMapping', {
      ...shaped<Input<'CreateEventSourceMapping'>>(rest),
      ...(StartingPositionTimestamp !== undefined && {
        StartingPositionTimestamp: new Date(Number(StartingPositionTimestamp) * 1000),
      }),
      Tags: allTags(Tags, work),
    });
    await settled(made.UUID, work);
    return physical(made.UUID, made.EventSourceMappingArn);
  },

  async update(kept, wanted, work) {
    await settled(kept.id, work);
    const gone = Object.keys(kept.properties).filter((name) => wanted[name] === undefined);
    const settings = Object.keys(wanted).filter(
      (name) => !['EventSourceArn', 'StartingPosition', 'StartingPositionTimestamp', 'Tags'].includes(name),
    );
    await work.call('lambda', 'UpdateEventSourceMapping', {
      ...shaped<object>({ ...picked(defaults, ...gone), ...picked(wanted, ...settings) }),
      UUID: kept.id,
    });
    await settled(kept.id, work);
    const Resource = text(kept.attributes['EventSourceMappingArn']) ?? '';
    const now = await work.call('lambda', 'ListTags', { Resource });
    const tags = tagChanges(now.Tags ?? {}, allTags(wanted['Tags'], work));
    if (tags.gone.length > 0) await work.call('lambda', 'UntagResource', { Resource, TagKeys: tags.gone });
    if (Object.keys(tags.set).length > 0)
      await work.call('lambda', 'TagResource', { Resource, Tags: tags.set });
    return { id: kept.id, attributes: kept.attributes };
  },

  async delete({ id }, work) {
    await work.until(SETTLED, `Event source mapping ${id} is in use.`, async () => {
      const now = await ifThere(work.call('lambda', 'GetEventSourceMapping', { UUID: id }));
      if (now === undefined) return true;
      if (now.State !== 'Deleting')
        await unlessInUse(work.call('lambda', 'DeleteEventSourceMapping', { UUID: id }));
      return undefined;
    });
  },

  async read({ id, properties }, work) {
    const now = await ifThere(work.call('lambda', 'GetEventSourceMapping', { UUID: id }));
    if (now === undefined) return undefined;
    const arn = now.EventSourceMappingArn ?? '';
    const { Tags } = await work.call('lambda', 'ListTags', { Resource: arn });
    const all = {
      ...plain(now),
      FunctionName: isSameFunction(now.FunctionArn, properties)
        ? properties['FunctionName']
        : now.FunctionArn,
      Enabled: now.State === 'Enabled' || now.State === 'Enabling' || now.State === 'Updating',
      StartingPositionTimestamp: properties['StartingPositionTimestamp'],
      Tags: tagList(ownTags(Tags, work)),
    };
    return picked(told(all), ...Object.keys(properties));
  },

  async find(properties, work, known = new Set()) {
    const { EventSourceMappings = [] } = await work.call('lambda', 'ListEventSourceMappings', {
      ...(properties['EventSourceArn'] !== undefined && {
        EventSourceArn: text(properties['EventSourceArn']),
      }),
    });
    for (const { UUID, EventSourceMappingArn: Resource } of EventSourceMappings) {
      const { Tags = {} } = await work.call('lambda', 'ListTags', { Resource });
      const [stack, id] = ['stack-id', 'logical-id'].map((name) => Tags[`aws:cloudformation:${name}`]);
      const isMarked = stack === work.stackId && id === work.logicalId;
      if (isMarked && !known.has(UUID ?? '')) return physical(UUID, Resource);
    }
    return undefined;
  },
};

const physical = (id = '', arn = ''): Physical => ({
  id,
  attributes: { Id: id, EventSourceMappingArn: arn },
});

const isSameFunction = (arn: string | undefined, properties: Properties): boolean =>
  functionNameOf(arn) === functionNameOf(properties['FunctionName']);

/* Waits until a mapping is in none of the states between. */
async function settled(UUID: string | undefined, work: ResourceWork): Promise<void> {
  await work.until(SETTLED, `Event source mapping ${UUID ?? ''} did not become ready.`, async () => {
    const { State } = await work.call('lambda', 'GetEventSourceMapping', { UUID });
    return State === 'Enabled' || State === 'Disabled' ? true : undefined;
  });
}

async function unlessInUse(deleting: Promise<unknown>): Promise<void> {
  try {
    await ifThere(deleting);
  } catch (error) {
    if (!(error instanceof ServiceFailure) || error.code !== 'ResourceInUseException') throw error;
  }
}
