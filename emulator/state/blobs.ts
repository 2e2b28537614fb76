/** A reference to bytes: `blob:` and the SHA-256 in hex. Rows that hold one keep the bytes alive. */
export type BlobRef = `blob:${string}`;

/** Bytes too large for a row (function code, objects), stored once per content. */
export interface Blobs {
  /** Durable before it resolves. */
  put(bytes: Uint8Array): Promise<BlobRef>;
  /** @throws if the bytes are not there (a defect: rows keep them alive). */
  get(ref: BlobRef): Promise<Uint8Array>;
}
