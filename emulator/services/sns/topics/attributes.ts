import { MalformedPolicy, parsePolicy } from '../../../policy/parse.ts';
import type { SubscriptionRow } from '../rows.ts';
import { invalidParameter } from '../failures.ts';
import { defaultPolicy } from './store.ts';
import type { Topic } from './store.ts';

/* https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
const settable: ReadonlySet<string> = new Set([
  'DisplayName',
  'Policy',
  'DeliveryPolicy',
  'KmsMasterKeyId',
  'SignatureVersion',
  'TracingConfig',
  'ContentBasedDeduplication',
  'FifoThroughputScope',
  'ArchivePolicy',
  ...['HTTP', 'Firehose', 'Lambda', 'Application', 'SQS'].flatMap((to) => [
    `${to}SuccessFeedbackRoleArn`,
    `${to}SuccessFeedbackSampleRate`,
    `${to}FailureFeedbackRoleArn`,
  ]),
]);
const onlyFifo = ['ContentBasedDeduplication', 'FifoThroughputScope', 'ArchivePolicy'];
const words: Readonly<Record<string, readonly string[]>> = {
  ContentBasedDeduplication: ['true', 'false'],
  SignatureVersion: ['1', '2'],
  TracingConfig: ['PassThrough', 'Active'],
  FifoThroughputScope: ['Topic', 'MessageGroup'],
};

/** How SNS delivers to HTTP endpoints where nothing else is set: told with every topic. */
const effectiveDeliveryPolicy = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});

/**
 * Checks an attribute that is to be set.
 * @param where how the refusal names its place: `Attributes Reason: ` in CreateTopic
 * @throws ServiceFailure `InvalidParameter`
 */
export function checkTopicAttribute(name: string, value: string, fifo: boolean, where = ''): void {
  if (!settable.has(name) || (!fifo && onlyFifo.includes(name))) {
    throw invalidParameter(where === '' ? 'AttributeName' : `${where}Unknown attribute ${name}`);
  }
  const allowed = words[name];
  if (allowed !== undefined && !allowed.includes(value)) {
    throw invalidParameter(`${where}${name}: Invalid value [${value}]. Must be ${allowed.join(' or ')}.`);
  }
  if (name === 'DisplayName' && value.length > 100) throw invalidParameter(`${where}DisplayName`);
  if (name === 'Policy' && value !== '') checkPolicy(value, where);
}

function checkPolicy(document: string, where: string): void {
  try {
    parsePolicy(document, 'resource');
  } catch (error) {
    if (error instanceof MalformedPolicy) throw invalidParameter(`${where}Policy Error: null`);
    throw error;
  }
}

/** All that GetTopicAttributes tells. */
export function toldAttributes(
  topic: Topic,
  subscriptions: readonly SubscriptionRow[],
): Record<string, string> {
  const { row, arn, account } = topic;
  return {
    TopicArn: arn,
    Owner: account,
    DisplayName: '',
    Policy: defaultPolicy(arn, account),
    EffectiveDeliveryPolicy: effectiveDeliveryPolicy,
    SubscriptionsConfirmed: String(subscriptions.length),
    SubscriptionsPending: '0',
    SubscriptionsDeleted: String(row.deleted),
    ...(row.fifo && { FifoTopic: 'true', ContentBasedDeduplication: 'false' }),
    ...row.attributes,
  };
}
