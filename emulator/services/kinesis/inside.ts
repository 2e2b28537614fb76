import { streamNotFound, shardNotFound } from './failures.ts';
import type { KinesisPort, ShardPosition } from './port.ts';
import { placeOf, sequenceNumberAt } from './records/get.ts';
import type { Writer } from './records/put.ts';
import { countBefore, countOf, readShard } from './records/read.ts';
import { keptShards } from './shards/list.ts';
import { endingSequenceNumber, shardId, shardIndex, startingSequenceNumber } from './shards/shard.ts';
import { placeOfArn, streamArn, type Found, type KinesisStore } from './store.ts';

/** What other services ask of Kinesis. */
export function kinesisPort(store: KinesisStore, writer: Writer): KinesisPort {
  const found = (arn: string): Found => {
    const place = placeOfArn(arn);
    const row = place === undefined ? undefined : store.find(place, place.name);
    if (place === undefined || row === undefined)
      throw streamNotFound(place?.name ?? arn, place?.account ?? '');
    return { scope: { account: place.account, region: place.region }, row };
  };
  const begin = (stream: Found, index: number, position: ShardPosition): number => {
    if (position === 'TRIM_HORIZON') return 0;
    if (position === 'LATEST') return countOf(store, stream, index);
    if ('timestamp' in position) return countBefore(store, stream, index, position.timestamp);
    return 'after' in position
      ? placeOf(stream, index, position.after, true)
      : placeOf(stream, index, position.from, false);
  };

  return {
    stream(_scope, arn) {
      const place = placeOfArn(arn);
      const row = place === undefined ? undefined : store.find(place, place.name);
      if (place === undefined || row === undefined) return undefined;
      return { name: row.name, arn: streamArn(place, row.name), status: row.change?.status ?? 'ACTIVE' };
    },
    shards(_scope, arn) {
      return keptShards(store, found(arn).row).map(([index, shard]) => {
        const [parent, adjacent] = shard.parents;
        return {
          shardId: shardId(index),
          parentShardId: parent === undefined ? undefined : shardId(parent),
          adjacentParentShardId: adjacent === undefined ? undefined : shardId(adjacent),
          startingSequenceNumber: startingSequenceNumber(shard, index),
          endingSequenceNumber: endingSequenceNumber(shard, index),
        };
      });
    },
    read(_scope, arn, id, position, limit) {
      const stream = found(arn);
      const index = shardIndex(id);
      if (index === undefined || stream.row.shards[index] === undefined)
        throw shardNotFound(id, stream.row.name, stream.scope.account);
      const page = readShard(store, stream, index, begin(stream, index, position), limit);
      const last = page.records.at(-1);
      return {
        records: page.records.map(({ sequenceNumber, record }) => ({
          sequenceNumber,
          partitionKey: record.k,
          data: record.d,
          arrivedAt: record.t,
        })),
        position: {
          after: last?.sequenceNumber ?? sequenceNumberAt(stream, index, page.next, store.cloud.clock.now()),
        },
        millisBehindLatest: page.millisBehind,
        ended: page.ended,
      };
    },
    subscribe(_scope, arn, listener) {
      const place = placeOfArn(arn);
      return place === undefined ? () => undefined : store.subscribe(place, place.name, listener);
    },
    put(_scope, arn, record) {
      const stream = found(arn);
      writer.check(stream, record);
      return writer.write(stream, record);
    },
  };
}
