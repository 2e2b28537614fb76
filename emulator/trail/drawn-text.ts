import { randomFillSync } from 'node:crypto';

/* Drawn for many requests at once: the system takes as long for eleven bytes as for a thousand. */
const pool = Buffer.alloc(4096);
let used = pool.length;

/**
 * Text of so many random bytes, to tell requests and what follows from them apart. It is no secret.
 * @param bytes at most 1024
 */
export function drawnText(bytes: number, encoding: 'hex' | 'base64'): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString(encoding, used - bytes, used);
}
