import type { PutRecordsResultEntry } from '@aws-sdk/client-kinesis';
import { ServiceFailure } from '../../../service/failure.ts';
import { required } from '../../../service/required.ts';
import type { KinesisOperations } from '../client.ts';
import { invalidArgument, notActive, notBuilt } from '../failures.ts';
import { hashKeyOf, LAST_HASH_KEY, shardFor } from '../hash-key.ts';
import { sequenceNumber, parseSequenceNumber } from '../sequence-number.ts';
import { shardId } from '../shards/shard.ts';
import { MOST_KEPT, type Found, type KinesisStore } from '../store.ts';
import type { Throughput } from './throughput.ts';

/** A record that is to be written. */
export interface NewRecord {
  readonly data: Uint8Array;
  readonly partitionKey: string;
  readonly explicitHashKey?: string | undefined;
}
export interface Written {
  readonly shardId: string;
  readonly sequenceNumber: string;
}

/** "up to 10 MiB for the entire request, including partition keys" */
const LARGEST_BATCH = 10 * 2 ** 20;

/** Writes records. A record is kept when this returns. */
export class Writer {
  readonly #store: KinesisStore;
  readonly #throughput: Throughput;

  constructor(store: KinesisStore, throughput: Throughput) {
    this.#store = store;
    this.#throughput = throughput;
  }

  /** @throws InvalidArgumentException, ValidationException, ResourceInUseException for what no retry would mend */
  check({ scope, row }: Found, { data, partitionKey, explicitHashKey }: NewRecord): void {
    const status = row.change?.status;
    if (status === 'CREATING' || status === 'DELETING') throw notActive(row.name, scope.account, status);
    if (explicitHashKey !== undefined && BigInt(explicitHashKey) > LAST_HASH_KEY)
      throw invalidArgument(
        `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${explicitHashKey}`,
      );
    const most = row.maxRecordKiB * 1_024;
    if (data.length + Buffer.byteLength(partitionKey) > most)
      throw new ServiceFailure(
        'ValidationException',
        `1 validation error detected: Value at 'data' failed to satisfy constraint: Member must have length less than or equal to ${most}, its partition key included.`,
        { status: 400 },
      );
  }

  /** @throws ServiceFailure `ProvisionedThroughputExceededException` */
  write(found: Found, record: NewRecord): Written {
    const { scope, row } = found;
    const hashKey =
      record.explicitHashKey === undefined ? hashKeyOf(record.partitionKey) : BigInt(record.explicitHashKey);
    const index = shardFor(row.shards, hashKey);
    const shard = row.shards[index];
    if (shard === undefined) throw new Error('The open shards of a stream cover every hash key.');
    const bytes = record.data.length + Buffer.byteLength(record.partitionKey);
    if (!this.#throughput.takes(`${row.id}:${index}`, bytes)) throw exceeded(found, index);
    this.#store.expire(found, index);
    const stored = {
      t: this.#store.cloud.clock.now(),
      k: record.partitionKey,
      d: Buffer.from(record.data).toString('base64'),
    };
    if (this.#store.kept + stored.d.length > MOST_KEPT) this.#store.expireAll();
    if (this.#store.kept + stored.d.length > MOST_KEPT) throw exceeded(found, index);
    const records = this.#store.records(scope, row, index);
    const place = BigInt(records.first + records.items().length + 1);
    this.#store.append(found, index, stored);
    return {
      shardId: shardId(index),
      sequenceNumber: sequenceNumber({
        shardCreated: Math.floor(shard.created / 1000),
        shardIndex: index,
        place,
        arrived: Math.floor(stored.t / 1000),
      }),
    };
  }
}

function exceeded({ scope, row }: Found, index: number): ServiceFailure {
  return new ServiceFailure(
    'ProvisionedThroughputExceededException',
    `Rate exceeded for shard ${shardId(index)} in stream ${row.name} under account ${scope.account}.`,
  );
}

export function putOperations(store: KinesisStore, writer: Writer) {
  return {
    PutRecord(input, call) {
      if (input.DryRun === true) throw notBuilt('DryRun');
      const found = store.named(call, input);
      const { SequenceNumberForOrdering: ordering } = input;
      if (ordering !== undefined && parseSequenceNumber(ordering) === undefined)
        throw invalidArgument(
          `ExclusiveMinimumSequenceNumber ${ordering} used in PutRecord on stream ${found.row.name} under account ${found.scope.account} is invalid.`,
        );
      const record = newRecord(input);
      writer.check(found, record);
      const { shardId, sequenceNumber } = writer.write(found, record);
      return { ShardId: shardId, SequenceNumber: sequenceNumber };
    },

    PutRecords(input, call) {
      const found = store.named(call, input);
      const records = required(input.Records, 'Records').map(newRecord);
      const size = records.reduce(
        (sum, { data, partitionKey }) => sum + data.length + Buffer.byteLength(partitionKey),
        0,
      );
      if (size > LARGEST_BATCH) throw invalidArgument('Records size exceeds 10 MB limit');
      for (const record of records) writer.check(found, record);
      const entries = records.map((record): PutRecordsResultEntry => {
        try {
          const { shardId, sequenceNumber } = writer.write(found, record);
          return { ShardId: shardId, SequenceNumber: sequenceNumber };
        } catch (error) {
          if (!(error instanceof ServiceFailure)) throw error;
          return { ErrorCode: error.code, ErrorMessage: error.message };
        }
      });
      return {
        FailedRecordCount: entries.filter(({ ErrorCode }) => ErrorCode !== undefined).length,
        Records: entries,
      };
    },
  } satisfies KinesisOperations;
}

function newRecord(input: {
  readonly Data: Uint8Array | undefined;
  readonly PartitionKey?: string | undefined;
  readonly ExplicitHashKey?: string | undefined;
}): NewRecord {
  if (input.PartitionKey === undefined)
    throw invalidArgument(
      'PartitionKey must be specified: the record distribution strategy of the stream is USER_PARTITION_KEY.',
    );
  return {
    data: required(input.Data, 'Data'),
    partitionKey: input.PartitionKey,
    explicitHashKey: input.ExplicitHashKey,
  };
}
