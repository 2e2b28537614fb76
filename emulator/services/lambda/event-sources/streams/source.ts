import type { StoredPosition } from './positions.ts';

/** A record of a stream on its way to the function. */
export interface StreamItem {
  readonly sequence: string;
  /** ms since 1970 */
  readonly arrivedAt: number;
  /** Records of the same key keep their order, whatever the parallelization. */
  readonly orderKey: string;
  /** As functions get it. */
  readonly record: object;
  /** As filters see it. */
  seen(): unknown;
}

/** Some records of a shard. */
export interface StreamPage {
  readonly items: readonly StreamItem[];
  /** Where the next page begins. */
  readonly position: { readonly after: string };
  /** This page reaches the shard's end: nothing will follow. */
  readonly ended: boolean;
}

/** What DynamoDB's and Kinesis's streams have in common. Every method acts at once. */
export interface StreamSource {
  /** The member of a discarded batch's record that says which records it had. */
  readonly batchInfo: 'DDBStreamBatchInfo' | 'KinesisBatchInfo';
  /** Shards that may have records, with those that must be read before them. */
  shards(): readonly { readonly id: string; readonly parents: readonly string[] }[];
  /** @throws ServiceFailure where the stream or the shard is gone */
  read(shardId: string, position: StoredPosition | 'LATEST', limit: number): StreamPage;
  /** Calls `listener` whenever there may be new records or shards; returns the way to stop. */
  subscribe(listener: () => void): () => void;
  /** A time as a discarded batch's record has it. @param ms since 1970 */
  time(ms: number): string;
}
