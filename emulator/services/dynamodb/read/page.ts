import { itemSize } from '../value/size.ts';
import type { Item } from '../value/value.ts';

/** Bytes that one answer is made of at most, before any filter. */
const LARGEST_PAGE = 1024 * 1024;

/** What a query or a scan looked at. */
export interface Page {
  readonly items: readonly Item[];
  /** How many items passed the filter; they are in `items` only where they are asked for. */
  readonly count: number;
  readonly scanned: number;
  readonly bytes: number;
  /** The last item that was looked at, where there may be more behind it. */
  readonly last: Item | undefined;
}

/**
 * Looks at items until as many were looked at as wanted, or a megabyte of them.
 * @param view what of an item is looked at, and counted
 */
export function pageOf(
  entries: Iterable<readonly [string, Item]>,
  limit: number | undefined,
  view: (item: Item) => Item,
  passes: (item: Item) => boolean,
): Page {
  const items: Item[] = [];
  let [scanned, bytes] = [0, 0];
  let before: Item | undefined;
  for (const [, item] of entries) {
    const seen = view(item);
    const size = itemSize(seen);
    if (bytes + size > LARGEST_PAGE) return { items, count: items.length, scanned, bytes, last: before };
    bytes += size;
    scanned += 1;
    before = item;
    if (passes(seen)) items.push(seen);
    // DynamoDB does not look whether anything comes behind.
    if (scanned === limit) return { items, count: items.length, scanned, bytes, last: item };
  }
  return { items, count: items.length, scanned, bytes, last: undefined };
}
