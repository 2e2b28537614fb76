import { join } from 'node:path';
import type { Scope } from '../service/call.ts';
import { frozen } from './freeze.ts';
import { Journal, SMALLEST_TO_COMPACT } from './journal.ts';
import { Memory, scopeText, type Change } from './memory.ts';
import type { Rows, Sequence, SequenceTable, State, Table } from './state.ts';

/** The state of a cloud, with what only its owner does. */
export interface OpenState extends State {
  /** Every row and sequence item: for finding the blobs that are still referred to. */
  values(): IterableIterator<unknown>;
  /** Commits, and lets the journal go. Changes made afterwards are not kept. */
  close(): void;
}

export interface StateOptions {
  /** The folder of the journal; it must exist. Undefined: nothing is kept. */
  readonly home: string | undefined;
  /** Told in one sentence what a person should know: damage that was found, a disk that is full. */
  readonly notice?: (sentence: string) => void;
  /** From which size (in bytes) the journal is rewritten when half of it is outdated. */
  readonly compactFrom?: number;
}

/** How long after a failed write the next is tried, where no request asks for it. In ms. */
const RETRY_AFTER = 1_000;

/**
 * Opens the state that is kept in a folder, as it was at the last commit.
 * @throws where the folder cannot be read or written
 */
export function openState({
  home,
  notice = () => undefined,
  compactFrom = SMALLEST_TO_COMPACT,
}: StateOptions): OpenState {
  const memory = new Memory();
  const journal = home === undefined ? undefined : openJournal(join(home, 'state.journal'), memory, notice);
  let pending: Change[] = [];
  let scheduled = false;
  let closed = false;

  const commit = (): void => {
    if (pending.length === 0 || journal === undefined || closed) return;
    journal.append(pending);
    pending = [];
    if (journal.outgrown(compactFrom)) journal.compact(batches(memory.changes()));
  };
  const commitInBackground = (): void => {
    scheduled = false;
    try {
      commit();
    } catch (error) {
      notice(`The embedded cloud could not write its journal, and will try again: ${String(error)}`);
      scheduled = true;
      setTimeout(commitInBackground, RETRY_AFTER).unref();
    }
  };
  const change = (next: Change): void => {
    memory.apply(next);
    if (journal === undefined || closed) return;
    pending.push(next);
    if (scheduled) return;
    // Changes that no request waits for (timers, running functions) reach the journal in the same turn.
    scheduled = true;
    setImmediate(commitInBackground);
  };

  return {
    table: <T>(name: string): Table<T> => ({
      in: (scope) => rowsOf<T>(memory, change, name, scope),
      scopes: () => memory.scopes(name),
    }),
    sequences: <T>(name: string): SequenceTable<T> => ({
      in: (scope, key) => sequenceOf<T>(memory, change, name, scope, key),
    }),
    commit,
    values: () => memory.values(),
    close: () => {
      if (closed) return;
      commit();
      closed = true;
      journal?.close();
    },
  };
}

function openJournal(path: string, memory: Memory, notice: (sentence: string) => void): Journal {
  const { journal, damage } = Journal.open(path, (batch) => {
    // The checksum vouches that this is what `commit` wrote.
    for (const change of batch as readonly Change[]) memory.apply(frozen(change));
  });
  if (damage !== undefined)
    notice(
      `The embedded cloud's journal was damaged: ${String(damage.unread)} bytes at its end could not be read. ` +
        `Everything before them is there. The damaged journal is kept at ${damage.copy}`,
    );
  return journal;
}

/* Each batch is one frame: of a size that is quick to write and to check. */
function* batches(changes: Iterable<Change>): Generator<Change[]> {
  let batch: Change[] = [];
  for (const change of changes) {
    batch.push(change);
    if (batch.length < 100) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function rowsOf<T>(memory: Memory, change: (next: Change) => void, table: string, scope: Scope): Rows<T> {
  const where = scopeText(scope);
  // Every row was set through this table's own type, or read from the journal that it was written to.
  const rows = (): ReadonlyMap<string, T> | undefined =>
    memory.rows(table, where) as ReadonlyMap<string, T> | undefined;
  return {
    get: (key) => rows()?.get(key),
    has: (key) => rows()?.has(key) ?? false,
    set: (key, row) => change(['set', table, where, key, frozen(row)]),
    delete: (key) => {
      if (!(rows()?.has(key) ?? false)) return false;
      change(['delete', table, where, key]);
      return true;
    },
    entries: () => (rows() ?? new Map<string, T>()).entries(),
    values: () => (rows() ?? new Map<string, T>()).values(),
    get size() {
      return rows()?.size ?? 0;
    },
  };
}

function sequenceOf<T>(
  memory: Memory,
  change: (next: Change) => void,
  table: string,
  scope: Scope,
  key: string,
): Sequence<T> {
  const where = scopeText(scope);
  const nothing: readonly T[] = [];
  return {
    append: (items) => {
      // A copy, so that the journal is not told of what the caller's array becomes.
      if (items.length > 0) change(['append', table, where, key, frozen([...items])]);
    },
    items: () => (memory.sequence(table, where, key)?.items as readonly T[] | undefined) ?? nothing,
    get first() {
      return memory.sequence(table, where, key)?.first ?? 0;
    },
    dropFirst: (count) => {
      if (count > 0) change(['drop', table, where, key, count]);
    },
    delete: () => {
      if (memory.sequence(table, where, key) !== undefined) change(['end', table, where, key]);
    },
  };
}
