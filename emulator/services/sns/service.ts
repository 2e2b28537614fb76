import * as schemas from '@aws-sdk/client-sns/dist-es/schemas/schemas_0.js';
import type { Cloud } from '../../cloud.ts';
import type { Scope } from '../../service/call.ts';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import type { Sns } from './client.ts';
import { Deliveries } from './delivery/deliveries.ts';
import { snsPort } from './inside.ts';
import limits from './limits.json' with { type: 'json' };
import { topicArn } from './names.ts';
import type { SnsPort } from './port.ts';
import { publishOperations } from './publishing/operations.ts';
import { Publisher } from './publishing/publish.ts';
import { subscriptionOperations } from './subscriptions/operations.ts';
import { topicOperations } from './topics/operations.ts';
import { permissionOperations } from './topics/permissions.ts';
import { Topics } from './topics/store.ts';
import { tagOperations } from './topics/tags.ts';

const topic = ({ TopicArn = '*' }: { readonly TopicArn?: string | undefined }): string => TopicArn;
const subscription = ({ SubscriptionArn = '*' }: { readonly SubscriptionArn: string | undefined }): string =>
  SubscriptionArn;
const tagged = ({ ResourceArn = '*' }: { readonly ResourceArn: string | undefined }): string => ResourceArn;
const any = (_input: unknown, scope: Scope): string => topicArn({ ...scope, name: '*' });

/** Simple Notification Service: topics, with queues and functions as subscribers. */
export default defineService<Sns, SnsPort>({
  wire: identities.sns,
  schemas: schemas as Readonly<Record<string, unknown>>,
  limits,
  create(cloud: Cloud) {
    const topics = new Topics(cloud);
    const deliveries = new Deliveries(cloud);
    const publisher = new Publisher(topics, deliveries);
    deliveries.resume();
    return {
      operations: {
        ...topicOperations(topics),
        ...tagOperations(topics),
        ...permissionOperations(topics),
        ...subscriptionOperations(topics),
        ...publishOperations(topics, publisher),
      },
      port: snsPort(topics, publisher),
      resources: {
        CreateTopic: ({ Name = '*' }, scope) => topicArn({ ...scope, name: Name }),
        DeleteTopic: topic,
        ListTopics: any,
        GetTopicAttributes: topic,
        SetTopicAttributes: topic,
        AddPermission: topic,
        RemovePermission: topic,
        Subscribe: topic,
        ConfirmSubscription: topic,
        Unsubscribe: subscription,
        ListSubscriptions: any,
        ListSubscriptionsByTopic: topic,
        GetSubscriptionAttributes: subscription,
        SetSubscriptionAttributes: subscription,
        Publish: ({ TopicArn, TargetArn }) => TopicArn ?? TargetArn ?? '*',
        PublishBatch: topic,
        TagResource: tagged,
        UntagResource: tagged,
        ListTagsForResource: tagged,
      },
      withoutEffect: {
        'CreateTopic.Attributes':
          'KmsMasterKeyId, SignatureVersion, TracingConfig, ArchivePolicy, DeliveryPolicy and the feedback roles are kept and answered. A message’s Signature has the form of one; there is no certificate to verify it with.',
        'SetTopicAttributes.AttributeName': 'as for CreateTopic',
        'CreateTopic.DataProtectionPolicy': 'Messages are not looked into.',
        'Subscribe.ReturnSubscriptionArn':
          'Queues and functions need no confirmation: the ARN is always answered.',
        'Subscribe.Attributes': 'DeliveryPolicy, SubscriptionRoleArn and ReplayPolicy are kept and answered.',
        'ConfirmSubscription.Token': 'Nothing here waits for a confirmation; every token is refused.',
      },
      stop: async () => await deliveries.stop(),
    };
  },
});
