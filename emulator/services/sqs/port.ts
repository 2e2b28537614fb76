import type { Scope } from '../../service/call.ts';
import type { TrailId } from '../../trail/trail.ts';

/** A message attribute: exactly one of the values is there, as its type asks. */
export interface QueueMessageAttribute {
  /** `String`, `Number` or `Binary`, each with an optional label: `Number.int`. */
  readonly dataType: string;
  readonly stringValue?: string;
  /** Base64. */
  readonly binaryValue?: string;
}

/** A message that another service sends. */
export interface QueueMessage {
  readonly body: string;
  readonly messageAttributes?: Readonly<Record<string, QueueMessageAttribute>>;
  /** `MessageGroupId`: a FIFO queue needs it. */
  readonly groupId?: string;
  /** `MessageDeduplicationId`: a FIFO queue without content-based deduplication needs it. */
  readonly deduplicationId?: string;
  /** Instead of the queue's own `DelaySeconds`; not for FIFO queues. */
  readonly delaySeconds?: number;
  /** The system attribute `AWSTraceHeader`. */
  readonly traceHeader?: string;
  /** Who is shown as `SenderId`: the account of the scope where none is given. */
  readonly senderId?: string;
}

/** A service that uses a queue for one of its resources: the queue's own policy must let it. */
export interface QueueCaller {
  /** For example `sns.amazonaws.com`. */
  readonly service: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

/** A message that was received. It is hidden from others until its visibility timeout is over. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly md5OfMessageAttributes: string | undefined;
  /**
   * All system attributes, as `ReceiveMessage` answers them for `All`: `SenderId`, `SentTimestamp`,
   * `ApproximateReceiveCount`, `ApproximateFirstReceiveTimestamp`, and for FIFO `MessageGroupId`,
   * `MessageDeduplicationId`, `SequenceNumber`. All are text; times are ms since 1970.
   */
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, QueueMessageAttribute>>;
  /** What led to the message, where this run of the cloud still knows it. */
  readonly cause: TrailId | undefined;
}

/** What other services need to know of a queue. Times are seconds. */
export interface QueueAttributes {
  readonly arn: string;
  readonly url: string;
  readonly fifo: boolean;
  readonly visibilityTimeout: number;
  readonly redrive: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number } | undefined;
  /** Messages that could be received now, that are in flight, and that are delayed. */
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/**
 * What other services ask of SQS. Every method acts at once, so that what the caller writes to the state in the
 * same piece of code is kept or lost together with it. The queue is that of the ARN, whatever the scope.
 * Each throws ServiceFailure `QueueDoesNotExist` where there is no such queue.
 */
export interface SqsPort {
  /**
   * Sends a message.
   * @param caller a service whose permission the queue's policy must give; absent: the caller of the port has
   *   seen to it (for example by the policies of an execution role)
   * @throws ServiceFailure `AccessDenied` (403), or as `SendMessage` does
   */
  send(
    scope: Scope,
    queueArn: string,
    message: QueueMessage,
    cause?: TrailId,
    caller?: QueueCaller,
  ): { readonly messageId: string; readonly sequenceNumber: string | undefined };
  /**
   * Receives up to `max` messages that are visible now; none is waited for (see {@link subscribe}).
   * @param max any number, not only up to 10
   * @param visibilitySeconds the queue's own timeout where none is given
   */
  receive(
    scope: Scope,
    queueArn: string,
    max: number,
    visibilitySeconds?: number,
  ): readonly ReceivedMessage[];
  /** Deletes messages. Handles that are not the queue's or are out of date are passed over. */
  delete(scope: Scope, queueArn: string, receiptHandles: readonly string[]): void;
  /** Hides messages for so many seconds more, or shows them again (0). Messages that are not in flight are passed over. */
  changeVisibility(scope: Scope, queueArn: string, receiptHandles: readonly string[], seconds: number): void;
  /** The queue, or undefined where there is none. */
  attributes(scope: Scope, queueArn: string): QueueAttributes | undefined;
  /**
   * Calls `listener` whenever messages may have become visible: sent, shown again, moved here, or a FIFO group
   * unlocked. Several changes may come as one call; it is called in a later turn, and while the queue does not
   * exist not at all. Receiving nothing afterwards is possible. Returns the way to stop.
   */
  subscribe(scope: Scope, queueArn: string, listener: () => void): () => void;
  /** Whether the queue's policy lets a service do this, for example `sqs:SendMessage`. */
  permits(scope: Scope, queueArn: string, caller: QueueCaller, action: string): boolean;
}
