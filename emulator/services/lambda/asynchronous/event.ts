import type { BlobRef } from '../../../state/blobs.ts';

/** An event that waits for its function: kept until it was dealt with, so that the end of the process loses none. */
export interface QueuedEvent {
  /** The same for every attempt, as on AWS (recorded: test_request_id_async_invoke_with_retry). */
  readonly requestId: string;
  readonly functionName: string;
  /** As the caller named it; undefined for the unqualified function. */
  readonly qualifier?: string;
  readonly payload: BlobRef;
  /** The call in the trail that brought it. */
  readonly cause?: string;
  /** `X-Amzn-Trace-Id` of the call: a loop through other services is known by it. */
  readonly traceHeader?: string;
  /** ms since 1970, cloud time. */
  readonly acceptedAt: number;
  /** When it is due. In the past while an attempt runs: after a crash it is made again. */
  readonly dueAt: number;
  /** Attempts that reached the function. */
  readonly invocations: number;
  /** Attempts that were put off (throttled, not ready) since the last one that reached it. */
  readonly postponed: number;
}

/**
 * Why an event is no longer kept. AWS's names, as in a destination's `requestContext.condition`; what AWS says of a
 * loop that it stopped was not seen anywhere, and is named after the metric.
 */
export type Conclusion =
  | 'Success'
  | 'RetriesExhausted'
  | 'EventAgeExceeded'
  | 'ZeroReservedConcurrency'
  | 'RecursiveInvocationsDropped';
