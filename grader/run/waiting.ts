/** What a check is waiting for at a moment, so that one that hangs can say so. */
export class Waiting {
  readonly #open = new Set<{ readonly what: string }>();

  async during<T>(what: string, work: Promise<T>): Promise<T> {
    const entry = { what };
    this.#open.add(entry);
    try {
      return await work;
    } finally {
      this.#open.delete(entry);
    }
  }

  /** Oldest first, each once. */
  get now(): readonly string[] {
    return [...new Set(Array.from(this.#open, ({ what }) => what))];
  }
}
