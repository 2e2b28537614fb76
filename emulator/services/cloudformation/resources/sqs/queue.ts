import type { QueueAttributeName } from '@aws-sdk/client-sqs';
import type { Json } from '../../../../state/state.ts';
import { mustBeNew } from '../presence/presence.ts';
import { ifThere } from '../translate/gone.ts';
import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { retag, tagsFor, tagsRead } from '../tagging/tagging.ts';
import { documentText, text } from '../translate/shaped.ts';

/** What SQS has where nothing is said, so that a property that a template drops goes back to it. */
const defaults = {
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  DelaySeconds: '0',
  FifoThroughputLimit: 'perQueue',
  KmsDataKeyReusePeriodSeconds: '300',
  KmsMasterKeyId: '',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  RedriveAllowPolicy: '',
  RedrivePolicy: '',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
} as const satisfies Partial<Record<QueueAttributeName, string>>;
type Settable = keyof typeof defaults;

const settable = Object.keys(defaults) as Settable[];
const documents: readonly string[] = ['RedriveAllowPolicy', 'RedrivePolicy'];

const isFifo = (properties: Properties): boolean => properties['FifoQueue'] === true;

/** `.fifo` is part of a FIFO queue's name, also where CloudFormation gives it. */
function nameFor(properties: Properties, work: ResourceWork): string {
  const given = text(properties['QueueName']);
  return given ?? (isFifo(properties) ? `${work.name(75)}.fifo` : work.name(80));
}

function attributesOf(properties: Properties): Partial<Record<QueueAttributeName, string>> {
  return Object.fromEntries(
    settable.flatMap((name) => {
      const value = properties[name];
      if (value === undefined) return [];
      return [[name, documents.includes(name) ? documentText(value) : (text(value) ?? '')]];
    }),
  );
}

function physical(url: string, name: string, { scope }: ResourceWork): Physical {
  const Arn = `arn:aws:sqs:${scope.region}:${scope.account}:${name}`;
  return { id: url, attributes: { Arn, QueueName: name, QueueUrl: url } };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
export const queue: ResourceType = {
  async create(properties, work) {
    const name = nameFor(properties, work);
    await mustBeNew('AWS::SQS::Queue', name, work.call('sqs', 'GetQueueUrl', { QueueName: name }));
    const { QueueUrl = '' } = await work.call('sqs', 'CreateQueue', {
      QueueName: name,
      Attributes: { ...attributesOf(properties), ...(isFifo(properties) && { FifoQueue: 'true' }) },
      tags: { ...tagsFor(properties, work) },
    });
    return physical(QueueUrl, name, work);
  },

  async update(kept, wanted, work) {
    const gone = settable.filter((name) => kept.properties[name] !== undefined && wanted[name] === undefined);
    const Attributes = {
      ...Object.fromEntries(gone.map((name) => [name, defaults[name]])),
      ...attributesOf(wanted),
    };
    if (Object.keys(Attributes).length > 0)
      await work.call('sqs', 'SetQueueAttributes', { QueueUrl: kept.id, Attributes });
    await retag(kept, wanted, work, {
      set: (tags) => work.call('sqs', 'TagQueue', { QueueUrl: kept.id, Tags: { ...tags } }),
      remove: (TagKeys) => work.call('sqs', 'UntagQueue', { QueueUrl: kept.id, TagKeys }),
    });
    return { id: kept.id, attributes: kept.attributes };
  },

  async delete(kept, work) {
    await ifThere(work.call('sqs', 'DeleteQueue', { QueueUrl: kept.id }));
  },

  async read(kept, work) {
    const told = await ifThere(
      work.call('sqs', 'GetQueueAttributes', { QueueUrl: kept.id, AttributeNames: ['All'] }),
    );
    if (told === undefined) return undefined;
    const { Tags = {} } = await work.call('sqs', 'ListQueueTags', { QueueUrl: kept.id });
    const now = Object.entries<string | undefined>(told.Attributes ?? {});
    const properties = now.flatMap(([name, value]): [string, Json][] => {
      const given = kept.properties[name];
      return value === undefined || given === undefined ? [] : [[name, asGiven(given, value)]];
    });
    const QueueName = kept.properties['QueueName'];
    return {
      ...Object.fromEntries(properties),
      ...(QueueName !== undefined && { QueueName }),
      ...tagsRead(definedTags(Tags), kept, work),
    };
  },

  async find(properties, work) {
    const name = nameFor(properties, work);
    const told = await ifThere(work.call('sqs', 'GetQueueUrl', { QueueName: name }));
    return told && physical(told.QueueUrl ?? '', name, work);
  },
};

/** SQS tells everything as text. */
function asGiven(given: Json, told: string): Json {
  if (typeof given === 'number') return Number(told);
  if (typeof given === 'boolean') return told === 'true';
  return typeof given === 'string' ? told : (JSON.parse(told) as Json);
}

const definedTags = (tags: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, value ?? '']));
