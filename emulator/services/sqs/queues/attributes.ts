import { MalformedPolicy, parsePolicy } from '../../../policy/parse.ts';
import { invalidAttribute, unknownAttribute } from '../failures.ts';
import { LARGEST } from '../rows.ts';
import type { QueueRow } from '../rows.ts';

/** What SQS says for what was not set. */
const defaults = {
  VisibilityTimeout: '30',
  MaximumMessageSize: String(LARGEST),
  MessageRetentionPeriod: '345600',
  DelaySeconds: '0',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
} as const;
const fifoDefaults = {
  FifoQueue: 'true',
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  FifoThroughputLimit: 'perQueue',
} as const;

/* https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const ranges: Readonly<Record<string, readonly [least: number, most: number]>> = {
  VisibilityTimeout: [0, 43_200],
  MaximumMessageSize: [1024, LARGEST],
  MessageRetentionPeriod: [60, 1_209_600],
  DelaySeconds: [0, 900],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  KmsDataKeyReusePeriodSeconds: [60, 86_400],
};
const words: Readonly<Record<string, readonly string[]>> = {
  SqsManagedSseEnabled: ['true', 'false'],
  FifoQueue: ['true', 'false'],
  ContentBasedDeduplication: ['true', 'false'],
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
};
const texts = ['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId'];
const onlyFifo = ['DeduplicationScope', 'FifoThroughputLimit'];
/** Attributes that are told and not set. */
export const counted = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'QueueArn',
] as const;

/** Every name that can be asked for. */
export const attributeNames: ReadonlySet<string> = new Set([
  ...Object.keys(ranges),
  ...Object.keys(words),
  ...texts,
  ...counted,
]);

/**
 * Checks attributes that are to be set, and gives them as they are kept.
 * @throws ServiceFailure `InvalidAttributeName` or `InvalidAttributeValue`
 */
export function checkedAttributes(
  given: Readonly<Record<string, string>>,
  fifo: boolean,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) kept[name] = checked(name, value.trim(), fifo);
  return kept;
}

function checked(name: string, value: string, fifo: boolean): string {
  if (!fifo && onlyFifo.includes(name)) {
    throw unknown(`You can specify the ${name} only when FifoQueue is set to true.`);
  }
  const range = ranges[name];
  if (range !== undefined) {
    const [least, most] = range;
    if (!/^\d{1,9}$/.test(value) || Number(value) < least || Number(value) > most)
      throw invalidAttribute(name);
    return String(Number(value));
  }
  const allowed = words[name];
  if (allowed !== undefined) {
    if (!fifo && (name === 'ContentBasedDeduplication' || name === 'FifoQueue')) throw unknownAttribute(name);
    const word = allowed.find((one) => one === value || one === value.toLowerCase());
    if (word === undefined) throw invalidAttribute(name);
    return word;
  }
  if (!texts.includes(name)) throw unknownAttribute(name);
  if (name === 'Policy' && value !== '') checkPolicy(value);
  return value;
}

function unknown(message: string): Error {
  return Object.assign(unknownAttribute(''), { message });
}

function checkPolicy(document: string): void {
  try {
    parsePolicy(document, 'resource');
  } catch (error) {
    if (error instanceof MalformedPolicy) throw invalidAttribute('Policy');
    throw error;
  }
}

/** A queue's attributes with the defaults of those that were not set; empty texts are not told. */
export function withDefaults(row: Pick<QueueRow, 'fifo' | 'attributes'>): Record<string, string> {
  const kms = row.attributes['KmsMasterKeyId'];
  const all: Record<string, string> = {
    ...defaults,
    ...(row.fifo && fifoDefaults),
    // One kind of encryption at a time.
    ...(kms !== undefined &&
      kms !== '' && { SqsManagedSseEnabled: 'false', KmsDataKeyReusePeriodSeconds: '300' }),
    ...row.attributes,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** A number of seconds among a queue's attributes. */
export function seconds(row: QueueRow, name: keyof typeof defaults): number {
  return Number(row.attributes[name] ?? defaults[name]);
}
