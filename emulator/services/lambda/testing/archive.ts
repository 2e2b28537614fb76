import { zipSync } from 'fflate';
import type { Zippable } from 'fflate';

/** A package of text files. */
export function archive(files: Readonly<Record<string, string>>): Uint8Array {
  const entries: Zippable = {};
  for (const [name, text] of Object.entries(files)) entries[name] = new TextEncoder().encode(text);
  return zipSync(entries);
}

/** The smallest package that a Node.js function can have. */
export const smallPackage = archive({ 'index.mjs': 'export const handler = async () => ({});' });

/** An entry of an archive that is made byte by byte, so that it can be wrong in any way. */
export interface RawEntry {
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  /** Unix mode with file type, as `0o120777` for a link. */
  readonly mode?: number;
  /** Declared instead of the true ones. */
  readonly declaredSize?: number;
  readonly crc32?: number;
  readonly method?: number;
  readonly flags?: number;
  /** Already compressed content for `method` 8. */
  readonly compressed?: Uint8Array;
}
