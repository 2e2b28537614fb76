import type { _Record, KeySchemaElement, Shard } from '@aws-sdk/client-dynamodb-streams';
import * as schemas from '@aws-sdk/client-dynamodb-streams/dist-es/schemas/schemas_0.js';
import type { Cloud } from '../../cloud.ts';
import { ServiceFailure } from '../../service/failure.ts';
import { defineService } from '../../service/service.ts';
import type { Item } from '../dynamodb/value/value.ts';
import { wireItem } from '../dynamodb/value/wire.ts';
import type { ShardPosition, StreamRecord, StreamView } from '../dynamodb/port.ts';
import { identities } from '../identities.ts';
import type { DynamodbStreams } from './client.ts';
import { iteratorText, readIterator } from './iterator.ts';
import limits from './limits.json' with { type: 'json' };
import type { DynamodbStreamsPort } from './port.ts';

/** Records of one answer, and streams or shards of one page. */
const MOST_RECORDS = 1_000;
const MOST_ON_A_PAGE = 100;

const streamOfIterator = ({ ShardIterator: text = '*' }: { ShardIterator: string | undefined }): string =>
  text.split('|')[0] ?? '*';
const byArn = ({ StreamArn = '*' }: { readonly StreamArn: string | undefined }): string => StreamArn;

/** DynamoDB Streams: reads what DynamoDB's tables tell of their changes. */
export default defineService<DynamodbStreams, DynamodbStreamsPort>({
  wire: identities.dynamodbstreams,
  schemas: schemas as Readonly<Record<string, unknown>>,
  limits,
  create(cloud: Cloud) {
    const dynamodb = async () => await cloud.port('dynamodb');
    return {
      operations: {
        async ListStreams(input, call) {
          const { TableName: table, ExclusiveStartStreamArn: start, Limit: limit = MOST_ON_A_PAGE } = input;
          const name = table?.replace(/^arn:.*:table\//, '');
          const all = (await dynamodb())
            .streams(call)
            .filter(({ tableName }) => name === undefined || tableName === name);
          const from = start === undefined ? 0 : all.findIndex(({ arn }) => arn === start) + 1;
          const page = all.slice(from, from + limit);
          return {
            Streams: page.map(({ arn, tableName, label }) => ({
              StreamArn: arn,
              TableName: tableName,
              StreamLabel: label,
            })),
            LastEvaluatedStreamArn: from + page.length < all.length ? page.at(-1)?.arn : undefined,
          };
        },

        async DescribeStream(input, call) {
          const port = await dynamodb();
          const arn = input.StreamArn ?? '';
          const stream = port.stream(call, arn);
          const shards = port.shards(call, arn);
          if (stream === undefined) throw new Error('A stream with shards that is not there.');
          const start = input.ExclusiveStartShardId;
          return {
            StreamDescription: {
              ...described(stream),
              Shards: shards
                .filter(({ shardId }) => start === undefined || shardId > start)
                .map(({ shardId, startingSequenceNumber, endingSequenceNumber }): Shard => ({
                  ShardId: shardId,
                  SequenceNumberRange: {
                    StartingSequenceNumber: startingSequenceNumber,
                    EndingSequenceNumber: endingSequenceNumber,
                  },
                })),
            },
          };
        },

        async GetShardIterator(input, call) {
          const port = await dynamodb();
          const { StreamArn: arn = '', ShardId: shardId = '' } = input;
          const position = positionOf(input.ShardIteratorType, input.SequenceNumber);
          // No record is read, only where the first would be.
          const page = port.read(call, arn, shardId, position, 0);
          if (page.trimmed) throw trimmed();
          const after = position === 'TRIM_HORIZON' ? undefined : page.position.after;
          return { ShardIterator: iteratorText({ streamArn: arn, shardId, after }, cloud.clock.now()) };
        },

        async GetRecords(input, call) {
          const port = await dynamodb();
          const { streamArn, shardId, after } = readIterator(input.ShardIterator ?? '', cloud.clock.now());
          const position = after === undefined ? 'TRIM_HORIZON' : { after };
          const page = port.read(call, streamArn, shardId, position, input.Limit ?? MOST_RECORDS);
          if (page.trimmed) throw trimmed();
          const next = { streamArn, shardId, after: page.position.after };
          return {
            Records: page.records.map(({ event }) => recordOf(event)),
            NextShardIterator: page.ended ? undefined : iteratorText(next, cloud.clock.now()),
          };
        },
      },
      port: {},
      resources: {
        DescribeStream: byArn,
        GetShardIterator: byArn,
        GetRecords: streamOfIterator,
      },
    };
  },
});

function positionOf(type: string | undefined, sequenceNumber: string | undefined): ShardPosition {
  if (type === 'TRIM_HORIZON' || type === 'LATEST') return type;
  if (sequenceNumber === undefined)
    throw new ServiceFailure(
      'ValidationException',
      'SequenceNumber must be specified when the ShardIteratorType is AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER',
      { status: 400 },
    );
  return type === 'AT_SEQUENCE_NUMBER' ? { from: sequenceNumber } : { after: sequenceNumber };
}

function trimmed(): ServiceFailure {
  return new ServiceFailure(
    'TrimmedDataAccessException',
    'The operation attempted to read past the oldest stream record in a shard.',
    { status: 400 },
  );
}

function described({ arn, label, status, viewType, created, tableName, keys }: StreamView) {
  const KeySchema: KeySchemaElement[] = [{ AttributeName: keys.hash, KeyType: 'HASH' }];
  if (keys.range !== undefined) KeySchema.push({ AttributeName: keys.range, KeyType: 'RANGE' });
  return {
    StreamArn: arn,
    StreamLabel: label,
    StreamStatus: status,
    StreamViewType: viewType,
    CreationRequestDateTime: new Date(created),
    TableName: tableName,
    KeySchema,
  };
}

function recordOf({ dynamodb, userIdentity, ...event }: StreamRecord): _Record {
  const { eventID, eventName, eventVersion, eventSource, awsRegion } = event;
  const { ApproximateCreationDateTime: seconds, Keys, NewImage, OldImage, ...rest } = dynamodb;
  const shown = (item: Item | undefined) => item && wireItem(item);
  return {
    eventID,
    eventName,
    eventVersion,
    eventSource,
    awsRegion,
    dynamodb: {
      ...rest,
      ApproximateCreationDateTime: new Date(seconds * 1000),
      Keys: wireItem(Keys),
      NewImage: shown(NewImage),
      OldImage: shown(OldImage),
    },
    userIdentity: userIdentity && { Type: userIdentity.type, PrincipalId: userIdentity.principalId },
  };
}
