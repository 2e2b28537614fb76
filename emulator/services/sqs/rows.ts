/** A queue as it is kept. */
export interface QueueRow {
  readonly name: string;
  /** No other queue has it, not even a later one of the same name. */
  readonly id: string;
  /** ms since 1970 */
  readonly created: number;
  readonly modified: number;
  readonly fifo: boolean;
  /** What was set, as text; what was not set has SQS's defaults. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** A message attribute as it is kept: binary values in base64. */
export interface AttributeRow {
  readonly dataType: string;
  readonly stringValue?: string;
  readonly binaryValue?: string;
}

/** A message as it was sent; it never changes. */
export interface MessageRow {
  /** The queue's id. */
  readonly queue: string;
  readonly id: string;
  readonly body: string;
  readonly md5: string;
  readonly attributes: Readonly<Record<string, AttributeRow>>;
  readonly sender: string;
  /** ms since 1970: what retention counts from. */
  readonly sent: number;
  /** ms since 1970: the end of its delay. */
  readonly from: number;
  readonly group?: string;
  readonly deduplication?: string;
  /** Twenty digits, in FIFO queues. */
  readonly sequence?: string;
  readonly trace?: string;
  /** ARN of the queue that it was moved from when it could not be processed. */
  readonly source?: string;
}

/** What has become of a message since: apart from it, so that a receive does not write the body again. */
export interface ReceiptRow {
  /** Times it was received, by all queues that it was in. */
  readonly count: number;
  /** Times it was received from this queue: what a redrive policy counts, and part of the handle. */
  readonly here: number;
  /** ms since 1970 */
  readonly first: number;
  readonly last: number;
  /** ms since 1970: hidden until then. */
  readonly until: number;
}

/** A deduplication id that a FIFO queue has seen. */
export interface DuplicateRow {
  readonly queue: string;
  readonly id: string;
  readonly sequence: string;
  /** ms since 1970 */
  readonly at: number;
}

/** A task that moves a dead-letter queue's messages. Times are ms since 1970. */
export interface MoveRow {
  /** Handle that the task is cancelled with. */
  readonly handle: string;
  readonly sourceArn: string;
  readonly destinationArn: string | undefined;
  /** Messages a second; undefined: as SQS sees fit. */
  readonly rate: number | undefined;
  readonly started: number;
  readonly toMove: number;
  readonly moved: number;
  readonly status: 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED';
  readonly failure?: string;
}

/** SQS's limit of a message with its attributes, and of a batch, in bytes: 1 MiB since 2025-08. */
export const LARGEST = 1_048_576;
/** How long a FIFO queue remembers a deduplication id, in ms. */
export const DEDUPLICATION = 300_000;
