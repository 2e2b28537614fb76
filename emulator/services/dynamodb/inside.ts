import type { DynamodbPort } from './port.ts';
import { readPage, shardOf, streamNamed, viewOf } from './store/shard.ts';
import type { Store } from './store/store.ts';

/** What other services ask of DynamoDB. */
export function dynamodbPort({ streams }: Store): DynamodbPort {
  return {
    stream(scope, arn) {
      const row = streams.named(scope, arn);
      return row && viewOf(scope, row);
    },
    streams: (scope) =>
      [...streams.in(scope).values()]
        .map((row) => viewOf(scope, row))
        .filter(({ arn }) => streams.named(scope, arn) !== undefined),
    shards: (scope, arn) => [shardOf(streams, scope, streamNamed(streams, scope, arn))],
    read: (scope, arn, shardId, position, limit) =>
      readPage(streams, scope, streamNamed(streams, scope, arn), shardId, position, limit),
    subscribe: (_scope, arn, listener) => streams.subscribe(arn, listener),
  };
}
