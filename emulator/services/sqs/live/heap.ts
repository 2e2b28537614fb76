/** An item of a {@link Heap}, with the time that it waits for. */
export interface Timed<T> {
  readonly time: number;
  readonly item: T;
}
interface Placed<T> extends Timed<T> {
  /** In which order they were added: of the same time, the first comes first. */
  readonly place: number;
}

/** Items by time, soonest first. Adding and taking cost the logarithm of their number. */
export class Heap<T> {
  readonly #items: Placed<T>[] = [];
  #added = 0;

  get size(): number {
    return this.#items.length;
  }

  /** The soonest, which stays. */
  peek(): Timed<T> | undefined {
    return this.#items[0];
  }

  push(time: number, item: T): void {
    const items = this.#items;
    const added = { time, item, place: this.#added };
    this.#added += 1;
    let at = items.length;
    items.push(added);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = items[above];
      if (parent === undefined || before(parent, added)) break;
      items[at] = parent;
      at = above;
    }
    items[at] = added;
  }

  pop(): Timed<T> | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined || items.length === 0) return first;
    let at = 0;
    for (;;) {
      const left = items[2 * at + 1];
      const right = items[2 * at + 2];
      const rightFirst = left !== undefined && right !== undefined && before(right, left);
      const child = rightFirst ? right : left;
      if (child === undefined || before(last, child)) break;
      items[at] = child;
      at = rightFirst ? 2 * at + 2 : 2 * at + 1;
    }
    items[at] = last;
    return first;
  }
}

function before<T>(a: Placed<T>, b: Placed<T>): boolean {
  return a.time < b.time || (a.time === b.time && a.place < b.place);
}
