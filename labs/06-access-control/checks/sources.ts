import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** A text of the student's, and where it stands. */
export interface Source {
  readonly place: string;
  readonly text: string;
}

/** More is no source that somebody wrote. */
const mostBytes = 1024 * 1024;
const mostFiles = 2000;
const foreign = new Set(['node_modules', 'dist', 'coverage']);

/** The files of a folder; what begins with a dot is not given away, and packages are others' work. */
export async function sourcesIn(folder: string): Promise<Source[]> {
  const sources: Source[] = [];
  const read = async (at: string): Promise<void> => {
    for (const entry of await readdir(at, { withFileTypes: true })) {
      if (entry.name.startsWith('.') || foreign.has(entry.name) || sources.length >= mostFiles) continue;
      const path = join(at, entry.name);
      if (entry.isDirectory()) await read(path);
      else if (entry.isFile() && (await stat(path)).size <= mostBytes)
        sources.push({
          place: relative(folder, path).split(sep).join('/'),
          text: await readFile(path, 'utf8'),
        });
    }
  };
  await read(folder);
  return sources;
}
