import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Rows, Table } from '../../../state/state.ts';
import { notFound } from '../failures.ts';
import { placeOf } from '../value/order.ts';
import { sameItem } from '../value/same.ts';
import type { Item } from '../value/value.ts';
import { keyOf } from './keys.ts';
import { LiveTable } from './live-table.ts';
import type { ExpiryRow, TableRow, TokenRow } from './rows.ts';
import { Streams } from './streams.ts';

/** A table that can be used, with its items. */
export interface OpenTable {
  readonly scope: Scope;
  readonly row: TableRow;
  readonly live: LiveTable;
}

/**
 * Every table of the cloud. What is kept lies in the state: a row for each table and for each item, and a sequence
 * for each stream; the orders that queries need are made of it when an account's region is first asked.
 */
export class Store {
  readonly cloud: Cloud;
  readonly streams: Streams;
  readonly #tables: Table<TableRow>;
  readonly #items: Table<Item>;
  readonly #expiries: Table<ExpiryRow>;
  readonly #tokens: Table<TokenRow>;
  /** Told when an item will expire, in seconds since 1970. */
  expiryNoticed: (seconds: number) => void = () => undefined;
  /** By account and region, then by table id. */
  readonly #live = new Map<string, Map<string, LiveTable>>();

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.streams = new Streams(cloud);
    this.#tables = cloud.state.table<TableRow>('dynamodb.tables');
    this.#items = cloud.state.table<Item>('dynamodb.items');
    this.#expiries = cloud.state.table<ExpiryRow>('dynamodb.expiries');
    this.#tokens = cloud.state.table<TokenRow>('dynamodb.tokens');
  }

  get now(): number {
    return this.cloud.clock.now();
  }

  tables(scope: Scope): Rows<TableRow> {
    return this.#tables.in(scope);
  }

  scopes(): IterableIterator<Scope> {
    return this.#tables.scopes();
  }

  /** Which tables' items expire, by table name. */
  expiries(scope: Scope): Rows<ExpiryRow> {
    return this.#expiries.in(scope);
  }

  expiryScopes(): IterableIterator<Scope> {
    return this.#expiries.scopes();
  }

  tokens(scope: Scope): Rows<TokenRow> {
    return this.#tokens.in(scope);
  }

  /** The row of a table that is there, be it not yet or no longer of use. */
  row(scope: Scope, name: string): TableRow | undefined {
    const row = this.tables(scope).get(name);
    return row?.goneFrom !== undefined && row.goneFrom <= this.now ? undefined : row;
  }

  /**
   * A table for an operation on its items.
   * @throws ServiceFailure `ResourceNotFoundException` where it is not there, not yet there or being deleted
   */
  open(scope: Scope, name: string): OpenTable {
    const row = this.row(scope, name);
    if (row === undefined || row.goneFrom !== undefined || row.activeFrom > this.now) throw notFound();
    return { scope, row, live: this.live(scope, row) };
  }

  /** A table's items. */
  live(scope: Scope, row: TableRow): LiveTable {
    const tables = this.#liveIn(scope);
    let live = tables.get(row.id);
    if (live === undefined) tables.set(row.id, (live = this.#opened(row)));
    return live;
  }

  /** The item with a key, which must have been read by the table's schema. */
  item({ live, row }: OpenTable, key: Item): Item | undefined {
    return live.places.get(placeIn(row, key));
  }

  /**
   * Puts an item, or takes one away, and tells the table's stream, in one piece. What changes nothing is not told.
   * @param key the item's key
   * @param item the item as it shall be; undefined: none
   * @param byExpiry whether it is the table's expiry that takes the item away
   */
  write(table: OpenTable, key: Item, item: Item | undefined, byExpiry = false): void {
    const { scope, row, live } = table;
    const place = placeIn(row, key);
    const old = live.places.get(place);
    if (old === item || (old !== undefined && item !== undefined && sameItem(old, item))) return;
    const items = this.#items.in(scope);
    if (item === undefined) items.delete(`${row.id}/${place}`);
    else items.set(`${row.id}/${place}`, item);
    live.put(row, place, item);
    this.streams.add(scope, row, {
      e: old === undefined ? 'INSERT' : item === undefined ? 'REMOVE' : 'MODIFY',
      k: keyOf(row, old ?? item ?? key),
      ...(item !== undefined && { n: item }),
      ...(old !== undefined && { o: old }),
      ...(byExpiry && { x: true }),
    });
  }

  /** Takes all items of a table away, as its deletion does: no stream is told. */
  clear(scope: Scope, row: TableRow): void {
    const items = this.#items.in(scope);
    for (const [place] of this.live(scope, row).places.forward('', '\uffff'))
      items.delete(`${row.id}/${place}`);
    this.#liveIn(scope).delete(row.id);
  }

  #opened(row: TableRow): LiveTable {
    return new LiveTable(row, (seconds) => this.expiryNoticed(seconds));
  }

  #liveIn(scope: Scope): Map<string, LiveTable> {
    const where = `${scope.account}/${scope.region}`;
    const known = this.#live.get(where);
    if (known !== undefined) return known;
    const tables = new Map<string, LiveTable>();
    this.#live.set(where, tables);
    const rows = new Map([...this.tables(scope).values()].map((row) => [row.id, row]));
    for (const [key, item] of this.#items.in(scope).entries()) {
      const slash = key.indexOf('/');
      const row = rows.get(key.slice(0, slash));
      if (row === undefined) continue;
      let live = tables.get(row.id);
      if (live === undefined) tables.set(row.id, (live = this.#opened(row)));
      live.put(row, key.slice(slash + 1), item);
    }
    for (const row of rows.values()) {
      const expiry = this.expiries(scope).get(row.name);
      if (expiry !== undefined) this.live(scope, row).expireBy(expiry.attribute);
    }
    return tables;
  }
}

/** Where the item with a key lies in its table. */
export function placeIn({ hash, range }: TableRow, key: Item): string {
  const first = key[hash];
  if (first === undefined) throw new Error('A key without its hash attribute.');
  return placeOf(first, range === undefined ? undefined : key[range]);
}
