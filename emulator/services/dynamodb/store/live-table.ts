import { placeOf } from '../value/order.ts';
import { itemSize } from '../value/size.ts';
import { attribute, typeOf, type Item, type KeyType } from '../value/value.ts';
import type { IndexRow, Keys, TableRow } from './rows.ts';
import { SortedMap } from './sorted-map.ts';

/** An index in memory: the table's items, where the index puts them. */
export interface LiveIndex {
  readonly row: IndexRow;
  readonly places: SortedMap<Item>;
  bytes: number;
}

/** A table's items in the orders that it and its indexes have. Made of the rows at the start, never kept itself. */
export class LiveTable {
  readonly places = new SortedMap<Item>();
  readonly indexes = new Map<string, LiveIndex>();
  /** When each item expires, if expiry is on: by time and place. */
  #expiries: SortedMap<string> | undefined;
  #expiryAttribute: string | undefined;
  bytes = 0;

  readonly #noticed: (seconds: number) => void;

  /** @param noticed told when an item will expire, in seconds since 1970 */
  constructor(row: TableRow, noticed: (seconds: number) => void) {
    this.#noticed = noticed;
    for (const index of row.indexes) this.addIndex(index, row);
  }

  addIndex(row: IndexRow, table: TableRow): void {
    const index: LiveIndex = { row, places: new SortedMap<Item>(), bytes: 0 };
    this.indexes.set(row.name, index);
    for (const [place, item] of this.places.forward('', '\uffff')) {
      const at = indexPlace(row, table.types, item, place);
      if (at === undefined) continue;
      index.places.set(at, item);
      index.bytes += indexedSize(item, row, table);
    }
  }

  /** Puts an item, or takes it away, in the table and all its indexes. */
  put(row: TableRow, place: string, item: Item | undefined): void {
    const old = this.places.get(place);
    if (old !== undefined) this.bytes -= itemSize(old);
    if (item === undefined) this.places.delete(place);
    else {
      this.places.set(place, item);
      this.bytes += itemSize(item);
    }
    for (const index of this.indexes.values()) {
      const before = old && indexPlace(index.row, row.types, old, place);
      const after = item && indexPlace(index.row, row.types, item, place);
      if (old !== undefined && before !== undefined) {
        index.bytes -= indexedSize(old, index.row, row);
        if (before !== after) index.places.delete(before);
      }
      if (item !== undefined && after !== undefined) {
        index.places.set(after, item);
        index.bytes += indexedSize(item, index.row, row);
      }
    }
    this.#note(place, old, item);
  }

  /** Switches expiry by an attribute on, or off. */
  expireBy(name: string | undefined): void {
    this.#expiryAttribute = name;
    this.#expiries = name === undefined ? undefined : new SortedMap();
    if (name === undefined) return;
    for (const [place, item] of this.places.forward('', '\uffff')) this.#note(place, undefined, item);
  }

  /** The places of items that expire before a time, soonest first. Times are in seconds since 1970. */
  *expired(from: number, before: number): Generator<string> {
    for (const [, place] of this.#expiries?.forward(secondsText(from), secondsText(before)) ?? [])
      yield place;
  }

  /** When the next item expires after a time, in seconds since 1970. */
  nextExpiry(from: number): number | undefined {
    for (const [key] of this.#expiries?.forward(secondsText(from), '\uffff') ?? [])
      return Number(key.slice(0, SECONDS_DIGITS));
    return undefined;
  }

  #note(place: string, old: Item | undefined, item: Item | undefined): void {
    if (this.#expiries === undefined) return;
    const [before, after] = [this.#expiryOf(old), this.#expiryOf(item)];
    if (before === after) return;
    if (before !== undefined) this.#expiries.delete(before + place);
    if (after === undefined) return;
    this.#expiries.set(after + place, place);
    this.#noticed(Number(after));
  }

  #expiryOf(item: Item | undefined): string | undefined {
    const name = this.#expiryAttribute;
    const value = item === undefined || name === undefined ? undefined : attribute(item, name);
    if (value === undefined || !('N' in value)) return undefined;
    const seconds = Math.ceil(Number(value.N));
    return seconds >= 0 && seconds < 10 ** SECONDS_DIGITS ? secondsText(seconds) : undefined;
  }
}

const SECONDS_DIGITS = 13;
function secondsText(seconds: number): string {
  return String(Math.max(seconds, 0)).padStart(SECONDS_DIGITS, '0');
}

/** Where an index has an item; undefined where the item has not the index's keys. */
export function indexPlace(
  keys: Keys,
  types: Readonly<Record<string, KeyType>>,
  item: Item,
  tie: string,
): string | undefined {
  const hash = attribute(item, keys.hash);
  if (hash === undefined || typeOf(hash) !== types[keys.hash]) return undefined;
  if (keys.range === undefined) return placeOf(hash, undefined, tie);
  const range = attribute(item, keys.range);
  if (range === undefined || typeOf(range) !== types[keys.range]) return undefined;
  return placeOf(hash, range, tie);
}

/** The attributes of an item that an index has. */
export function indexed(item: Item, index: IndexRow, table: Keys): Item {
  if (index.projection.type === 'ALL') return item;
  const names = projectedNames(index, table);
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
}

/** The names of the attributes that an index has, where it has not all. */
export function projectedNames(index: IndexRow, table: Keys): ReadonlySet<string> {
  const included = index.projection.type === 'INCLUDE' ? index.projection.attributes : [];
  const keys = [table.hash, table.range, index.hash, index.range];
  return new Set([...keys.filter((name) => name !== undefined), ...included]);
}

function indexedSize(item: Item, index: IndexRow, table: Keys): number {
  return itemSize(indexed(item, index, table));
}
