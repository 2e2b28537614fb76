import type { TrailId } from '../../../../trail/trail.ts';
import { mostPayloadBytes } from '../invoking.ts';

/** A message on its way to the function. */
export interface Gathered {
  readonly id: string;
  readonly handle: string;
  /** The record as JSON. */
  readonly json: string;
  readonly bytes: number;
  readonly cause: TrailId | undefined;
  readonly traceHeader: string | undefined;
}

/** Messages that go to the function together. */
export interface Batch {
  readonly messages: readonly Gathered[];
  /** When the first of them was received, in ms since 1970. */
  readonly since: number;
}

/* `{"Records":[` and `]}` */
const frameBytes = 14;

/** Collects messages until they are a batch: enough of them, as many as fit, or when their window is over. */
export class Gathering {
  readonly #size: number;
  readonly #windowMs: number;
  #messages: Gathered[] = [];
  #bytes = frameBytes;
  #since = 0;
  /* Those that did not fit with the ones before: they are the beginning of the next batch. */
  #over: { readonly message: Gathered; readonly at: number }[] = [];

  constructor(size: number, windowSeconds: number) {
    this.#size = size;
    this.#windowMs = windowSeconds * 1000;
  }

  /** How many more messages the batch can take. */
  get room(): number {
    return this.#over.length > 0 ? 0 : this.#size - this.#messages.length;
  }

  /** When what is there goes to the function at the latest, in ms since 1970; undefined where nothing is there. */
  get dueAt(): number | undefined {
    return this.#messages.length === 0 ? undefined : this.#since + this.#windowMs;
  }

  add(message: Gathered, now: number): void {
    const bytes = message.bytes + 1;
    const fits = this.#messages.length === 0 || this.#bytes + bytes <= mostPayloadBytes;
    if (this.#over.length > 0 || !fits || this.#messages.length >= this.#size) {
      this.#over.push({ message, at: now });
      return;
    }
    if (this.#messages.length === 0) this.#since = now;
    this.#messages.push(message);
    this.#bytes += bytes;
  }

  /** Forgets what is there, and answers it. */
  drop(): readonly Gathered[] {
    const all = [...this.#messages, ...this.#over.map(({ message }) => message)];
    this.#messages = [];
    this.#over = [];
    this.#bytes = frameBytes;
    return all;
  }

  /** The batch, where it is complete; undefined where it is worth waiting for more. */
  take(now: number): Batch | undefined {
    const { dueAt } = this;
    if (dueAt === undefined || (this.room > 0 && now < dueAt)) return undefined;
    const batch = { messages: this.#messages, since: this.#since };
    const over = this.#over;
    this.#messages = [];
    this.#bytes = frameBytes;
    this.#over = [];
    for (const { message, at } of over) this.add(message, at);
    return batch;
  }
}

/** The event of a batch. */
export const eventOf = ({ messages }: Batch): Uint8Array =>
  new TextEncoder().encode(`{"Records":[${messages.map(({ json }) => json).join(',')}]}`);
