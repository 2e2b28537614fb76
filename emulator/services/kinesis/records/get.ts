import type { Call } from '../../../service/call.ts';
import type { InputOf } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import type { Kinesis, KinesisOperations } from '../client.ts';
import { invalidArgument, noSuchShard, notBuilt, shardNotFound } from '../failures.ts';
import { LAST_PLACE, parseSequenceNumber, sequenceNumber } from '../sequence-number.ts';
import { hashKeyRange, shardId, shardIndex } from '../shards/shard.ts';
import type { Found, KinesisStore } from '../store.ts';
import { readIterator, writeIterator } from './iterator.ts';
import { countBefore, countOf, readShard } from './read.ts';

/** How many records come before the one that a sequence number names. @throws InvalidArgumentException */
export function placeOf({ scope, row }: Found, index: number, text: string, after: boolean): number {
  const where = `StartingSequenceNumber ${text} used in GetShardIterator on shard ${shardId(index)} in stream ${row.name} under account ${scope.account} is invalid`;
  const parsed = parseSequenceNumber(text);
  if (parsed === undefined) throw invalidArgument(`${where}.`);
  if (parsed.shardIndex !== index)
    throw invalidArgument(
      `Invalid StartingSequenceNumber. It encodes ${shardId(parsed.shardIndex)}, while it was used in a call to a shard with ${shardId(index)}`,
    );
  if (parsed.shardCreated !== Math.floor((row.shards[index]?.created ?? 0) / 1000))
    throw invalidArgument(`${where} because it did not come from this stream.`);
  if (parsed.place === LAST_PLACE) return Number.MAX_SAFE_INTEGER;
  const place = Number(parsed.place);
  return after ? place : Math.max(place - 1, 0);
}

/** The sequence number behind which so many records of a shard lie. */
export function sequenceNumberAt({ row }: Found, index: number, place: number, time: number): string {
  const created = row.shards[index]?.created ?? 0;
  return sequenceNumber({
    shardCreated: Math.floor(created / 1000),
    shardIndex: index,
    place: BigInt(place),
    arrived: Math.floor((place === 0 ? created : time) / 1000),
  });
}

export function getOperations(store: KinesisStore) {
  const { clock } = store.cloud;

  /** @throws InvalidArgumentException */
  const start = (found: Found, index: number, input: InputOf<Kinesis, 'GetShardIterator'>): number => {
    const { ShardIteratorType: type, StartingSequenceNumber: number, Timestamp: time } = input;
    if (type === 'AT_SEQUENCE_NUMBER' || type === 'AFTER_SEQUENCE_NUMBER') {
      if (number === undefined) throw eitherOr(type, 'no');
      return placeOf(found, index, number, type === 'AFTER_SEQUENCE_NUMBER');
    }
    if (number !== undefined) throw eitherOr(type ?? '', 'also a');
    if (type === 'LATEST') return countOf(store, found, index);
    if (type !== 'AT_TIMESTAMP') return 0;
    if (time === undefined)
      throw invalidArgument(
        'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.',
      );
    const now = clock.now();
    if (time.getTime() > now)
      throw invalidArgument(
        `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${time.getTime()}, currentTimestampInMillis: ${now}`,
      );
    return countBefore(store, found, index, time.getTime());
  };

  /** The stream of an iterator, as long as it is the one that it was made for. @throws ResourceNotFoundException */
  const streamOf = (call: Call, name: string, id: string, index: number): Found => {
    const scope = { account: call.account, region: call.region };
    const row = store.find(scope, name);
    if (row === undefined || row.id !== id || row.change?.status === 'DELETING')
      throw shardNotFound(shardId(index), name, call.account);
    return { scope, row };
  };

  return {
    GetShardIterator(input, call) {
      const found = store.named(call, input);
      const { scope, row } = found;
      const id = required(input.ShardId, 'ShardId');
      const index = shardIndex(id);
      if (index === undefined) throw noSuchShard(id, row.name, scope.account);
      if (row.shards[index] === undefined) throw shardNotFound(shardId(index), row.name, scope.account);
      const next = start(found, index, input);
      const made = clock.now();
      return { ShardIterator: writeIterator({ stream: row.name, id: row.id, shard: index, next, made }) };
    },

    GetRecords(input, call) {
      if (input.DryRun === true) throw notBuilt('DryRun');
      const iterator = readIterator(required(input.ShardIterator, 'ShardIterator'), clock.now());
      const { stream, id, shard } = iterator;
      const found = streamOf(call, stream, id, shard);
      const page = readShard(store, found, shard, iterator.next, input.Limit ?? 10_000);
      return {
        Records: page.records.map(({ sequenceNumber: number, record }) => ({
          SequenceNumber: number,
          ApproximateArrivalTimestamp: new Date(record.t),
          Data: Buffer.from(record.d, 'base64'),
          PartitionKey: record.k,
          EncryptionType: undefined,
        })),
        MillisBehindLatest: page.millisBehind,
        // A closed shard that is read to its end has no next iterator: its children are read then.
        ...(page.ended
          ? { ChildShards: childrenOf(found, shard) }
          : { NextShardIterator: writeIterator({ ...iterator, next: page.next, made: clock.now() }) }),
      };
    },
  } satisfies KinesisOperations;
}

function childrenOf({ row }: Found, parent: number) {
  return [...row.shards.entries()]
    .filter(([, { parents }]) => parents.includes(parent))
    .map(([index, shard]) => ({
      ShardId: shardId(index),
      ParentShards: shard.parents.map(shardId),
      HashKeyRange: hashKeyRange(shard),
    }));
}

function eitherOr(type: string, has: 'no' | 'also a') {
  return invalidArgument(
    `Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified ${type} and ${has} StartingSequenceNumber.`,
  );
}
