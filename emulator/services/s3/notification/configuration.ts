import type { Event, FilterRule, NotificationConfiguration } from '@aws-sdk/client-s3';
import { randomUUID } from 'node:crypto';
import { invalidArgument } from '../failures.ts';
import { isEvent, meets } from './events.ts';

/** One entry of a bucket's configuration: what goes where. */
export interface NotificationRule {
  readonly kind: 'function' | 'queue' | 'topic';
  readonly id: string;
  /** Of the function, queue or topic. */
  readonly arn: string;
  /** As configured: `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  /** As configured: percent-encoded, with `+` for a space. */
  readonly prefix: string | undefined;
  readonly suffix: string | undefined;
}

/** A bucket's notification configuration. */
export interface NotificationRow {
  readonly rules: readonly NotificationRule[];
  readonly eventBridge: boolean;
}

/** How the kinds are called in a request, and what their ARNs begin with. */
const kinds = {
  function: {
    element: 'CloudFunction',
    arn: /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/,
  },
  queue: { element: 'Queue', arn: /^arn:aws[\w-]*:sqs:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/ },
  topic: { element: 'Topic', arn: /^arn:aws[\w-]*:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/ },
} as const;

interface Given {
  readonly Id?: string | undefined;
  readonly Events: Event[] | undefined;
  readonly Filter?:
    { readonly Key?: { readonly FilterRules?: FilterRule[] | undefined } | undefined } | undefined;
}

/**
 * Reads and checks a configuration; whether its destinations are there and let S3 is not asked here.
 * @throws ServiceFailure `InvalidArgument`
 */
export function readConfiguration(given: NotificationConfiguration): NotificationRow {
  const rules = [
    ...(given.TopicConfigurations ?? []).map((one) => rule('topic', one.TopicArn, one)),
    ...(given.QueueConfigurations ?? []).map((one) => rule('queue', one.QueueArn, one)),
    ...(given.LambdaFunctionConfigurations ?? []).map((one) => rule('function', one.LambdaFunctionArn, one)),
  ];
  if (new Set(rules.map(({ id }) => id)).size !== rules.length) {
    throw invalidArgument('Same ID used for multiple configurations. IDs must be unique');
  }
  refuseOverlap(rules);
  return { rules, eventBridge: given.EventBridgeConfiguration !== undefined };
}

function rule(kind: NotificationRule['kind'], arn: string | undefined, given: Given): NotificationRule {
  const { element, arn: form } = kinds[kind];
  // Recorded: test_invalid_sqs_arn.
  if (arn === undefined || !form.test(arn)) {
    throw invalidArgument('The ARN could not be parsed', element, arn ?? '');
  }
  for (const event of given.Events ?? []) {
    if (!isEvent(event))
      throw invalidArgument('The event is not supported for notifications', 'Event', event);
  }
  const rules = given.Filter?.Key?.FilterRules ?? [];
  for (const { Name = '' } of rules) {
    // Recorded: test_bucket_notification_with_invalid_filter_rules.
    if (!/^(prefix|suffix)$/i.test(Name)) {
      throw invalidArgument('filter rule name must be either prefix or suffix', 'FilterRule.Name', Name);
    }
  }
  return {
    kind,
    id: given.Id || Buffer.from(randomUUID()).toString('base64'),
    arn,
    events: given.Events ?? [],
    prefix: one(rules, 'prefix'),
    suffix: one(rules, 'suffix'),
  };
}

function one(rules: readonly FilterRule[], name: 'prefix' | 'suffix'): string | undefined {
  const named = rules.filter(({ Name }) => Name?.toLowerCase() === name);
  if (named.length > 1) {
    throw invalidArgument(`Cannot specify more than one ${name} rule in a filter.`, 'FilterRule.Name', name);
  }
  return named[0]?.Value;
}

/**
 * No object may have two places to go for one event.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
 */
function refuseOverlap(rules: readonly NotificationRule[]): void {
  for (const [at, a] of rules.entries()) {
    for (const b of rules.slice(at + 1)) {
      const same = a.events.some((event) => b.events.some((other) => meets(event, other)));
      if (!same || !overlap(a, b)) continue;
      const filtered = [a.prefix, a.suffix, b.prefix, b.suffix].some((part) => part !== undefined);
      throw invalidArgument(
        filtered
          ? 'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.'
          : 'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
      );
    }
  }
}

function overlap(a: NotificationRule, b: NotificationRule): boolean {
  const [prefixA, prefixB] = [a.prefix ?? '', b.prefix ?? ''];
  const [suffixA, suffixB] = [a.suffix ?? '', b.suffix ?? ''];
  const prefixes = prefixA.startsWith(prefixB) || prefixB.startsWith(prefixA);
  return prefixes && (suffixA.endsWith(suffixB) || suffixB.endsWith(suffixA));
}

/** A configuration as it is answered; AWS writes the names of filter rules with a capital. */
export function shownConfiguration(row: NotificationRow | undefined): NotificationConfiguration {
  if (row === undefined) return {};
  const shown = (kind: NotificationRule['kind']) =>
    row.rules
      .filter((each) => each.kind === kind)
      .map(({ id, arn, events, prefix, suffix }) => {
        const FilterRules: FilterRule[] = [];
        // The model's names are in lower case; AWS answers these (recorded: test_notifications_with_filter).
        if (prefix !== undefined) FilterRules.push({ Name: 'Prefix' as 'prefix', Value: prefix });
        if (suffix !== undefined) FilterRules.push({ Name: 'Suffix' as 'suffix', Value: suffix });
        const common = {
          Id: id,
          Events: events as Event[],
          ...(FilterRules.length > 0 && { Filter: { Key: { FilterRules } } }),
        };
        return { arn, common };
      });
  const topics = shown('topic').map(({ arn, common }) => ({ TopicArn: arn, ...common }));
  const queues = shown('queue').map(({ arn, common }) => ({ QueueArn: arn, ...common }));
  const functions = shown('function').map(({ arn, common }) => ({ LambdaFunctionArn: arn, ...common }));
  return {
    ...(topics.length > 0 && { TopicConfigurations: topics }),
    ...(queues.length > 0 && { QueueConfigurations: queues }),
    ...(functions.length > 0 && { LambdaFunctionConfigurations: functions }),
    ...(row.eventBridge && { EventBridgeConfiguration: {} }),
  };
}
