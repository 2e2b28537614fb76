import type { Scope } from '../../service/call.ts';
import type { TrailId } from '../../trail/trail.ts';

/** A message attribute: exactly one of the values is there, as its type asks. */
export interface TopicMessageAttribute {
  /** `String`, `String.Array`, `Number` or `Binary`. */
  readonly dataType: string;
  readonly stringValue?: string;
  /** Base64. */
  readonly binaryValue?: string;
}

/** A message that another service publishes. */
export interface TopicMessage {
  readonly message: string;
  readonly subject?: string;
  /** `json`: `message` is an object with a text for each protocol. */
  readonly messageStructure?: 'json';
  readonly messageAttributes?: Readonly<Record<string, TopicMessageAttribute>>;
  /** `MessageGroupId`: a FIFO topic needs it. */
  readonly groupId?: string;
  readonly deduplicationId?: string;
}

/** A service that publishes for one of its resources: the topic's own policy must let it. */
export interface TopicCaller {
  /** For example `s3.amazonaws.com`. */
  readonly service: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

/** What other services ask of SNS. Every method acts at once; deliveries to subscribers follow. */
export interface SnsPort {
  /**
   * Publishes a message. What is accepted is kept and delivered, even after a restart.
   * @param caller a service whose permission the topic's policy must give; absent: the caller of the port has
   *   seen to it
   * @throws ServiceFailure `NotFoundException`, `AuthorizationErrorException` (403), or as `Publish` does
   */
  publish(
    scope: Scope,
    topicArn: string,
    message: TopicMessage,
    cause?: TrailId,
    caller?: TopicCaller,
  ): { readonly messageId: string; readonly sequenceNumber: string | undefined };
  /** Whether there is such a topic. */
  exists(scope: Scope, topicArn: string): boolean;
  /** Whether the topic's policy lets a service publish. */
  permits(scope: Scope, topicArn: string, caller: TopicCaller): boolean;
}
