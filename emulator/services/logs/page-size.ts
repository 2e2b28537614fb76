import { sizeOf } from './rows.ts';

/** "Each page returned can contain up to 1 MB of log events or up to 10,000 log events." */
const PAGE_BYTES = 1_048_576;
const PAGE_EVENTS = 10_000;

/** Says how many events fit on a page. */
export class PageSize {
  readonly #events: number;
  #count = 0;
  #bytes = 0;

  constructor(limit: number | undefined) {
    this.#events = Math.min(limit ?? PAGE_EVENTS, PAGE_EVENTS);
  }

  /** Counts one more event. False: it does not fit, and was not counted. The first always fits. */
  add(message: string): boolean {
    const bytes = sizeOf(message);
    if (this.#count >= this.#events || (this.#count > 0 && this.#bytes + bytes > PAGE_BYTES)) return false;
    this.#count += 1;
    this.#bytes += bytes;
    return true;
  }
}
