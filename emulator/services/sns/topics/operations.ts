import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import type { Sns } from '../client.ts';
import { invalidParameter } from '../failures.ts';
import { checkTopicName, placeOfArn, topicArn } from '../names.ts';
import { page } from '../paging.ts';
import { checkTopicAttribute, toldAttributes } from './attributes.ts';
import type { Topics } from './store.ts';
import { readTags } from './tags.ts';

/** Topics: their life and attributes. */
export function topicOperations(topics: Topics) {
  return {
    CreateTopic(input, call) {
      const name = required(input.Name, 'Name');
      const { FifoTopic, ...attributes } = defined(input.Attributes ?? {});
      if (FifoTopic !== undefined && FifoTopic !== 'true' && FifoTopic !== 'false') {
        throw invalidParameter(
          `Attributes Reason: FifoTopic: Invalid value [${FifoTopic}]. Must be true or false.`,
        );
      }
      const fifo = FifoTopic === 'true';
      checkTopicName(name, fifo);
      for (const [key, value] of Object.entries(attributes)) {
        checkTopicAttribute(key, value, fifo, 'Attributes Reason: ');
      }
      const tags = readTags(input.Tags);
      const existing = topics.find({ ...call, name });
      if (existing === undefined) {
        topics.rows(call).set(name, { name, fifo, attributes, tags, deleted: 0, sequence: 0 });
      } else {
        const told = toldAttributes(existing, []);
        if (Object.entries(attributes).some(([key, value]) => told[key] !== value)) {
          throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
        }
        if (input.Tags !== undefined && !same(tags, existing.row.tags)) {
          throw invalidParameter('Tags Reason: Topic already exists with different tags');
        }
      }
      return { TopicArn: topicArn({ ...call, name }) };
    },
    DeleteTopic(input, call) {
      const place = placeOfArn(required(input.TopicArn, 'TopicArn'), 'TopicArn');
      // No error for a topic that is not there.
      if (place.account === call.account && topics.find(place) === undefined) return {};
      const topic = topics.named(input.TopicArn, call);
      for (const { arn } of topics.subscriptionsOf(topic)) topics.subscriptions(topic).delete(arn);
      topics.rows(topic).delete(topic.name);
      return {};
    },
    ListTopics(input, call) {
      const all = [...topics.rows(call).values()].map(({ name }) => topicArn({ ...call, name }));
      const { shown, next } = page(all.sort(), input.NextToken, (arn) => arn);
      return {
        Topics: shown.map((TopicArn) => ({ TopicArn })),
        ...(next !== undefined && { NextToken: next }),
      };
    },
    GetTopicAttributes(input, call) {
      const topic = topics.named(input.TopicArn, call);
      return { Attributes: toldAttributes(topic, topics.subscriptionsOf(topic)) };
    },
    SetTopicAttributes(input, call) {
      const topic = topics.named(input.TopicArn, call);
      const name = required(input.AttributeName, 'AttributeName');
      const value = input.AttributeValue ?? '';
      checkTopicAttribute(name, value, topic.row.fifo);
      const others = Object.entries(topic.row.attributes).filter(([key]) => key !== name);
      // An empty value puts back what AWS says of its own.
      const set = value === '' ? others : [...others, [name, value] as const];
      topics.amend(topic, { attributes: Object.fromEntries(set) });
      return {};
    },
  } satisfies Operations<Sns>;
}

function defined(given: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function same(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
