import type { Scope } from '../service/call.ts';

/** One change of the state, as the journal keeps it. Scopes are written `account/region`. */
export type Change =
  | readonly ['set', table: string, scope: string, key: string, row: unknown]
  | readonly ['delete', table: string, scope: string, key: string]
  /** `first` is the position of the first item; it matters only where the sequence is made by this change. */
  | readonly ['append', table: string, scope: string, key: string, items: readonly unknown[], first?: number]
  | readonly ['drop', table: string, scope: string, key: string, count: number]
  | readonly ['end', table: string, scope: string, key: string];

/** A sequence in memory. `items` is appended to in place and replaced when the oldest are dropped. */
export interface SequenceData {
  items: unknown[];
  first: number;
}

type Kept<Value> = Map<string, Map<string, Map<string, Value>>>;

/** The state in memory: what the changes of the journal, applied in order, come to. */
export class Memory {
  readonly #rows: Kept<unknown> = new Map();
  readonly #sequences: Kept<SequenceData> = new Map();

  /** The rows of a table in a scope, if there are any. */
  rows(table: string, scope: string): ReadonlyMap<string, unknown> | undefined {
    return this.#rows.get(table)?.get(scope);
  }

  /** Scopes in which a table has rows. */
  *scopes(table: string): IterableIterator<Scope> {
    for (const [scope, rows] of this.#rows.get(table) ?? []) if (rows.size > 0) yield scopeOf(scope);
  }

  sequence(table: string, scope: string, key: string): Readonly<SequenceData> | undefined {
    return this.#sequences.get(table)?.get(scope)?.get(key);
  }

  apply(change: Change): void {
    const [kind, table, scope, key] = change;
    switch (kind) {
      case 'set':
        inner(this.#rows, table, scope).set(key, change[4]);
        return;
      case 'delete':
        this.#rows.get(table)?.get(scope)?.delete(key);
        return;
      case 'append': {
        const sequences = inner(this.#sequences, table, scope);
        const sequence = sequences.get(key);
        if (sequence === undefined) sequences.set(key, { items: [...change[4]], first: change[5] ?? 0 });
        else for (const item of change[4]) sequence.items.push(item);
        return;
      }
      case 'drop': {
        const sequence = this.#sequences.get(table)?.get(scope)?.get(key);
        if (sequence === undefined) return;
        const count = Math.min(change[4], sequence.items.length);
        sequence.items = sequence.items.slice(count);
        sequence.first += count;
        return;
      }
      case 'end':
        this.#sequences.get(table)?.get(scope)?.delete(key);
    }
  }

  /** The fewest changes that make this state, in the order in which rows were inserted. */
  *changes(): IterableIterator<Change> {
    for (const [table, scopes] of this.#rows)
      for (const [scope, rows] of scopes)
        for (const [key, row] of rows) yield ['set', table, scope, key, row];
    for (const [table, scopes] of this.#sequences)
      for (const [scope, sequences] of scopes)
        for (const [key, { items, first }] of sequences) {
          yield ['append', table, scope, key, items.slice(0, ITEMS_A_CHANGE), first];
          for (let at = ITEMS_A_CHANGE; at < items.length; at += ITEMS_A_CHANGE)
            yield ['append', table, scope, key, items.slice(at, at + ITEMS_A_CHANGE)];
        }
  }

  /** Every row and item. */
  *values(): IterableIterator<unknown> {
    for (const scopes of this.#rows.values()) for (const rows of scopes.values()) yield* rows.values();
    for (const scopes of this.#sequences.values())
      for (const sequences of scopes.values()) for (const { items } of sequences.values()) yield* items;
  }
}

/* Keeps a frame of a snapshot small, however long a sequence has grown. */
const ITEMS_A_CHANGE = 1_000;

function inner<Value>(kept: Kept<Value>, table: string, scope: string): Map<string, Value> {
  let scopes = kept.get(table);
  if (scopes === undefined) kept.set(table, (scopes = new Map<string, Map<string, Value>>()));
  let values = scopes.get(scope);
  if (values === undefined) scopes.set(scope, (values = new Map<string, Value>()));
  return values;
}

/** A scope as one text. */
export function scopeText(scope: Scope): string {
  return `${scope.account}/${scope.region}`;
}
function scopeOf(text: string): Scope {
  const slash = text.indexOf('/');
  return { account: text.slice(0, slash), region: text.slice(slash + 1) };
}
