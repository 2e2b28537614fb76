import type { Entry, Order } from './entry.ts';
import { Line } from './line.ts';

/** A standard queue: the message that has been visible for the longest time comes first. */
export class StandardOrder implements Order {
  readonly #visible = new Line<Entry>();

  add(): void {
    // It stands in line once it is shown.
  }
  shown(entry: Entry): void {
    this.#visible.push(entry);
  }
  landed(): void {
    // Nobody waited for it.
  }
  removed(): void {
    // It is passed over when its turn comes.
  }

  take(max: number, take: (entry: Entry) => boolean): Entry[] {
    const taken: Entry[] = [];
    while (taken.length < max) {
      const entry = this.#visible.shift();
      if (entry === undefined) break;
      if (entry.state === 'visible' && take(entry)) taken.push(entry);
    }
    return taken;
  }
}
