import type { Scope } from '../service/call.ts';
import type { Table } from '../state/state.ts';

/**
 * Rows that belong to something (resources to an API, keys to a usage plan), found by their owner without a search.
 * Owners' ids are unique in the whole cloud.
 */
export class OwnedRows<Row> {
  readonly #table: Table<Row>;
  readonly #ids = new Map<string, Set<string>>();

  constructor(table: Table<Row>) {
    this.#table = table;
    for (const scope of table.scopes())
      for (const [key] of table.in(scope).entries()) {
        const slash = key.indexOf('/');
        this.#of(key.slice(0, slash)).add(key.slice(slash + 1));
      }
  }

  get(scope: Scope, owner: string, id: string): Row | undefined {
    return this.#table.in(scope).get(keyOf(owner, id));
  }

  has(scope: Scope, owner: string, id: string): boolean {
    return this.#table.in(scope).has(keyOf(owner, id));
  }

  /** In the order in which they came. */
  all(scope: Scope, owner: string): Row[] {
    const rows = this.#table.in(scope);
    return [...(this.#ids.get(owner) ?? [])].flatMap((id) => {
      const row = rows.get(keyOf(owner, id));
      return row === undefined ? [] : [row];
    });
  }

  set(scope: Scope, owner: string, id: string, row: Row): void {
    this.#table.in(scope).set(keyOf(owner, id), row);
    this.#of(owner).add(id);
  }

  delete(scope: Scope, owner: string, id: string): boolean {
    this.#ids.get(owner)?.delete(id);
    return this.#table.in(scope).delete(keyOf(owner, id));
  }

  /** Deletes everything of an owner. */
  clear(scope: Scope, owner: string): void {
    const rows = this.#table.in(scope);
    for (const id of this.#ids.get(owner) ?? []) rows.delete(keyOf(owner, id));
    this.#ids.delete(owner);
  }

  #of(owner: string): Set<string> {
    let ids = this.#ids.get(owner);
    if (ids === undefined) this.#ids.set(owner, (ids = new Set()));
    return ids;
  }
}

/** No owner's id has a `/` in it. */
function keyOf(owner: string, id: string): string {
  return `${owner}/${id}`;
}
