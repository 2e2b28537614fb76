import type { StreamMode } from '@aws-sdk/client-kinesis';

/** A stream as it is kept; the records of each shard are a sequence of their own. */
export interface StreamRow {
  readonly name: string;
  /** What no other stream has, not even a later one of the same name: part of the keys of its sequences. */
  readonly id: string;
  /** ms since 1970 */
  readonly created: number;
  readonly mode: StreamMode;
  readonly retentionHours: number;
  readonly maxRecordKiB: number;
  readonly warmMiBps: number | undefined;
  /** By index: `shardId-000000000000` is the first. Shards are never removed from the list. */
  readonly shards: readonly ShardRow[];
  /** What is going on until a moment (ms since 1970). After a deletion the stream is gone then. */
  readonly change:
    { readonly status: 'CREATING' | 'UPDATING' | 'DELETING'; readonly until: number } | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** A shard as it is kept. Hash keys are decimals, for they are larger than numbers hold. */
export interface ShardRow {
  readonly firstHashKey: string;
  readonly lastHashKey: string;
  /** ms since 1970 */
  readonly created: number;
  /** When it was split or merged: it takes no more records. ms since 1970 */
  readonly closed: number | undefined;
  /** Indexes of the shards that it was made of. */
  readonly parents: readonly number[];
}

/** A record as it is kept: short names, because there are many of them. */
export interface StoredRecord {
  /** Arrival, ms since 1970. */
  readonly t: number;
  /** Partition key. */
  readonly k: string;
  /** Data in base64. */
  readonly d: string;
}

/** Milliseconds of an hour. */
export const HOUR = 3_600_000;
/** How long a stream is CREATING, UPDATING or DELETING, in ms: seconds to minutes on AWS. */
export const SETTLING = 300;
/** Open shards of one account and region: AWS's default quota in most regions. */
export const SHARD_LIMIT = 500;
/** https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
export const ON_DEMAND_LIMIT = 50;
export const ON_DEMAND_SHARDS = 4;
