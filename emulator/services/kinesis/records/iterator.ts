import { createHmac } from 'node:crypto';
import { ServiceFailure } from '../../../service/failure.ts';
import { invalidArgument } from '../failures.ts';

/** Where a client reads on. */
export interface ShardIterator {
  readonly stream: string;
  /** Of the stream: an iterator of an earlier one of the same name is worth nothing. */
  readonly id: string;
  readonly shard: number;
  /** How many records of the shard come before. */
  readonly next: number;
  /** When it was made, ms since 1970. */
  readonly made: number;
}

/** "A shard iterator expires 5 minutes after it is returned to the requester." */
const LIFE = 300_000;
/** Every iterator of AWS begins with these bytes. */
const VERSION = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]);

/** Not a secret: only so that what was cut or typed by hand is not taken for an iterator. */
function seal(text: string): Buffer {
  return createHmac('sha256', 'coldstart shard iterator').update(text).digest().subarray(0, 16);
}

export function writeIterator({ stream, id, shard, next, made }: ShardIterator): string {
  const text = JSON.stringify([stream, id, shard, next, made]);
  return Buffer.concat([VERSION, seal(text), Buffer.from(text)]).toString('base64');
}

/**
 * @param now ms since 1970, cloud time
 * @throws InvalidArgumentException, ExpiredIteratorException
 */
export function readIterator(token: string, now: number): ShardIterator {
  const bytes = Buffer.from(token, 'base64');
  const text = bytes.subarray(24).toString();
  if (bytes.length < 24 || !bytes.subarray(0, 8).equals(VERSION) || !bytes.subarray(8, 24).equals(seal(text)))
    throw invalidArgument('Invalid ShardIterator.');
  // The seal vouches that this is what `writeIterator` wrote.
  const [stream, id, shard, next, made] = JSON.parse(text) as [string, string, number, number, number];
  if (now - made > LIFE)
    throw new ServiceFailure(
      'ExpiredIteratorException',
      `Iterator expired. The iterator was created at time ${utc(made)} while right now it is ${utc(now)} which is further in the future than the tolerated delay of ${LIFE} milliseconds.`,
    );
  return { stream, id, shard, next, made };
}

/** `Thu Jan 22 01:22:02 UTC 2015` */
function utc(time: number): string {
  const [day = '', date, month, year, clock] = new Date(time).toUTCString().split(' ');
  return `${day.slice(0, 3)} ${month} ${date} ${clock} UTC ${year}`;
}
