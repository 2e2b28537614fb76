import { availableParallelism } from 'node:os';

/** AWS begins with so many batches at a time ("Using Lambda with Amazon SQS", scaling behaviour). */
const first = 5;
/** 300 more a minute: one more each, in ms. */
export const growthMs = 200;
/**
 * AWS goes up to 1,250. Each batch at a time is a process here: more of them than processors only take the time from
 * one another, and from the student.
 */
const most = (): number => Math.max(first, availableParallelism() * 2);

/** How many batches of a queue may be at work at the same time: grows under load, and goes back. */
export class Scale {
  readonly #ceiling: number;
  #limit: number;

  /** @param maximum `ScalingConfig.MaximumConcurrency` */
  constructor(maximum: number | undefined) {
    this.#ceiling = Math.min(maximum ?? Infinity, most());
    this.#limit = Math.min(first, this.#ceiling);
  }

  get limit(): number {
    return this.#limit;
  }

  get mayGrow(): boolean {
    return this.#limit < this.#ceiling;
  }

  grow(): void {
    if (this.mayGrow) this.#limit += 1;
  }

  /** The queue is empty: back to the beginning. */
  rest(): void {
    this.#limit = Math.min(first, this.#ceiling);
  }

  /** The function is throttled: fewer at a time. */
  shrink(): void {
    this.#limit = Math.max(1, Math.floor(this.#limit / 2));
  }
}
