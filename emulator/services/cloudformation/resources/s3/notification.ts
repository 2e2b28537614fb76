import type { Event, FilterRule, NotificationConfiguration } from '@aws-sdk/client-s3';
import type { Json } from '../../../../state/state.ts';
import { shaped } from '../translate/shaped.ts';
import type { Setting } from './setting.ts';

interface Listener {
  readonly Event: string;
  readonly Filter?: { readonly S3Key: { readonly Rules: readonly { Name: string; Value: string }[] } };
}
interface Configuration {
  readonly EventBridgeConfiguration?: { readonly EventBridgeEnabled: boolean };
  readonly LambdaConfigurations?: readonly (Listener & { readonly Function: string })[];
  readonly QueueConfigurations?: readonly (Listener & { readonly Queue: string })[];
  readonly TopicConfigurations?: readonly (Listener & { readonly Topic: string })[];
}

/** Who is told of what happens in a bucket. S3 asks whether they let it: their policies come first. */
export const notification: Setting = {
  put: (Bucket, value, work) =>
    work.call('s3', 'PutBucketNotificationConfiguration', {
      Bucket,
      NotificationConfiguration: configured(shaped<Configuration>(value)),
    }),
  drop: (Bucket, work) =>
    work.call('s3', 'PutBucketNotificationConfiguration', { Bucket, NotificationConfiguration: {} }),
  read: async (Bucket, work) => told(await work.call('s3', 'GetBucketNotificationConfiguration', { Bucket })),
};

function configured(given: Configuration): NotificationConfiguration {
  const { LambdaConfigurations = [], QueueConfigurations = [], TopicConfigurations = [] } = given;
  return {
    ...(given.EventBridgeConfiguration?.EventBridgeEnabled === true && { EventBridgeConfiguration: {} }),
    LambdaFunctionConfigurations: LambdaConfigurations.map((one) => ({
      LambdaFunctionArn: one.Function,
      ...listening(one),
    })),
    QueueConfigurations: QueueConfigurations.map((one) => ({ QueueArn: one.Queue, ...listening(one) })),
    TopicConfigurations: TopicConfigurations.map((one) => ({ TopicArn: one.Topic, ...listening(one) })),
  };
}

function listening({ Event: event, Filter }: Listener) {
  return {
    Events: [event as Event],
    ...(Filter !== undefined && {
      Filter: { Key: { FilterRules: Filter.S3Key.Rules.map((rule) => ({ ...rule }) as FilterRule) } },
    }),
  };
}

interface Told {
  readonly Events?: readonly string[] | undefined;
  readonly Filter?:
    { readonly Key?: { readonly FilterRules?: readonly FilterRule[] | undefined } | undefined } | undefined;
}

function told(now: NotificationConfiguration): Json | undefined {
  const lists = {
    LambdaConfigurations: (now.LambdaFunctionConfigurations ?? []).flatMap((one) =>
      heard('Function', one.LambdaFunctionArn, one),
    ),
    QueueConfigurations: (now.QueueConfigurations ?? []).flatMap((one) => heard('Queue', one.QueueArn, one)),
    TopicConfigurations: (now.TopicConfigurations ?? []).flatMap((one) => heard('Topic', one.TopicArn, one)),
  };
  const all: Json = {
    ...(now.EventBridgeConfiguration !== undefined && {
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    }),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
  };
  return Object.keys(all).length === 0 ? undefined : all;
}

/* A template has one event an entry, S3 several. */
function heard(kind: string, arn: string | undefined, { Events = [], Filter }: Told): Json[] {
  const rules = Filter?.Key?.FilterRules ?? [];
  return Events.map((event) => ({
    Event: event,
    [kind]: arn ?? '',
    ...(rules.length > 0 && {
      Filter: {
        S3Key: {
          Rules: rules.map(({ Name = '', Value = '' }) => ({ Name: Name.toLowerCase(), Value })),
        },
      },
    }),
  }));
}
