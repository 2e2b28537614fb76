import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Made by tools and by us, not by the student. */
const notWork = new Set(['node_modules', '.coldstart', '.git', '.DS_Store']);

export interface Digest {
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  readonly files: number;
}

/** Names the content of a submission: the same files with the same bytes have the same digest on every system. */
export async function digestOf(submission: string): Promise<Digest> {
  const hash = createHash('sha256');
  let files = 0;
  const walk = async (folder: string, name: string): Promise<void> => {
    const entries = await readdir(folder);
    // By code unit, whatever the locale.
    for (const entry of entries.sort()) {
      if (notWork.has(entry)) continue;
      const path = join(folder, entry);
      const within = name === '' ? entry : `${name}/${entry}`;
      const stats = await lstat(path);
      if (stats.isDirectory()) await walk(path, within);
      else if (stats.isFile() || stats.isSymbolicLink()) {
        files += 1;
        // Links are named, not followed: one may lead out of the folder.
        const content = stats.isFile() ? await hashOf(path) : `link ${await readlink(path)}`;
        hash.update(JSON.stringify([within, content]));
      }
    }
  };
  await walk(submission, '');
  return { digest: `sha256:${hash.digest('hex')}`, files };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
