import { ServiceFailure } from '../../../../service/failure.ts';
import type { Scope } from '../../../../service/call.ts';
import type { DynamodbPort } from '../../../dynamodb/port.ts';
import type { StreamSource } from '../streams/source.ts';

/** A table's stream as mappings read it. */
export function dynamodbSource(port: DynamodbPort, scope: Scope, streamArn: string): StreamSource {
  return {
    batchInfo: 'DDBStreamBatchInfo',
    shards: () => port.shards(scope, streamArn).map(({ shardId }) => ({ id: shardId, parents: [] })),
    read(shardId, position, limit) {
      if (typeof position === 'object' && 'timestamp' in position) {
        // Refused when the mapping was made.
        throw new ServiceFailure('InvalidParameterValueException', 'DynamoDB streams have no AT_TIMESTAMP');
      }
      const page = port.read(scope, streamArn, shardId, position, limit);
      const items = page.records.map(({ sequenceNumber, arrivedAt, event }) => ({
        sequence: sequenceNumber,
        arrivedAt,
        orderKey: JSON.stringify(event.dynamodb.Keys),
        record: event,
        seen: () => event,
      }));
      return { items, position: page.position, ended: page.ended };
    },
    subscribe: (listener) => port.subscribe(scope, streamArn, listener),
    time: (ms) => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z'),
  };
}
