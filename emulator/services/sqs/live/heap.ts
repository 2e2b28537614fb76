/** Items by time, soonest first. Adding and taking cost the logarithm of their number. */
export class Heap<T> {
  readonly #items: { readonly time: number; readonly item: T }[] = [];

  get size(): number {
    return this.#items.length;
  }

  /** The soonest, which stays. */
  peek(): { readonly time: number; readonly item: T } | undefined {
    return this.#items[0];
  }

  push(time: number, item: T): void {
    const items = this.#items;
    const added = { time, item };
    let at = items.length;
    items.push(added);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = items[above];
      if (parent === undefined || parent.time <= time) break;
      items[at] = parent;
      at = above;
    }
    items[at] = added;
  }

  pop(): { readonly time: number; readonly item: T } | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined || items.length === 0) return first;
    let at = 0;
    for (;;) {
      const left = items[2 * at + 1];
      const right = items[2 * at + 2];
      const smaller =
        left !== undefined && right !== undefined && right.time < left.time ? 2 * at + 2 : 2 * at + 1;
      const child = items[smaller];
      if (child === undefined || child.time >= last.time) break;
      items[at] = child;
      at = smaller;
    }
    items[at] = last;
    return first;
  }
}
