import { invalidParameter } from './failures.ts';

/** AWS answers at most this many, whatever `MaxItems` asks for. */
const pageSize = 50;

/**
 * One page of a list. Pages stay right when items come and go between them.
 * @param items all of them, in the order of their keys
 * @param keyOf what the list is ordered by; no two items have the same
 * @throws ServiceFailure for a marker that is none of ours
 */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  input: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
  largest = pageSize,
): { readonly items: T[]; readonly next: { NextMarker?: string } } {
  const after = readMarker(input.Marker);
  const all = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = all.slice(0, Math.min(input.MaxItems ?? largest, largest));
  const last = page.at(-1);
  const ends = last === undefined || page.length === all.length;
  return { items: page, next: ends ? {} : { NextMarker: markerAfter(keyOf(last)) } };
}

const markerAfter = (key: string): string => Buffer.from(JSON.stringify({ after: key })).toString('base64');

function readMarker(marker: string | undefined): string | undefined {
  if (marker === undefined || marker === '') return undefined;
  try {
    const read: unknown = JSON.parse(Buffer.from(marker, 'base64').toString());
    if (typeof read === 'object' && read !== null && 'after' in read && typeof read.after === 'string') {
      return read.after;
    }
  } catch {
    // What is no marker of ours is refused below.
  }
  throw invalidParameter('The Marker is not valid: use the NextMarker of an answer before.');
}

/** A version as lists are ordered by it: `$LATEST` first, then numbers by their value. */
export const versionKey = (version: string | undefined): string => (version ?? '').padStart(12, '!');
