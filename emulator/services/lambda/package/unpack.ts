import { chmod, cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inflate, readContents } from './contents.ts';
import { broken } from './directory.ts';
import type { Entry } from './directory.ts';
import type { PlacedEntry } from './layout.ts';

/* Enough to keep the disk at work, few enough to stay below any limit on open files. */
const writersAtOnce = 16;

/**
 * Writes a deployment package's files under a folder, with the modes that the archive gives them.
 *
 * The package was judged when it was uploaded; it is judged again here, so that nothing is ever written outside
 * the folder.
 *
 * @param bytes a zip archive
 * @param folder an existing, empty folder
 * @throws ServiceFailure `InvalidParameterValueException` for a package that AWS would refuse
 */
export async function unpack(bytes: Uint8Array, folder: string): Promise<void> {
  const { entries } = readContents(bytes);
  checkForThisSystem(entries);
  const folders = new Set<string>();
  for (const { entry, path } of entries) {
    folders.add(join(folder, ...(entry.kind === 'folder' ? path : path.slice(0, -1))));
  }
  for (const path of folders) await mkdir(path, { recursive: true });
  const files = entries.filter(({ entry }) => entry.kind === 'file').values();
  const writer = async (): Promise<void> => {
    for (const { entry, path } of files) {
      await writeOne(join(folder, ...path), await inflate(bytes, entry), entry);
    }
  };
  // All of them end before a failure is told, so that nothing is written after it.
  const ends = await Promise.allSettled(Array.from({ length: writersAtOnce }, writer));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  // Links come last: what they point at is there, and nothing is written through them.
  for (const { entry, path, target } of entries) {
    if (entry.kind === 'link' && target !== undefined) await link(join(folder, ...path), target);
  }
}

async function writeOne(path: string, content: Uint8Array, entry: Entry): Promise<void> {
  try {
    // `wx`: two names that differ by case only are one file on Windows and macOS.
    await writeFile(path, content, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw broken(
      `This system holds "${entry.rawName}" and a name in other upper and lower case as one file.`,
    );
  }
  // After writing, because the umask would take bits away. Windows knows only "read-only", which hinders removal.
  if (process.platform !== 'win32') await chmod(path, entry.mode ?? 0o644);
}

async function link(path: string, target: string): Promise<void> {
  try {
    await symlink(target, path);
  } catch (error) {
    // Windows lets only some users make links: a copy serves a program that reads.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    await cp(join(dirname(path), target), path, { recursive: true });
  }
}

/* Names that Linux takes and Windows does not: devices, streams, and characters of its own. */
function checkForThisSystem(entries: readonly PlacedEntry[]): void {
  if (process.platform !== 'win32') return;
  for (const { entry, path } of entries) {
    for (const segment of path) {
      // eslint-disable-next-line no-control-regex -- Windows forbids exactly these characters
      const forbidden = /[<>:"|?*\u0000-\u001f]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
      if (forbidden.test(segment)) throw broken(`Windows cannot hold a file named "${entry.rawName}".`);
    }
  }
}
