import type { Clock } from '../../../clock/clock.ts';

/* What a shard takes in a second: https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const RECORDS = 1_000;
const BYTES = 2 ** 20;

interface Bucket {
  records: number;
  bytes: number;
  /** ms since 1970 */
  filled: number;
}

/** What each shard may still take. Not kept: after a restart every shard has rested. */
export class Throughput {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether a shard takes so many bytes now; if so they are counted. @param shard a name of the shard's own */
  takes(shard: string, bytes: number): boolean {
    const now = this.#clock.now();
    const bucket = this.#buckets.get(shard) ?? { records: RECORDS, bytes: BYTES, filled: now };
    const seconds = (now - bucket.filled) / 1000;
    bucket.records = Math.min(RECORDS, bucket.records + RECORDS * seconds);
    bucket.bytes = Math.min(BYTES, bucket.bytes + BYTES * seconds);
    bucket.filled = now;
    this.#buckets.set(shard, bucket);
    // A record that is larger than what a second takes goes through a shard that has rested, and lets it rest.
    if (bucket.records < 1 || bucket.bytes < Math.min(bytes, BYTES)) return false;
    bucket.records -= 1;
    bucket.bytes -= bytes;
    return true;
  }

  /** Forgets the shards of a stream. */
  forget(prefix: string): void {
    for (const shard of this.#buckets.keys()) if (shard.startsWith(prefix)) this.#buckets.delete(shard);
  }
}
