import * as schemas from '@aws-sdk/client-kinesis/dist-es/schemas/schemas_0.js';
import type { Cloud } from '../../cloud.ts';
import type { Scope } from '../../service/call.ts';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import type { Kinesis } from './client.ts';
import { kinesisPort } from './inside.ts';
import limits from './limits.json' with { type: 'json' };
import type { KinesisPort } from './port.ts';
import { getOperations } from './records/get.ts';
import { putOperations, Writer } from './records/put.ts';
import { Throughput } from './records/throughput.ts';
import { listOperations } from './shards/list.ts';
import { reshapeOperations } from './shards/operations.ts';
import { KinesisStore, streamArn, type Named } from './store.ts';
import { streamOperations } from './streams/operations.ts';
import { retentionOperations } from './streams/retention.ts';
import { tagOperations } from './streams/tags.ts';

const stream = ({ StreamName = '*', StreamARN }: Named, scope: Scope): string =>
  StreamARN ?? streamArn(scope, StreamName);
const byArn = ({ ResourceARN = '*' }: { readonly ResourceARN: string | undefined }): string => ResourceARN;

/** Kinesis Data Streams. */
export default defineService<Kinesis, KinesisPort>({
  wire: identities.kinesis,
  schemas: schemas as Readonly<Record<string, unknown>>,
  limits,
  create(cloud: Cloud) {
    const store = new KinesisStore(cloud);
    const writer = new Writer(store, new Throughput(cloud.clock));
    return {
      operations: {
        ...streamOperations(store),
        ...retentionOperations(store),
        ...tagOperations(store),
        ...listOperations(store),
        ...reshapeOperations(store),
        ...putOperations(store, writer),
        ...getOperations(store),
      },
      port: kinesisPort(store, writer),
      resources: {
        CreateStream: stream,
        DeleteStream: stream,
        DescribeStream: stream,
        DescribeStreamSummary: stream,
        UpdateStreamMode: stream,
        IncreaseStreamRetentionPeriod: stream,
        DecreaseStreamRetentionPeriod: stream,
        AddTagsToStream: stream,
        RemoveTagsFromStream: stream,
        ListTagsForStream: stream,
        TagResource: byArn,
        UntagResource: byArn,
        ListTagsForResource: byArn,
        ListShards: stream,
        SplitShard: stream,
        MergeShards: stream,
        UpdateShardCount: stream,
        PutRecord: stream,
        PutRecords: stream,
        GetShardIterator: stream,
        GetRecords: stream,
      },
      withoutEffect: {
        'CreateStream.WarmThroughputMiBps': 'Kept and answered; a shard takes what it takes.',
        'UpdateStreamMode.WarmThroughputMiBps': 'A shard takes what it takes.',
        'ListShards.StreamCreationTimestamp': 'A name belongs to one stream at a time.',
        'PutRecord.SequenceNumberForOrdering':
          'Checked; records of a shard are in the order of their arrival in any case.',
      },
    };
  },
});
