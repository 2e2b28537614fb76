import { broken } from './directory.ts';
import type { Entry } from './directory.ts';

/** An entry and where it goes: path segments below the package's folder, none of them `.`, `..` or empty. */
export interface PlacedEntry {
  readonly entry: Entry;
  readonly path: readonly string[];
  /** A link's target as written, judged to stay inside. */
  readonly target: string | undefined;
}

/**
 * Gives every entry its place and refuses what has none: paths and links that leave the folder, absolute
 * paths, drive letters, names that a file system cannot hold, and two entries at one place. AWS unpacks on
 * Linux, where a backslash is part of a name and the file is then never found; that is refused here, too,
 * because it would mean a folder on Windows.
 *
 * @param targetOf reads the target of a link
 * @throws ServiceFailure `InvalidParameterValueException` that names the entry
 */
export function readLayout(entries: readonly Entry[], targetOf: (link: Entry) => string): PlacedEntry[] {
  const kinds = new Map<string, Entry['kind']>();
  const placed: PlacedEntry[] = [];
  for (const entry of entries) {
    const path = segmentsOf(entry);
    if (path.length === 0) {
      if (entry.kind === 'folder') continue;
      throw broken('An entry has no name.');
    }
    const key = path.join('/');
    const before = kinds.get(key);
    if (before !== undefined && (before !== 'folder' || entry.kind !== 'folder')) {
      throw broken(`The entry "${entry.rawName}" is there twice.`);
    }
    kinds.set(key, entry.kind);
    placed.push({ entry, path, target: entry.kind === 'link' ? targetOf(entry) : undefined });
  }
  for (const { entry, path, target } of placed) {
    for (let depth = 1; depth < path.length; depth++) {
      const parent = kinds.get(path.slice(0, depth).join('/'));
      if (parent === 'link') throw broken(`The entry "${entry.rawName}" lies behind a link.`);
      if (parent === 'file') throw broken(`The entry "${entry.rawName}" lies inside a file.`);
    }
    if (target !== undefined) checkTarget(entry, path, target, kinds);
  }
  return placed;
}

function segmentsOf(entry: Entry): string[] {
  const name = entry.rawName;
  if (name.includes('\0')) throw broken('An entry has a NUL character in its name.');
  if (name.includes('\\')) {
    throw broken(
      `The entry "${name}" has a backslash in its name. Archives separate folders with "/"; make it with a tool that does.`,
    );
  }
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name))
    throw broken(`The entry "${name}" has an absolute path.`);
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) throw broken(`The entry "${name}" leads out of the package.`);
  return segments;
}

/*
 * Followed step by step as the system would follow it. A step through another link is refused, because
 * `a/..` is not where it seems when `a` is a link.
 */
function checkTarget(
  entry: Entry,
  path: readonly string[],
  target: string,
  kinds: ReadonlyMap<string, Entry['kind']>,
): void {
  const out = () => broken(`The link "${entry.rawName}" leads out of the package.`);
  if (target === '' || target.includes('\0') || target.includes('\\')) throw out();
  if (target.startsWith('/') || /^[A-Za-z]:/.test(target)) throw out();
  const at = path.slice(0, -1);
  const steps = target.split('/').filter((step) => step !== '' && step !== '.');
  for (const [index, step] of steps.entries()) {
    if (step !== '..') at.push(step);
    else if (at.pop() === undefined) throw out();
    if (index < steps.length - 1 && kinds.get(at.join('/')) === 'link') {
      throw broken(`The link "${entry.rawName}" leads through another link.`);
    }
  }
}
