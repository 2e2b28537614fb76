import type { Json } from '../../../../state/state.ts';
import { mustBeNew, onlyBuilt } from '../presence/presence.ts';
import { ifThere, orUndone } from '../translate/gone.ts';
import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { retag, tagsInput, tagsRead, toldTags } from '../tagging/tagging.ts';
import { documentText, shaped, text } from '../translate/shaped.ts';
import { tagList } from '../translate/tags.ts';
import { deliveryStatusAttributes } from './delivery-status.ts';
import { subscriptionsOf } from './subscriptions-of.ts';

const TYPE = 'AWS::SNS::Topic';
const attributes = [
  'ArchivePolicy',
  'ContentBasedDeduplication',
  'DisplayName',
  'FifoThroughputScope',
  'KmsMasterKeyId',
  'SignatureVersion',
  'TracingConfig',
];
const built = [...attributes, 'DeliveryStatusLogging', 'FifoTopic', 'Subscription', 'Tags', 'TopicName'];

interface Subscribed {
  readonly Endpoint: string;
  readonly Protocol: string;
}

const isFifo = (properties: Properties): boolean => properties['FifoTopic'] === true;

function nameFor(properties: Properties, work: ResourceWork): string {
  const given = text(properties['TopicName']);
  return given ?? (isFifo(properties) ? `${work.name(251)}.fifo` : work.name(256));
}

const arnOf = (name: string, { scope }: ResourceWork): string =>
  `arn:aws:sns:${scope.region}:${scope.account}:${name}`;

function physical(arn: string): Physical {
  return { id: arn, attributes: { TopicArn: arn, TopicName: arn.slice(arn.lastIndexOf(':') + 1) } };
}

function attributesOf(properties: Properties): Record<string, string> {
  const plain = attributes.flatMap((name): [string, string][] => {
    const value = properties[name];
    return value === undefined
      ? []
      : [[name, typeof value === 'object' ? documentText(value) : (text(value) ?? '')]];
  });
  return { ...Object.fromEntries(plain), ...deliveryStatusAttributes(properties['DeliveryStatusLogging']) };
}

const subscribed = (properties: Properties): readonly Subscribed[] =>
  shaped<readonly Subscribed[] | undefined>(properties['Subscription']) ?? [];
const isOne = (
  one: Subscribed,
  other: { Protocol?: string | undefined; Endpoint?: string | undefined },
): boolean => one.Protocol === other.Protocol && one.Endpoint === other.Endpoint;

async function subscribe(TopicArn: string, properties: Properties, work: ResourceWork): Promise<void> {
  for (const { Protocol, Endpoint } of subscribed(properties))
    await work.call('sns', 'Subscribe', { TopicArn, Protocol, Endpoint, ReturnSubscriptionArn: true });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
export const topic: ResourceType = {
  async create(properties, work) {
    onlyBuilt(TYPE, properties, built);
    const name = nameFor(properties, work);
    const arn = arnOf(name, work);
    await mustBeNew(TYPE, arn, work.call('sns', 'GetTopicAttributes', { TopicArn: arn }));
    await work.call('sns', 'CreateTopic', {
      Name: name,
      Attributes: { ...attributesOf(properties), ...(isFifo(properties) && { FifoTopic: 'true' }) },
      ...tagsInput(properties, work),
    });
    await orUndone(
      () => subscribe(arn, properties, work),
      () => work.call('sns', 'DeleteTopic', { TopicArn: arn }),
    );
    return physical(arn);
  },

  async update(kept, wanted, work) {
    onlyBuilt(TYPE, wanted, built);
    const TopicArn = kept.id;
    const next = attributesOf(wanted);
    const gone = Object.keys(attributesOf(kept.properties)).filter((name) => next[name] === undefined);
    const changes = [...gone.map((name): [string, string] => [name, '']), ...Object.entries(next)];
    for (const [AttributeName, AttributeValue] of changes)
      await work.call('sns', 'SetTopicAttributes', { TopicArn, AttributeName, AttributeValue });
    const dropped = subscribed(kept.properties).filter(
      (one) => !subscribed(wanted).some((other) => isOne(one, other)),
    );
    for (const now of dropped.length === 0 ? [] : await subscriptionsOf(TopicArn, work))
      if (dropped.some((one) => isOne(one, now)))
        await work.call('sns', 'Unsubscribe', { SubscriptionArn: now.SubscriptionArn });
    await subscribe(TopicArn, wanted, work);
    await retag(kept, wanted, work, {
      set: (tags) => work.call('sns', 'TagResource', { ResourceArn: TopicArn, Tags: tagList(tags) }),
      remove: (TagKeys) => work.call('sns', 'UntagResource', { ResourceArn: TopicArn, TagKeys }),
    });
    return physical(TopicArn);
  },

  async delete(kept, work) {
    await ifThere(work.call('sns', 'DeleteTopic', { TopicArn: kept.id }));
  },

  async read(kept, work) {
    const told = await ifThere(work.call('sns', 'GetTopicAttributes', { TopicArn: kept.id }));
    if (told === undefined) return undefined;
    const now: Readonly<Record<string, string | undefined>> = told.Attributes ?? {};
    const { Tags } = await work.call('sns', 'ListTagsForResource', { ResourceArn: kept.id });
    const there = await subscriptionsOf(kept.id, work);
    const plain = attributes.flatMap((name): [string, Json][] => {
      const given = kept.properties[name];
      const value = now[name];
      if (given === undefined || value === undefined) return [];
      if (typeof given === 'boolean') return [[name, value === 'true']];
      return [[name, typeof given === 'object' ? (JSON.parse(value) as Json) : value]];
    });
    const logging = deliveryStatusAttributes(kept.properties['DeliveryStatusLogging']);
    const asLogged = Object.entries(logging).every(([name, value]) => now[name] === value);
    const list = subscribed(kept.properties).filter((one) => there.some((other) => isOne(one, other)));
    const { TopicName, FifoTopic, DeliveryStatusLogging, Subscription } = kept.properties;
    return {
      ...Object.fromEntries(plain),
      ...(TopicName !== undefined && { TopicName }),
      ...(FifoTopic !== undefined && { FifoTopic }),
      ...(DeliveryStatusLogging !== undefined && asLogged && { DeliveryStatusLogging }),
      ...(Subscription !== undefined && { Subscription: list.map((one) => ({ ...one })) }),
      ...tagsRead(toldTags(Tags), kept, work),
    };
  },

  nameOf: (properties, work) => arnOf(nameFor(properties, work), work),
};
