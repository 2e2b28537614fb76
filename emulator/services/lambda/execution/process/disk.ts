import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Entries that are looked at: a folder of more is measured by these. */
const mostEntries = 20_000;

/**
 * Bytes that the files below a folder take. Of a file with holes, what it takes; of a small file, its length.
 * What comes and goes meanwhile is not counted.
 */
export async function diskUse(folder: string): Promise<number> {
  const folders = [folder];
  let bytes = 0;
  let entries = 0;
  for (;;) {
    const at = folders.pop();
    if (at === undefined || entries > mostEntries) return bytes;
    const found = await readdir(at, { withFileTypes: true }).catch(() => []);
    for (const entry of found) {
      entries += 1;
      if (entries > mostEntries) break;
      const path = join(at, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) {
        const file = await lstat(path).catch(() => undefined);
        // Windows knows no blocks.
        if (file !== undefined) bytes += Math.min(file.size, file.blocks > 0 ? file.blocks * 512 : file.size);
      }
    }
  }
}
