/** Services whose records a mapping can bring to a function. */
export type SourceKind = 'sqs' | 'dynamodb' | 'kinesis';

/** What a call sets of a mapping for a queue. */
export interface QueueSettings {
  readonly of: 'queue';
  readonly batchSize: number;
  readonly windowSeconds: number;
  /** Event patterns, of which one must match. None: everything passes. */
  readonly filters: readonly string[];
  readonly reportsFailures: boolean;
  /** Most batches at a time. */
  readonly maximumConcurrency?: number;
}

/** What a call sets of a mapping for a stream. */
export interface StreamSettings {
  readonly of: 'stream';
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly filters: readonly string[];
  readonly reportsFailures: boolean;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
  /** ms since 1970, with `AT_TIMESTAMP`. */
  readonly startingTimestamp?: number;
  readonly parallelization: number;
  /** -1: until the records expire. */
  readonly mostRetries: number;
  /** -1: however old. */
  readonly mostAgeSeconds: number;
  readonly bisects: boolean;
  /** 0: none. */
  readonly tumblingSeconds: number;
  /** ARN of the queue, topic or bucket that is told of discarded batches. */
  readonly onFailure?: string;
}

export type MappingSettings = QueueSettings | StreamSettings;

/** AWS's names of the states in which a mapping is on its way to another one. */
export type Transition = 'Creating' | 'Enabling' | 'Disabling' | 'Updating' | 'Deleting';

/** An event source mapping as it is kept. Times are ms since 1970 in the cloud's time. */
export interface MappingRecord {
  readonly uuid: string;
  readonly kind: SourceKind;
  readonly sourceArn: string;
  readonly functionName: string;
  /** A version or an alias; undefined for the unqualified function. */
  readonly qualifier?: string;
  readonly settings: MappingSettings;
  /** What was asked for last, and holds once no transition is under way. */
  readonly enabled: boolean;
  readonly transition?: { readonly is: Transition; readonly until: number };
  readonly lastModified: number;
  /** `LastProcessingResult`, of streams only (recorded: test_dynamodb_event_source_mapping). */
  readonly lastResult?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The stream's starting position was turned into positions in its shards: later shards are read from their beginning. */
  readonly begun?: boolean;
}
