import type { Scope } from '../../service/call.ts';
import type { TrailId } from '../../trail/trail.ts';

/** A record of a shard. */
export interface ShardRecord {
  /** A decimal of 56 digits. Later records of a shard have greater ones: compare as BigInt, or as text of equal length. */
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Base64, as events carry it. */
  readonly data: string;
  /** ms since 1970 */
  readonly arrivedAt: number;
}

/** A shard of a stream. */
export interface StreamShard {
  /** `shardId-000000000000` */
  readonly shardId: string;
  readonly parentShardId: string | undefined;
  readonly adjacentParentShardId: string | undefined;
  /** Before the shard's first record. */
  readonly startingSequenceNumber: string;
  /** Where the shard was split or merged: it takes no more records. Its children are read after it. */
  readonly endingSequenceNumber: string | undefined;
}

/** Where reading begins. */
export type ShardPosition =
  | { readonly after: string }
  | { readonly from: string }
  | 'TRIM_HORIZON'
  /** Behind the last record of now: remember {@link ShardPage.position}, which does not move with later records. */
  | 'LATEST'
  /** The first record that arrived at this time (ms since 1970) or later. */
  | { readonly timestamp: number };

/** Some records of a shard. */
export interface ShardPage {
  readonly records: readonly ShardRecord[];
  /** Where the next page begins: `{ after }`, valid though the records are dropped meanwhile. */
  readonly position: { readonly after: string };
  /** How far the page's end is behind the newest record of the shard, in ms; 0 at the end. */
  readonly millisBehindLatest: number;
  /** The shard is closed and this page reaches its end: nothing will follow. */
  readonly ended: boolean;
}

/**
 * What other services ask of Kinesis Data Streams. Every method acts at once. The stream is that of the ARN,
 * whatever the scope.
 */
export interface KinesisPort {
  /** The stream, or undefined where there is none. */
  stream(
    scope: Scope,
    streamArn: string,
  ):
    | {
        readonly name: string;
        readonly arn: string;
        readonly status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';
      }
    | undefined;
  /**
   * Every shard that still may have records, parents before children.
   * @throws ServiceFailure `ResourceNotFoundException`
   */
  shards(scope: Scope, streamArn: string): readonly StreamShard[];
  /**
   * Reads records; records whose retention is over are passed over.
   * @param limit at most so many; 10 MB end a page as well
   * @throws ServiceFailure `ResourceNotFoundException` for the stream or the shard
   */
  read(scope: Scope, streamArn: string, shardId: string, position: ShardPosition, limit: number): ShardPage;
  /**
   * Calls `listener` whenever the stream may have new records or shards. Several changes may come as one call; it is
   * called in a later turn, and while the stream does not exist not at all. Returns the way to stop.
   */
  subscribe(scope: Scope, streamArn: string, listener: () => void): () => void;
  /**
   * Writes a record, as `PutRecord` does.
   * @throws ServiceFailure as `PutRecord` does
   */
  put(
    scope: Scope,
    streamArn: string,
    record: { readonly data: Uint8Array; readonly partitionKey: string; readonly explicitHashKey?: string },
    cause?: TrailId,
  ): { readonly shardId: string; readonly sequenceNumber: string };
}
