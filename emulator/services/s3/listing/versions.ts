import type { KeyRow, Version } from '../rows.ts';
import { byBytes } from './keys.ts';

interface VersionSelection {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  readonly keyMarker: string | undefined;
  readonly versionMarker: string | undefined;
  readonly most: number;
}

interface VersionPage {
  readonly entries: readonly { readonly row: KeyRow; readonly version: Version }[];
  readonly prefixes: readonly string[];
  readonly next: { readonly key: string; readonly versionId: string | undefined } | undefined;
}

/** One page of all versions of all keys, newest first within a key. */
export function versionPage(sorted: readonly KeyRow[], selection: VersionSelection): VersionPage {
  const { prefix, delimiter, keyMarker, versionMarker, most } = selection;
  const entries: { row: KeyRow; version: Version }[] = [];
  const prefixes: string[] = [];
  let last: VersionPage['next'];
  const full = (): boolean => entries.length + prefixes.length >= most;
  const cut = (): VersionPage => ({ entries, prefixes, next: most === 0 ? undefined : last });
  for (const row of sorted) {
    const end = delimiter === undefined || delimiter === '' ? -1 : row.key.indexOf(delimiter, prefix.length);
    if (end >= 0 && delimiter !== undefined) {
      const group = row.key.slice(0, end + delimiter.length);
      if (prefixes.at(-1) === group || (keyMarker !== undefined && byBytes(group, keyMarker) <= 0)) continue;
      if (full()) return cut();
      prefixes.push(group);
      last = { key: group, versionId: undefined };
      continue;
    }
    for (const version of remaining(row, keyMarker, versionMarker)) {
      if (full()) return cut();
      entries.push({ row, version });
      last = { key: row.key, versionId: version.id };
    }
  }
  return { entries, prefixes, next: undefined };
}

function remaining(
  row: KeyRow,
  keyMarker: string | undefined,
  versionMarker: string | undefined,
): readonly Version[] {
  if (keyMarker === undefined) return row.versions;
  const order = byBytes(row.key, keyMarker);
  if (order > 0) return row.versions;
  if (order < 0 || versionMarker === undefined) return [];
  return row.versions.slice(row.versions.findIndex(({ id }) => id === versionMarker) + 1);
}
