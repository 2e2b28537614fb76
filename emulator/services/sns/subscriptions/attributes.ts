import { invalidParameter } from '../failures.ts';
import { BadFilterPolicy, readFilterPolicy } from '../filter/policy.ts';
import type { FilterPolicy } from '../filter/policy.ts';
import type { SubscriptionRow } from '../rows.ts';

/* https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
const settable = [
  'DeliveryPolicy',
  'FilterPolicy',
  'FilterPolicyScope',
  'RawMessageDelivery',
  'RedrivePolicy',
  'SubscriptionRoleArn',
  'ReplayPolicy',
];

/**
 * Checks attributes of a subscription, those that are set together with those that it has.
 * @param where how the refusal names its place: `Attributes Reason: ` in Subscribe
 * @throws ServiceFailure `InvalidParameter`, worded as recorded
 */
export function checkSubscription(
  attributes: Readonly<Record<string, string>>,
  fifoTopic: boolean,
  where = '',
): void {
  const wrong = (reason: string) => invalidParameter(`${where}${reason}`);
  for (const name of Object.keys(attributes)) {
    if (!settable.includes(name)) {
      throw wrong(where === '' ? 'AttributeName' : `Unknown attribute: ${name}`);
    }
  }
  const raw = attributes['RawMessageDelivery'];
  if (raw !== undefined && !/^(?:true|false)$/i.test(raw)) {
    throw wrong(`RawMessageDelivery: Invalid value [${raw}]. Must be true or false.`);
  }
  const scope = attributes['FilterPolicyScope'];
  if (scope !== undefined && scope !== 'MessageAttributes' && scope !== 'MessageBody') {
    throw wrong(
      `FilterPolicyScope: Invalid value [${scope}]. Please use either MessageBody or MessageAttributes`,
    );
  }
  const filter = attributes['FilterPolicy'];
  if (filter !== undefined && filter !== '') {
    try {
      readFilterPolicy(filter, scope === 'MessageBody');
    } catch (error) {
      if (error instanceof BadFilterPolicy) throw wrong(`FilterPolicy: ${error.message}`);
      throw error;
    }
  }
  const redrive = attributes['RedrivePolicy'];
  if (redrive !== undefined && redrive !== '') checkRedrive(redrive, fifoTopic, wrong);
}

function checkRedrive(text: string, fifoTopic: boolean, wrong: (reason: string) => Error): void {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw wrong('RedrivePolicy: failed to parse JSON.');
  }
  const arn =
    typeof policy === 'object' && policy !== null
      ? (policy as Readonly<Record<string, unknown>>)['deadLetterTargetArn']
      : undefined;
  if (typeof arn !== 'string' || !/^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_.-]+$/.test(arn)) {
    throw wrong('RedrivePolicy: deadLetterTargetArn is an invalid arn');
  }
  if (fifoTopic && !arn.endsWith('.fifo')) {
    throw wrong('RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.');
  }
}

/** A subscription's dead-letter queue. */
export function deadLettersOf({ attributes }: SubscriptionRow): string | undefined {
  const text = attributes['RedrivePolicy'];
  if (text === undefined || text === '') return undefined;
  return (JSON.parse(text) as { deadLetterTargetArn: string }).deadLetterTargetArn;
}

/** Whether messages come as they were published. */
export function isRaw({ attributes }: SubscriptionRow): boolean {
  return attributes['RawMessageDelivery']?.toLowerCase() === 'true';
}

/** Policies by scope and text: the same few are asked for every message. */
const parsed = new Map<string, FilterPolicy>();

/** A subscription's filter, which was checked when it was set; undefined: every message is taken. */
export function filterOf({
  attributes,
}: SubscriptionRow): { readonly policy: FilterPolicy; readonly scope: 'body' | 'attributes' } | undefined {
  const text = attributes['FilterPolicy'];
  if (text === undefined || text === '') return undefined;
  const scope = attributes['FilterPolicyScope'] === 'MessageBody' ? 'body' : 'attributes';
  const key = `${scope}:${text}`;
  let policy = parsed.get(key);
  if (policy === undefined) {
    policy = readFilterPolicy(text, scope === 'body');
    if (parsed.size >= 500) parsed.clear();
    parsed.set(key, policy);
  }
  return { policy, scope };
}

/** All that GetSubscriptionAttributes tells. */
export function toldSubscription(row: SubscriptionRow, topicArn: string): Record<string, string> {
  const { FilterPolicy, FilterPolicyScope, ...rest } = row.attributes;
  const filtered = FilterPolicy !== undefined && FilterPolicy !== '';
  return {
    SubscriptionArn: row.arn,
    TopicArn: topicArn,
    Protocol: row.protocol,
    Endpoint: row.endpoint,
    Owner: row.owner,
    SubscriptionPrincipal: row.principal,
    ConfirmationWasAuthenticated: 'true',
    PendingConfirmation: 'false',
    ...(filtered && { FilterPolicy, FilterPolicyScope: FilterPolicyScope ?? 'MessageAttributes' }),
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== '')),
    RawMessageDelivery: String(isRaw(row)),
  };
}
