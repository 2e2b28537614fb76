/** A topic as it is kept. */
export interface TopicRow {
  readonly name: string;
  readonly fifo: boolean;
  /** What was set, as text. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Subscriptions that were deleted. */
  readonly deleted: number;
  /** The last sequence number of a FIFO topic. */
  readonly sequence: number;
}

export type Protocol = 'lambda' | 'sqs';

/** A subscription as it is kept. */
export interface SubscriptionRow {
  readonly arn: string;
  readonly topic: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly owner: string;
  /** ARN of who subscribed. */
  readonly principal: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A message attribute as it is kept: binary values in base64. */
export interface AttributeRow {
  readonly dataType: string;
  readonly stringValue?: string;
  readonly binaryValue?: string;
}

/** A message on its way to one subscriber: kept until it was delivered or given up. */
export interface DeliveryRow {
  readonly id: string;
  readonly topicArn: string;
  readonly subscriptionArn: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly raw: boolean;
  /** ARN of the subscription's dead-letter queue. */
  readonly deadLetters?: string;
  readonly messageId: string;
  readonly subject?: string;
  readonly message: string;
  readonly attributes: Readonly<Record<string, AttributeRow>>;
  readonly group?: string;
  readonly deduplication?: string;
  readonly sequence?: string;
  /** ms since 1970 */
  readonly published: number;
  readonly attempts: number;
  /** ms since 1970: when it is tried next. */
  readonly dueAt: number;
  /** The trail that led to it, of this run of the cloud. */
  readonly cause?: string;
}

/** A deduplication id that a FIFO topic has seen. */
export interface DuplicateRow {
  readonly messageId: string;
  readonly sequence: string;
  /** ms since 1970 */
  readonly at: number;
}

/** The largest message with its attributes, and the largest batch, in bytes. */
export const LARGEST = 262_144;
/** How long a FIFO topic remembers a deduplication id, in ms. */
export const DEDUPLICATION = 300_000;
