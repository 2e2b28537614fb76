import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import type { Sns } from '../client.ts';
import { invalidParameter } from '../failures.ts';
import { defaultPolicy } from './store.ts';
import type { Topic, Topics } from './store.ts';

/* https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html */
const shareable = [
  'AddPermission',
  'DeleteTopic',
  'GetDataProtectionPolicy',
  'GetTopicAttributes',
  'ListSubscriptionsByTopic',
  'ListTagsForResource',
  'Publish',
  'PutDataProtectionPolicy',
  'RemovePermission',
  'SetTopicAttributes',
  'Subscribe',
];

interface Document {
  readonly Statement: readonly { readonly Sid?: string }[];
}

/** Statements of a topic's policy, by label. */
export function permissionOperations(topics: Topics) {
  const documentOf = ({ row, arn, account }: Topic): Document => {
    const document = JSON.parse(row.attributes['Policy'] ?? defaultPolicy(arn, account)) as {
      Statement: Document['Statement'] | Document['Statement'][number];
    };
    const { Statement } = document;
    return { ...document, Statement: Array.isArray(Statement) ? Statement : [Statement] };
  };
  const keep = (topic: Topic, document: Document): void => {
    topics.amend(topic, { attributes: { ...topic.row.attributes, Policy: JSON.stringify(document) } });
  };
  return {
    AddPermission(input, call) {
      const topic = topics.named(input.TopicArn, call);
      const actions = required(input.ActionName, 'ActionName');
      if (actions.some((action) => !shareable.includes(action))) {
        throw invalidParameter('Policy statement action out of service scope!');
      }
      const label = required(input.Label, 'Label');
      const document = documentOf(topic);
      if (document.Statement.some(({ Sid }) => Sid === label)) {
        throw invalidParameter('Statement already exists');
      }
      const accounts = required(input.AWSAccountId, 'AWSAccountId');
      const statement = {
        Sid: label,
        Effect: 'Allow',
        Principal: { AWS: oneOrAll(accounts.map((account) => `arn:aws:iam::${account}:root`)) },
        Action: oneOrAll(actions.map((action) => `SNS:${action}`)),
        Resource: topic.arn,
      };
      keep(topic, { ...document, Statement: [...document.Statement, statement] });
      return {};
    },
    RemovePermission(input, call) {
      const topic = topics.named(input.TopicArn, call);
      const label = required(input.Label, 'Label');
      const document = documentOf(topic);
      // A label that is not there is no error.
      keep(topic, { ...document, Statement: document.Statement.filter(({ Sid }) => Sid !== label) });
      return {};
    },
  } satisfies Operations<Sns>;
}

function oneOrAll(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? (values[0] ?? '') : values;
}
