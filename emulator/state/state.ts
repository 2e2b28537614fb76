import type { Scope } from '../service/call.ts';

/** What may be kept: plain JSON. Times are ms since 1970; bytes are a reference from {@link Blobs}. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
/** Checks that a record type is plain JSON without asking it for an index signature. */
export type Stored<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Stored<Item>[]
    : T extends (...args: never[]) => unknown
      ? never
      : T extends Date | Uint8Array | Map<unknown, unknown> | Set<unknown>
        ? never
        : { readonly [K in keyof T]: Stored<T[K]> };

/** The rows of one table in one account and region. A row is replaced, never changed in place. */
export interface Rows<T> {
  get(key: string): T | undefined;
  has(key: string): boolean;
  set(key: string, row: T): void;
  delete(key: string): boolean;
  /** In order of insertion. */
  entries(): IterableIterator<[string, T]>;
  values(): IterableIterator<T>;
  readonly size: number;
}

/** A named kind of record, for example `lambda.functions`. */
export interface Table<T> {
  in(scope: Scope): Rows<T>;
  /** Every account and region that has rows, for start-up and timers. */
  scopes(): IterableIterator<Scope>;
}

/** Append-only sequences (log events, stream records), which a table would rewrite whole. */
export interface Sequence<T> {
  append(items: readonly T[]): void;
  /** The items that are kept, oldest first. The array must not be changed. */
  items(): readonly T[];
  /** Position of `items()[0]` since the sequence began. */
  readonly first: number;
  /** Drops the oldest `count` items. */
  dropFirst(count: number): void;
  /** Ends the sequence and forgets its items. */
  delete(): void;
}
export interface SequenceTable<T> {
  in(scope: Scope, key: string): Sequence<T>;
}

/**
 * The cloud's durable state. Every change is in memory at once and in the journal before the request that made
 * it is answered. All changes that one synchronous piece of code makes are kept or lost together.
 */
export interface State {
  table<T>(name: string & (T extends Stored<T> ? string : never)): Table<T>;
  sequences<T>(name: string & (T extends Stored<T> ? string : never)): SequenceTable<T>;
  /** Writes what is pending to the journal. The server calls it before it answers. */
  commit(): void;
}
