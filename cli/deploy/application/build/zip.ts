import { createHash } from 'node:crypto';
import { zipSync, type Zippable } from 'fflate';
import type { Files } from './files.ts';

/** Read by all, executed by all: what Lambda asks of the files of a package. */
const mode = 0o755 << 16;
const unix = 3;

/** A zip that has the same bytes whenever it is made of the same files: only what changed is uploaded. */
export function zipOf(files: Files): Uint8Array {
  const sorted: Zippable = {};
  for (const path of Object.keys(files).sort()) {
    const contents = files[path];
    if (contents !== undefined) sorted[path] = [contents, { os: unix, attrs: mode }];
  }
  return zipSync(sorted, { mtime: new Date(1980, 0, 1) });
}

/** Names contents: equal contents, equal name. */
export const digestOf = (contents: Uint8Array): string =>
  createHash('sha256').update(contents).digest('hex').slice(0, 32);
