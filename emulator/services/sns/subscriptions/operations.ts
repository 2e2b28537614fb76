import { randomUUID } from 'node:crypto';
import type { Subscription } from '@aws-sdk/client-sns';
import type { Call } from '../../../service/call.ts';
import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import type { Sns } from '../client.ts';
import { invalidParameter, noSuchSubscription, noSuchTopic, notAuthorized, notBuilt } from '../failures.ts';
import { placeOfArn, topicArn } from '../names.ts';
import type { TopicPlace } from '../names.ts';
import { page } from '../paging.ts';
import type { Protocol, SubscriptionRow } from '../rows.ts';
import type { Topic, Topics } from '../topics/store.ts';
import { checkSubscription, toldSubscription } from './attributes.ts';

/* What AWS delivers to and this cloud does not. */
const elsewhere = ['http', 'https', 'email', 'email-json', 'sms', 'application', 'firehose'];

/** Subscriptions: their life and attributes. */
export function subscriptionOperations(topics: Topics) {
  const named = (
    arn: string | undefined,
    call: Call,
  ): { readonly row: SubscriptionRow; readonly place: TopicPlace } => {
    const given = required(arn, 'SubscriptionArn');
    if (given === '') throw invalidParameter('SubscriptionArn Reason: no value for required parameter');
    const place = placeOfArn(given, 'SubscriptionArn');
    const row = topics.subscriptions(place).get(given);
    if (row === undefined) throw noSuchSubscription();
    if (row.owner !== call.account && place.account !== call.account) {
      throw notAuthorized(call.principal.arn, `SNS:${call.operation}`, given);
    }
    return { row, place };
  };
  const told = (row: SubscriptionRow, place: TopicPlace): Subscription => ({
    SubscriptionArn: row.arn,
    Owner: row.owner,
    Protocol: row.protocol,
    Endpoint: row.endpoint,
    TopicArn: topicArn({ ...place, name: row.topic }),
  });
  return {
    Subscribe(input, call) {
      const topic = topics.named(input.TopicArn, call);
      const protocol = protocolOf(required(input.Protocol, 'Protocol'));
      const endpoint = input.Endpoint ?? '';
      checkEndpoint(protocol, endpoint, topic);
      const attributes = defined(input.Attributes ?? {});
      checkSubscription(attributes, topic.row.fifo, 'Attributes Reason: ');
      const existing = topics
        .subscriptionsOf(topic)
        .find((row) => row.protocol === protocol && row.endpoint === endpoint);
      if (existing !== undefined) {
        const has = toldSubscription(existing, topic.arn);
        if (Object.entries(attributes).some(([name, value]) => has[name] !== value)) {
          throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
        }
        return { SubscriptionArn: existing.arn };
      }
      const arn = `${topic.arn}:${randomUUID()}`;
      topics.subscriptions(topic).set(arn, {
        arn,
        topic: topic.name,
        protocol,
        endpoint,
        owner: call.account,
        principal: call.principal.arn,
        attributes,
      });
      return { SubscriptionArn: arn };
    },
    ConfirmSubscription(input, call) {
      topics.named(input.TopicArn, call);
      // Queues and functions need no confirmation, so that there is no token that could be right.
      throw invalidParameter('Token');
    },
    Unsubscribe(input, call) {
      const arn = required(input.SubscriptionArn, 'SubscriptionArn');
      if (arn === '') throw invalidParameter('SubscriptionArn Reason: no value for required parameter');
      const place = placeOfArn(arn, 'SubscriptionArn');
      // Recorded: no error for a subscription that is not there.
      if (!topics.subscriptions(place).has(arn)) return {};
      const { row } = named(arn, call);
      topics.subscriptions(place).delete(arn);
      const topic = topics.find({ ...place, name: row.topic });
      if (topic !== undefined) topics.amend(topic, { deleted: topic.row.deleted + 1 });
      return {};
    },
    ListSubscriptions(input, call) {
      const all = [...topics.subscriptions(call).values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
      const { shown, next } = page(all, input.NextToken, ({ arn }) => arn);
      return {
        Subscriptions: shown.map((row) => told(row, { ...call, name: row.topic })),
        ...(next !== undefined && { NextToken: next }),
      };
    },
    ListSubscriptionsByTopic(input, call) {
      const topic = topics.named(input.TopicArn, call);
      const all = topics.subscriptionsOf(topic).sort((a, b) => (a.arn < b.arn ? -1 : 1));
      const { shown, next } = page(all, input.NextToken, ({ arn }) => arn);
      return {
        Subscriptions: shown.map((row) => told(row, topic)),
        ...(next !== undefined && { NextToken: next }),
      };
    },
    GetSubscriptionAttributes(input, call) {
      const { row, place } = named(input.SubscriptionArn, call);
      return { Attributes: toldSubscription(row, topicArn({ ...place, name: row.topic })) };
    },
    SetSubscriptionAttributes(input, call) {
      const { row, place } = named(input.SubscriptionArn, call);
      const topic = topics.find({ ...place, name: row.topic });
      if (topic === undefined) throw noSuchTopic();
      const name = required(input.AttributeName, 'AttributeName');
      const attributes = { ...row.attributes, [name]: input.AttributeValue ?? '' };
      checkSubscription(
        name === 'FilterPolicyScope'
          ? attributes
          : { ...scopeOf(attributes), [name]: attributes[name] ?? '' },
        topic.row.fifo,
      );
      topics.subscriptions(place).set(row.arn, { ...row, attributes });
      return {};
    },
  } satisfies Operations<Sns>;
}

/** What a filter policy is judged with. */
function scopeOf(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const scope = attributes['FilterPolicyScope'];
  return scope === undefined || scope === '' ? {} : { FilterPolicyScope: scope };
}

function protocolOf(given: string): Protocol {
  if (given === 'sqs' || given === 'lambda') return given;
  if (elsewhere.includes(given)) throw notBuilt(`A subscription with the protocol ${given}`);
  throw invalidParameter(`Amazon SNS does not support this protocol string: ${given}`);
}

function checkEndpoint(protocol: Protocol, endpoint: string, { row }: Topic): void {
  if (protocol === 'sqs') {
    if (!/^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+(?:\.fifo)?$/.test(endpoint)) {
      throw invalidParameter('SQS endpoint ARN');
    }
    if (endpoint.endsWith('.fifo') && !row.fifo) {
      throw invalidParameter(
        'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
      );
    }
    return;
  }
  if (
    !/^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+(?::[$A-Za-z0-9_-]+)?$/.test(endpoint)
  ) {
    throw invalidParameter('Lambda endpoint ARN');
  }
  if (row.fifo) throw invalidParameter('Invalid parameter: Endpoint Reason: Please use FIFO SQS queue');
}

function defined(given: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
