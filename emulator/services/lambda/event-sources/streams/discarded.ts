import { responseContext } from '../../destinations/record.ts';
import type { Executed } from '../../invocation/invoker.ts';
import type { StreamItem, StreamSource } from './source.ts';

/** A batch that is given up. */
export interface Discarded {
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  readonly items: readonly StreamItem[];
  readonly shardId: string;
  readonly streamArn: string;
  /** With the qualifier that the mapping has. */
  readonly functionArn: string;
  /** Attempts that reached the function. */
  readonly attempts: number;
  readonly requestId: string;
  /** Of the last attempt, where there was one. */
  readonly outcome: Executed | undefined;
  /** ms since 1970 */
  readonly at: number;
}

/**
 * What a destination is told of a batch that was given up, member for member as AWS sends it (recorded:
 * test_dynamodb_event_source_mapping_with_on_failure_destination_config). The records themselves go to buckets only
 * (recorded: test_dynamodb_event_source_mapping_with_s3_on_failure_destination).
 */
export function discardedRecord(
  source: Pick<StreamSource, 'batchInfo' | 'time'>,
  discarded: Discarded,
  withPayload: boolean,
): object {
  const { items, outcome } = discarded;
  const [first, last] = [items[0], items.at(-1)];
  return {
    requestContext: {
      requestId: discarded.requestId,
      functionArn: discarded.functionArn,
      condition: discarded.condition,
      approximateInvokeCount: discarded.attempts,
    },
    ...(outcome === undefined
      ? {}
      : { responseContext: { functionError: null, ...responseContext(outcome) } }),
    version: '1.0',
    timestamp: new Date(discarded.at).toISOString(),
    [source.batchInfo]: {
      shardId: discarded.shardId,
      startSequenceNumber: first?.sequence,
      endSequenceNumber: last?.sequence,
      approximateArrivalOfFirstRecord: source.time(first?.arrivedAt ?? 0),
      approximateArrivalOfLastRecord: source.time(last?.arrivedAt ?? 0),
      batchSize: items.length,
      streamArn: discarded.streamArn,
    },
    ...(withPayload ? { payload: { Records: items.map(({ record }) => record) } } : {}),
  };
}
