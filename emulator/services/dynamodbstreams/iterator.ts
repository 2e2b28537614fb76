import { ServiceFailure } from '../../service/failure.ts';

/** How long an iterator can be used, in ms. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html */
const VALID = 15 * 60_000;

/** Where GetRecords reads on. */
export interface ShardIterator {
  readonly streamArn: string;
  readonly shardId: string;
  /** The sequence number before the first that is wanted; undefined: from the oldest. */
  readonly after: string | undefined;
}

/** An iterator as clients see it: as on AWS, the stream stands in it. */
export function iteratorText({ streamArn, shardId, after }: ShardIterator, now: number): string {
  const rest = Buffer.from(JSON.stringify([shardId, after ?? null, now])).toString('base64url');
  return `${streamArn}|1|${rest}`;
}

/** @throws ServiceFailure for what is no iterator, and for one that is too old */
export function readIterator(text: string, now: number): ShardIterator {
  const [streamArn = '', version, rest = ''] = text.split('|');
  const [shardId, after, at] = version === '1' ? parsed(rest) : [];
  if (typeof shardId !== 'string' || typeof at !== 'number')
    throw new ServiceFailure('ValidationException', 'Invalid ShardIterator', { status: 400 });
  if (at + VALID <= now)
    throw new ServiceFailure('ExpiredIteratorException', 'Iterator expired', { status: 400 });
  return { streamArn, shardId, after: typeof after === 'string' ? after : undefined };
}

function parsed(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
