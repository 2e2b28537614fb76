import type { StreamViewType } from '@aws-sdk/client-dynamodb';
import type { Scope } from '../../service/call.ts';
import type { Item } from './value/value.ts';

/** A change as a function's event has it: bytes are base64, sets are lists. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: {
    /** Whole seconds since 1970. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    /** A decimal of 21 digits. Later records have greater ones: compare as BigInt or as text. */
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: StreamViewType;
  };
  /** Only where the table's expiry removed the item. */
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: 'dynamodb.amazonaws.com' };
  readonly eventSourceARN: string;
}

/** A stream of a table, be it still written or not. */
export interface StreamView {
  readonly arn: string;
  readonly tableName: string;
  readonly label: string;
  readonly viewType: StreamViewType;
  /** `DISABLED` streams can be read until their last record has expired. */
  readonly status: 'ENABLED' | 'DISABLED';
  /** ms since 1970 */
  readonly created: number;
  readonly keys: { readonly hash: string; readonly range: string | undefined };
}

/** The one shard that a stream has here. */
export interface StreamShard {
  readonly shardId: string;
  readonly parentShardId: undefined;
  readonly startingSequenceNumber: string;
  /** Where the stream was switched off: nothing will follow. */
  readonly endingSequenceNumber: string | undefined;
}

/** Where reading begins. */
export type ShardPosition =
  | { readonly after: string }
  | { readonly from: string }
  | 'TRIM_HORIZON'
  /** Behind the last record of now: remember {@link ShardPage.position}, which does not move with later records. */
  | 'LATEST';

/** Some records of a shard. */
export interface ShardPage {
  readonly records: readonly {
    readonly sequenceNumber: string;
    /** ms since 1970 */
    readonly arrivedAt: number;
    readonly event: StreamRecord;
  }[];
  /** Where the next page begins, valid though the records expire meanwhile. */
  readonly position: { readonly after: string };
  /** How far the page's end is behind the newest record of the shard, in ms; 0 at the end. */
  readonly millisBehindLatest: number;
  /** The shard is closed and this page reaches its end: nothing will follow. */
  readonly ended: boolean;
  /** Records between `position` and this page's first have expired before they were read. */
  readonly trimmed: boolean;
}

/** What other services ask of DynamoDB. Every method acts at once. */
export interface DynamodbPort {
  /** The stream of an ARN, or undefined where there is none. */
  stream(scope: Scope, streamArn: string): StreamView | undefined;
  /** Every stream of an account and region, oldest first. */
  streams(scope: Scope): readonly StreamView[];
  /** @throws ServiceFailure `ResourceNotFoundException` */
  shards(scope: Scope, streamArn: string): readonly StreamShard[];
  /**
   * Reads records; those that have expired (after 24 hours) are passed over.
   * @param limit at most so many; 1 MB ends a page as well
   * @throws ServiceFailure `ResourceNotFoundException` for the stream or the shard
   */
  read(scope: Scope, streamArn: string, shardId: string, position: ShardPosition, limit: number): ShardPage;
  /**
   * Calls `listener` whenever the stream may have new records, or has ended. Several changes may come as one call; it
   * is called in a later turn, when the changes are in the journal. Returns the way to stop.
   */
  subscribe(scope: Scope, streamArn: string, listener: () => void): () => void;
}
