/** How many entries a chunk has at most: short to move, and few to look through. */
const MOST = 256;

interface Chunk<T> {
  readonly keys: string[];
  readonly values: T[];
}

/**
 * A map in the order of its keys' code units, in chunks, so that neither finding a key nor putting one between others
 * takes long, however many there are.
 */
export class SortedMap<T> {
  readonly #chunks: Chunk<T>[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: string): T | undefined {
    const chunk = this.#chunks[this.#chunkOf(key)];
    if (chunk === undefined) return undefined;
    const at = placeIn(chunk.keys, key);
    return chunk.keys[at] === key ? chunk.values[at] : undefined;
  }

  set(key: string, value: T): void {
    const index = this.#chunkOf(key);
    const chunk = this.#chunks[index];
    if (chunk === undefined) {
      this.#chunks.push({ keys: [key], values: [value] });
      this.#size += 1;
      return;
    }
    const at = placeIn(chunk.keys, key);
    if (chunk.keys[at] === key) {
      chunk.values[at] = value;
      return;
    }
    chunk.keys.splice(at, 0, key);
    chunk.values.splice(at, 0, value);
    this.#size += 1;
    if (chunk.keys.length <= MOST) return;
    const middle = MOST / 2;
    this.#chunks.splice(index + 1, 0, {
      keys: chunk.keys.splice(middle),
      values: chunk.values.splice(middle),
    });
  }

  delete(key: string): boolean {
    const index = this.#chunkOf(key);
    const chunk = this.#chunks[index];
    if (chunk === undefined) return false;
    const at = placeIn(chunk.keys, key);
    if (chunk.keys[at] !== key) return false;
    chunk.keys.splice(at, 1);
    chunk.values.splice(at, 1);
    this.#size -= 1;
    if (chunk.keys.length === 0) this.#chunks.splice(index, 1);
    return true;
  }

  /** Entries from `from` on, as long as `below` is not reached. The map must not change meanwhile. */
  *forward(from: string, below: string): Generator<readonly [string, T]> {
    for (let index = this.#chunkOf(from); index < this.#chunks.length; index += 1) {
      const chunk = this.#chunks[index];
      if (chunk === undefined) return;
      for (let at = placeIn(chunk.keys, from); at < chunk.keys.length; at += 1) {
        const [key, value] = [chunk.keys[at], chunk.values[at]];
        if (key === undefined || key >= below) return;
        yield [key, value as T];
      }
    }
  }

  /** The same entries, last first. */
  *backward(from: string, below: string): Generator<readonly [string, T]> {
    for (let index = this.#chunkOf(below); index >= 0; index -= 1) {
      const chunk = this.#chunks[index];
      if (chunk === undefined) return;
      for (let at = placeIn(chunk.keys, below) - 1; at >= 0; at -= 1) {
        const [key, value] = [chunk.keys[at], chunk.values[at]];
        if (key === undefined || key < from) return;
        yield [key, value as T];
      }
    }
  }

  /** The last chunk that begins at or before a key, or the first. */
  #chunkOf(key: string): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      const first = this.#chunks[middle]?.keys[0];
      if (first !== undefined && first <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Where a key lies among sorted ones, or would lie. */
function placeIn(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = keys[middle];
    if (other !== undefined && other < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
