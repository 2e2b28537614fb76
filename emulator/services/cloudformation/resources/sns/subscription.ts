import type { Json } from '../../../../state/state.ts';
import { notBuilt } from '../presence/presence.ts';
import { ifThere } from '../translate/gone.ts';
import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { documentText, text } from '../translate/shaped.ts';
import { subscriptionsOf } from './subscriptions-of.ts';

/** In the order they are set in: a filter is judged by its scope. */
const attributes = [
  'FilterPolicyScope',
  'FilterPolicy',
  'DeliveryPolicy',
  'RawMessageDelivery',
  'RedrivePolicy',
  'SubscriptionRoleArn',
  'ReplayPolicy',
] as const;
const documents: readonly string[] = ['FilterPolicy', 'DeliveryPolicy', 'RedrivePolicy', 'ReplayPolicy'];
const defaults: Readonly<Record<string, string>> = {
  FilterPolicyScope: 'MessageAttributes',
  RawMessageDelivery: 'false',
};

const asText = (name: string, value: Json): string =>
  documents.includes(name) ? documentText(value) : (text(value) ?? '');
const physical = (arn: string): Physical => ({ id: arn, attributes: { Arn: arn } });

async function existing(properties: Properties, work: ResourceWork): Promise<string | undefined> {
  const all = await ifThere(subscriptionsOf(text(properties['TopicArn']) ?? '', work));
  return all?.find(
    ({ Protocol, Endpoint }) => Protocol === properties['Protocol'] && Endpoint === properties['Endpoint'],
  )?.SubscriptionArn;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html */
export const subscription: ResourceType = {
  async create(properties, work) {
    const region = text(properties['Region']);
    if (region !== undefined && region !== work.scope.region)
      throw notBuilt('subscriptions to topics of other regions');
    const { SubscriptionArn = '' } = await work.call('sns', 'Subscribe', {
      TopicArn: text(properties['TopicArn']),
      Protocol: text(properties['Protocol']),
      Endpoint: text(properties['Endpoint']),
      ReturnSubscriptionArn: true,
      Attributes: Object.fromEntries(
        attributes.flatMap((name) => {
          const value = properties[name];
          return value === undefined ? [] : [[name, asText(name, value)]];
        }),
      ),
    });
    return physical(SubscriptionArn);
  },

  async update(kept, wanted, work) {
    const before = kept.properties;
    // A scope of bodies may hold what one of attributes may not: the filter goes before its scope does.
    const cleared =
      before['FilterPolicy'] !== undefined && before['FilterPolicyScope'] !== wanted['FilterPolicyScope'];
    const set = async (AttributeName: string, AttributeValue: string): Promise<unknown> =>
      await work.call('sns', 'SetSubscriptionAttributes', {
        SubscriptionArn: kept.id,
        AttributeName,
        AttributeValue,
      });
    if (cleared) await set('FilterPolicy', '');
    for (const name of attributes) {
      const value = wanted[name];
      if (value !== undefined) await set(name, asText(name, value));
      else if (before[name] !== undefined) await set(name, defaults[name] ?? '');
    }
    return physical(kept.id);
  },

  async delete(kept, work) {
    await ifThere(work.call('sns', 'Unsubscribe', { SubscriptionArn: kept.id }));
  },

  async read(kept, work) {
    const told = await ifThere(work.call('sns', 'GetSubscriptionAttributes', { SubscriptionArn: kept.id }));
    if (told === undefined) return undefined;
    const now: Readonly<Record<string, string | undefined>> = told.Attributes ?? {};
    return Object.fromEntries(
      Object.entries(kept.properties).flatMap(([name, given]): [string, Json][] => {
        const value = now[name];
        if (value === undefined) return name === 'Region' ? [[name, given]] : [];
        if (typeof given === 'boolean') return [[name, value === 'true']];
        return [[name, typeof given === 'object' ? (JSON.parse(value) as Json) : value]];
      }),
    );
  },

  async find(properties, work) {
    const arn = await existing(properties, work);
    return arn === undefined ? undefined : physical(arn);
  },
};
