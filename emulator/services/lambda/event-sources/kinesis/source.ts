import type { Scope } from '../../../../service/call.ts';
import type { KinesisPort, ShardRecord } from '../../../kinesis/port.ts';
import { seen } from '../settings/filters.ts';
import type { StreamItem, StreamSource } from '../streams/source.ts';

/**
 * A Kinesis stream as mappings read it.
 * @param role ARN of the execution role, which every record names
 */
export function kinesisSource(
  port: KinesisPort,
  scope: Scope,
  streamArn: string,
  role: () => string,
): StreamSource {
  return {
    batchInfo: 'KinesisBatchInfo',
    shards: () =>
      port.shards(scope, streamArn).map(({ shardId, parentShardId, adjacentParentShardId }) => ({
        id: shardId,
        parents: [parentShardId, adjacentParentShardId].filter((parent) => parent !== undefined),
      })),
    read(shardId, position, limit) {
      const page = port.read(scope, streamArn, shardId, position, limit);
      const identity = { region: scope.region, streamArn, shardId, role: role() };
      const items = page.records.map((record) => itemOf(record, identity));
      return { items, position: page.position, ended: page.ended };
    },
    subscribe: (listener) => port.subscribe(scope, streamArn, listener),
    time: (ms) => new Date(ms).toISOString(),
  };
}

/* Lambda Developer Guide, "Using Lambda with Kinesis": the example event. */
function itemOf(
  { sequenceNumber, partitionKey, data, arrivedAt }: ShardRecord,
  of: {
    readonly region: string;
    readonly streamArn: string;
    readonly shardId: string;
    readonly role: string;
  },
): StreamItem {
  const kinesis = {
    kinesisSchemaVersion: '1.0',
    partitionKey,
    sequenceNumber,
    data,
    approximateArrivalTimestamp: arrivedAt / 1000,
  };
  const about = {
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${of.shardId}:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: of.role,
    awsRegion: of.region,
    eventSourceARN: of.streamArn,
  };
  return {
    sequence: sequenceNumber,
    arrivedAt,
    orderKey: partitionKey,
    record: { kinesis, ...about },
    // Patterns name the members of `kinesis` without it, and see what the data is ("Filter with Kinesis").
    seen: () => {
      const decoded = seen(Buffer.from(data, 'base64').toString());
      return { ...about, ...kinesis, kinesis: { ...kinesis, data: decoded }, data: decoded };
    },
  };
}
