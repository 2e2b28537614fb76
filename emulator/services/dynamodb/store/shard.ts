import { createHash } from 'node:crypto';
import type { Scope } from '../../../service/call.ts';
import { notFound } from '../failures.ts';
import type { ShardPage, ShardPosition, StreamRecord, StreamShard, StreamView } from '../port.ts';
import { itemSize } from '../value/size.ts';
import { streamArn, type RecordRow, type StreamRow } from './rows.ts';
import type { Streams } from './streams.ts';

/*
 * A stream has one shard here; on AWS there is one for each partition of the table, and a new one every few hours.
 * Records are counted from 1, and their sequence numbers are that count with 21 digits.
 */

/** Bytes of records that one page has at most. */
const LARGEST_PAGE = 1024 * 1024;
const SEQUENCE_NUMBER = /^1(\d{20})$/;

/** The sequence number of a position in the sequence of records. */
export function sequenceNumber(position: number): string {
  return `1${String(position + 1).padStart(20, '0')}`;
}

/** The position of a sequence number, or undefined for what is none. */
export function positionOf(text: string): number | undefined {
  const [, digits] = SEQUENCE_NUMBER.exec(text) ?? [];
  const count = Number(digits);
  return Number.isSafeInteger(count) ? count - 1 : undefined;
}

export function viewOf(scope: Scope, row: StreamRow): StreamView {
  return {
    arn: streamArn(scope, row.table, row.label),
    tableName: row.table,
    label: row.label,
    viewType: row.viewType,
    status: row.ended === undefined ? 'ENABLED' : 'DISABLED',
    created: row.created,
    keys: { hash: row.hash, range: row.range },
  };
}

/** The id of a stream's shard: the time it began, and digits of its own. */
export function shardIdOf(scope: Scope, row: StreamRow): string {
  const digest = digestOf(streamArn(scope, row.table, row.label)).slice(0, 8);
  return `shardId-${String(row.created).padStart(20, '0')}-${digest}`;
}

export function shardOf(streams: Streams, scope: Scope, row: StreamRow): StreamShard {
  const records = streams.records(scope, row);
  const next = records.first + records.items().length;
  return {
    shardId: shardIdOf(scope, row),
    parentShardId: undefined,
    startingSequenceNumber: sequenceNumber(0),
    endingSequenceNumber: row.ended === undefined ? undefined : sequenceNumber(Math.max(next - 1, 0)),
  };
}

/** @throws ServiceFailure `ResourceNotFoundException` */
export function streamNamed(streams: Streams, scope: Scope, arn: string): StreamRow {
  const row = streams.named(scope, arn);
  if (row === undefined) throw notFound(`Requested resource not found: Stream: ${arn} not found`);
  return row;
}

/**
 * Reads a page of a stream's shard.
 * @throws ServiceFailure for a shard that the stream does not have
 */
export function readPage(
  streams: Streams,
  scope: Scope,
  row: StreamRow,
  shardId: string,
  position: ShardPosition,
  limit: number,
): ShardPage {
  const arn = streamArn(scope, row.table, row.label);
  if (shardId !== shardIdOf(scope, row))
    throw notFound(`Requested resource not found: Shard does not exist or has been deleted: ${shardId}`);
  const sequence = streams.records(scope, row);
  const items = sequence.items();
  const end = sequence.first + items.length;
  const horizon = streams.horizon(sequence);
  const wanted = startOf(position, horizon, end);
  let at = Math.max(wanted, horizon);
  const records: ShardPage['records'][number][] = [];
  let bytes = 0;
  for (; at < end && records.length < limit; at += 1) {
    const record = items[at - sequence.first];
    if (record === undefined) break;
    const event = eventOf(scope, row, arn, at, record);
    bytes += event.dynamodb.SizeBytes;
    if (bytes > LARGEST_PAGE && records.length > 0) break;
    records.push({ sequenceNumber: sequenceNumber(at), arrivedAt: record.t, event });
  }
  const newest = items.at(-1)?.t;
  const next = items[at - sequence.first]?.t;
  return {
    records,
    position: { after: sequenceNumber(at - 1) },
    millisBehindLatest: newest === undefined || next === undefined ? 0 : newest - next,
    ended: row.ended !== undefined && at >= end,
    trimmed: wanted < horizon,
  };
}

function startOf(position: ShardPosition, horizon: number, end: number): number {
  if (position === 'TRIM_HORIZON') return horizon;
  if (position === 'LATEST') return end;
  if ('after' in position) return (positionOf(position.after) ?? -1) + 1;
  return positionOf(position.from) ?? 0;
}

function eventOf(
  scope: Scope,
  row: StreamRow,
  arn: string,
  position: number,
  { t, e, k, n, o, x }: RecordRow,
): StreamRecord {
  const number = sequenceNumber(position);
  return {
    eventID: digestOf(`${arn} ${number}`),
    eventName: e,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: scope.region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(t / 1000),
      Keys: k,
      ...(n !== undefined && { NewImage: n }),
      ...(o !== undefined && { OldImage: o }),
      SequenceNumber: number,
      // Recorded: the key counts besides the images.
      SizeBytes: [k, n, o].reduce((sum, item) => sum + (item === undefined ? 0 : itemSize(item)), 0),
      StreamViewType: row.viewType,
    },
    ...(x === true && {
      userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    }),
    eventSourceARN: arn,
  };
}

/** 32 hexadecimal digits. */
function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
