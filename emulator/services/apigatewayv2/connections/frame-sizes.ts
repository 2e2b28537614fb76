/**
 * Reads along with what a client sends and finds frames that are too large: what reads the messages joins frames and
 * tells nothing of them.
 * https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
export class FrameSizes {
  readonly #largest: number;
  /** The first bytes of a frame, as far as they have come: 2, its length's 0, 2 or 8, and its mask's 0 or 4. */
  readonly #head = Buffer.alloc(14);
  #have = 0;
  /** Bytes of the frame's payload that are still to come. */
  #left = 0;

  /** @param largest bytes of payload that a frame may have */
  constructor(largest: number) {
    this.#largest = largest;
  }

  /** @returns false where a frame has begun that is too large */
  read(chunk: Uint8Array): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left > 0) {
        const passed = Math.min(this.#left, chunk.length - at);
        this.#left -= passed;
        at += passed;
        continue;
      }
      this.#head[this.#have] = chunk[at] ?? 0;
      this.#have += 1;
      at += 1;
      const length = this.#length();
      if (length === undefined) continue;
      if (length > this.#largest) return false;
      this.#have = 0;
      this.#left = length;
    }
    return true;
  }

  /* Of the payload, once the whole head is there. */
  #length(): number | undefined {
    if (this.#have < 2) return undefined;
    const second = this.#head[1] ?? 0;
    const short = second & 0x7f;
    const wide = short === 126 ? 2 : short === 127 ? 8 : 0;
    if (this.#have < 2 + wide + (second & 0x80 ? 4 : 0)) return undefined;
    if (wide === 2) return this.#head.readUInt16BE(2);
    return wide === 8 ? Number(this.#head.readBigUInt64BE(2)) : short;
  }
}
