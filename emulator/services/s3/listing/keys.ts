import { invalidArgument } from '../failures.ts';
import type { KeyRow, Store } from '../rows.ts';

/** What a list asks for. */
export interface Selection {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  /** Keys, or common prefixes, up to and with this one were given out before. */
  readonly after: string | undefined;
  readonly most: number;
}

/** One page: keys and the prefixes that stand for all keys below them, in one order. */
export interface Page {
  readonly rows: readonly KeyRow[];
  readonly prefixes: readonly string[];
  /** The last key or prefix of the page, where more follows. */
  readonly next: string | undefined;
}

/** S3 orders keys by their bytes in UTF-8; JavaScript's order differs from that beyond U+FFFF. */
export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The rows of a bucket under a prefix, in S3's order. */
export function keysUnder(store: Store, bucket: string, prefix: string): KeyRow[] {
  const rows: KeyRow[] = [];
  for (const row of store.keys.values()) {
    if (row.bucket === bucket && row.key.startsWith(prefix)) rows.push(row);
  }
  return rows.sort((a, b) => byBytes(a.key, b.key));
}

/** Takes a page from rows in order. */
export function pageOf(sorted: readonly KeyRow[], { prefix, delimiter, after, most }: Selection): Page {
  const rows: KeyRow[] = [];
  const prefixes: string[] = [];
  let last: string | undefined;
  for (const row of sorted) {
    const group = groupOf(row.key, prefix, delimiter);
    const name = group ?? row.key;
    if (name === last && group !== undefined) continue;
    if (after !== undefined && (byBytes(name, after) <= 0 || (group !== undefined && group === after)))
      continue;
    if (rows.length + prefixes.length >= most) return { rows, prefixes, next: most === 0 ? undefined : last };
    if (group === undefined) rows.push(row);
    else prefixes.push(group);
    last = name;
  }
  return { rows, prefixes, next: undefined };
}

function groupOf(key: string, prefix: string, delimiter: string | undefined): string | undefined {
  if (delimiter === undefined || delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

/**
 * How the keys of an answer are written: as they are, or percent-encoded for clients whose XML cannot hold them.
 * @throws ServiceFailure for another encoding than `url`
 */
export function keyEncoding(type: string | undefined): (key: string) => string {
  if (type === undefined) return (key) => key;
  if (type !== 'url')
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', type);
  return (key) =>
    encodeURIComponent(key)
      .replace(/%2F/g, '/')
      .replace(/%20/g, '+')
      .replace(/[!'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * The number of entries that a list may hold.
 * @throws ServiceFailure for a negative number
 */
export function pageSize(maxKeys: number | undefined): number {
  if (maxKeys !== undefined && maxKeys < 0) {
    throw invalidArgument(
      'Argument maxKeys must be an integer between 0 and 2147483647',
      'maxKeys',
      String(maxKeys),
    );
  }
  return Math.min(maxKeys ?? 1000, 1000);
}
