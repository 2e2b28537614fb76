/** As many presigned addresses and forms are remembered; of others the first use counts as new. */
const MOST = 1_000;

/**
 * When something was signed. A signature tells whole seconds only, and the cloud's clock may be moved within one: the
 * time that counts is the latest that it can have been, which is no later than its first use.
 */
export class SigningTimes {
  readonly #firstUses = new Map<string, number>();

  /**
   * @param signedAt as the signature tells it, in ms since 1970 by the host
   * @param now the host's time
   */
  latest(signature: string, signedAt: number, now: number): number {
    const first = this.#firstUses.get(signature) ?? now;
    if (!this.#firstUses.has(signature)) {
      this.#firstUses.set(signature, first);
      for (const oldest of this.#firstUses.keys()) {
        if (this.#firstUses.size <= MOST) break;
        this.#firstUses.delete(oldest);
      }
    }
    return Math.max(signedAt, Math.min(signedAt + 999, first));
  }
}
