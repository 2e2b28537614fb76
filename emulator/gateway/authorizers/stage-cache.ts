interface Kept<T> {
  readonly value: T;
  /** ms since 1970, cloud time */
  readonly until: number;
}

/** So many are kept for each stage; then the oldest goes. */
const MOST = 10_000;

/** Something that is kept until a time of the cloud's clock. Kept by stages, so that a stage's can be forgotten. */
export class StageCache<T> {
  readonly #now: () => number;
  readonly #most: number;
  readonly #stages = new Map<string, Map<string, Kept<T>>>();

  /** @param now ms since 1970, cloud time */
  constructor(now: () => number, most = MOST) {
    this.#now = now;
    this.#most = most;
  }

  get(stage: string, key: string): T | undefined {
    const entries = this.#stages.get(stage);
    const found = entries?.get(key);
    if (found === undefined) return undefined;
    if (found.until > this.#now()) return found.value;
    entries?.delete(key);
    return undefined;
  }

  set(stage: string, key: string, value: T, seconds: number): void {
    const entries = this.#stages.get(stage) ?? new Map<string, Kept<T>>();
    this.#stages.set(stage, entries);
    // Again at the end: the first is the oldest.
    entries.delete(key);
    entries.set(key, { value, until: this.#now() + seconds * 1000 });
    if (entries.size <= this.#most) return;
    for (const oldest of entries.keys()) {
      entries.delete(oldest);
      break;
    }
  }

  delete(stage: string, key: string): void {
    this.#stages.get(stage)?.delete(key);
  }

  forget(stage: string): void {
    this.#stages.delete(stage);
  }
}
