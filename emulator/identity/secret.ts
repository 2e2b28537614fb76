import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BYTES = 32;

/**
 * The secret of a cloud, made at its first start and kept in its home, so that the sessions of running functions
 * and the keys handed to a class outlive a restart. The caller holds the home's lock.
 */
export function readSecret(home: string): Uint8Array {
  const path = join(home, 'identity.key');
  try {
    const kept = readFileSync(path);
    if (kept.length === BYTES) return kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secret = randomBytes(BYTES);
  // Readable by its owner only (Windows takes the folder's rights instead).
  writeFileSync(path, secret, { mode: 0o600 });
  return secret;
}
