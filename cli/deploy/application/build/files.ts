import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/** What a package holds: contents by path, with `/`. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** What nobody wants in a package. */
const others = /(?:^|\/)(?:\.git|\.aws-sam|\.build|\.DS_Store|Thumbs\.db)(?:\/|$)/;

/** Every file of a folder. */
export function filesIn(folder: string): Files {
  const files: Record<string, Uint8Array> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = name.split(sep).join('/');
    const file = join(folder, name);
    if (!others.test(path) && statSync(file).isFile()) files[path] = readFileSync(file);
  }
  return files;
}
