/** How often something may happen. */
export interface Limit {
  /** What is limited. */
  readonly key: string;
  /** A second. */
  readonly rate: number;
  /** At once. */
  readonly burst: number;
}

interface Bucket {
  tokens: number;
  /** ms since 1970, cloud time */
  at: number;
  full: number;
}

/** So many buckets are kept before those are dropped that have filled up again: they are as good as new. */
const MANY = 10_000;

/**
 * Token buckets: each fills at a rate up to its burst, and a request takes one token from each that it falls under.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export class Buckets {
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();
  #sweepAt = MANY;

  /** @param now ms since 1970, cloud time */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes a token for each limit, or none at all. @returns false where one has none left */
  take(limits: readonly Limit[]): boolean {
    const now = this.#now();
    const buckets = limits.map((limit) => this.#filled(limit, now));
    if (buckets.some(({ tokens }) => tokens < 1)) return false;
    for (const bucket of buckets) bucket.tokens -= 1;
    if (this.#buckets.size > this.#sweepAt) this.#sweep(now);
    return true;
  }

  #filled({ key, rate, burst }: Limit, now: number): Bucket {
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      const made = { tokens: burst, at: now, full: now };
      this.#buckets.set(key, made);
      return made;
    }
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * rate);
    bucket.at = now;
    bucket.full = rate > 0 ? now + ((burst - bucket.tokens + 1) / rate) * 1000 : Infinity;
    return bucket;
  }

  #sweep(now: number): void {
    for (const [key, { full }] of this.#buckets) if (full <= now) this.#buckets.delete(key);
    this.#sweepAt = Math.max(MANY, this.#buckets.size * 2);
  }
}
