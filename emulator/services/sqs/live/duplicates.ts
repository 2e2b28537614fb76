import type { Rows } from '../../../state/state.ts';
import { DEDUPLICATION } from '../rows.ts';
import type { DuplicateRow } from '../rows.ts';
import { Line } from './line.ts';

/** The deduplication ids that a FIFO queue has seen in the last five minutes. */
export class Duplicates {
  readonly #rows: Rows<DuplicateRow>;
  readonly #queue: string;
  readonly #now: () => number;
  readonly #ages = new Line<{ readonly key: string; readonly at: number }>();

  constructor(rows: Rows<DuplicateRow>, queue: string, now: () => number) {
    this.#rows = rows;
    this.#queue = queue;
    this.#now = now;
  }

  /** The message that was sent with this id, if the queue still remembers it. @param group where ids count in a group each */
  find(id: string, group: string | undefined): DuplicateRow | undefined {
    this.#forget();
    return this.#rows.get(this.#key(id, group));
  }

  remember(id: string, group: string | undefined, row: DuplicateRow): void {
    const key = this.#key(id, group);
    this.#rows.set(key, row);
    this.restore(key, row);
  }

  /** Takes up one that is in the table already. They come oldest first. */
  restore(key: string, { at }: DuplicateRow): void {
    this.#ages.push({ key, at });
  }

  clear(): void {
    for (let next = this.#ages.shift(); next !== undefined; next = this.#ages.shift())
      this.#rows.delete(next.key);
  }

  #forget(): void {
    const oldest = this.#now() - DEDUPLICATION;
    for (let next = this.#ages.at(0); next !== undefined && next.at <= oldest; next = this.#ages.at(0)) {
      this.#ages.shift();
      // It may have been sent again since.
      if (this.#rows.get(next.key)?.at === next.at) this.#rows.delete(next.key);
    }
  }

  #key(id: string, group: string | undefined): string {
    return JSON.stringify([this.#queue, id, ...(group === undefined ? [] : [group])]);
  }
}
