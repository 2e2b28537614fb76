import { emptyBucket, merge, type Bucket } from './bucket.ts';

/** The points of one metric in one unit, in order of time. */
export class Series {
  readonly id: string;
  readonly unit: string;
  readonly #buckets: Bucket[] = [];

  constructor(id: string, unit: string) {
    this.id = id;
    this.unit = unit;
  }

  get size(): number {
    return this.#buckets.length;
  }

  /** When the newest bucket began; undefined where there is none. */
  get latest(): number | undefined {
    return this.#buckets.at(-1)?.start;
  }

  get oldest(): number | undefined {
    return this.#buckets[0]?.start;
  }

  /** The bucket of a time, made where it is missing. `width` in ms. */
  at(time: number, width: number): { readonly bucket: Bucket; readonly isNew: boolean } {
    const start = Math.floor(time / width) * width;
    const last = this.#buckets.at(-1);
    if (last?.start === start && last.width === width) return { bucket: last, isNew: false };
    let place = this.#firstFrom(start);
    for (let found = this.#buckets[place]; found?.start === start; found = this.#buckets[++place])
      if (found.width === width) return { bucket: found, isNew: false };
    const bucket = emptyBucket(start, width);
    this.#buckets.splice(place, 0, bucket);
    return { bucket, isNew: true };
  }

  /** Puts a bucket that was kept back in its place. */
  restore(bucket: Bucket): void {
    let place = this.#firstFrom(bucket.start);
    while (this.#buckets[place]?.start === bucket.start) place += 1;
    this.#buckets.splice(place, 0, bucket);
  }

  /** Buckets that begin from one time up to but not at another. */
  between(from: number, to: number): readonly Bucket[] {
    return this.#buckets.slice(this.#firstFrom(from), this.#firstFrom(to));
  }

  /**
   * Takes buckets narrower than `width` that began before a time out and puts what they hold into wider ones.
   * Returns what went and what came or changed.
   */
  rollUp(
    before: number,
    width: number,
  ): { readonly gone: readonly Bucket[]; readonly kept: readonly Bucket[] } {
    const end = this.#firstFrom(before);
    const gone = this.#buckets.slice(0, end).filter((bucket) => bucket.width < width);
    if (gone.length === 0) return { gone, kept: [] };
    const leaving = new Set(gone);
    const staying = this.#buckets.filter((bucket) => !leaving.has(bucket));
    this.#buckets.length = 0;
    this.#buckets.push(...staying);
    const kept = new Set<Bucket>();
    for (const bucket of gone) {
      const { bucket: wide } = this.at(bucket.start, width);
      merge(wide, bucket);
      kept.add(wide);
    }
    return { gone, kept: [...kept] };
  }

  /** Takes out what began before a time. */
  dropBefore(time: number): readonly Bucket[] {
    return this.#buckets.splice(0, this.#firstFrom(time));
  }

  #firstFrom(time: number): number {
    let low = 0;
    let high = this.#buckets.length;
    // Nearly everything that is asked for is at the end.
    const last = this.#buckets[high - 1];
    if (last !== undefined && last.start < time) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#buckets[middle]?.start ?? Infinity) >= time) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
