import type { StreamViewType, TableClass } from '@aws-sdk/client-dynamodb';
import type { Item, KeyType } from '../value/value.ts';

/** Read and write capacity units. Zero for tables that are paid by request. */
export interface Throughput {
  readonly read: number;
  readonly write: number;
}

/** The names of a key's attributes. */
export interface Keys {
  readonly hash: string;
  readonly range?: string | undefined;
}

export interface IndexRow extends Keys {
  readonly name: string;
  readonly kind: 'global' | 'local';
  /** Which attributes the index has besides its keys and the table's. */
  readonly projection:
    | { readonly type: 'ALL' | 'KEYS_ONLY' }
    | { readonly type: 'INCLUDE'; readonly attributes: readonly string[] };
  readonly throughput: Throughput;
  /** When it can be queried, in ms since 1970. */
  readonly activeFrom: number;
}

export interface TableRow extends Keys {
  readonly name: string;
  /** A UUID that no other table has, not even a later one of the same name. */
  readonly id: string;
  /** ms since 1970 */
  readonly created: number;
  /** When it can be used, in ms since 1970. */
  readonly activeFrom: number;
  /** Until when it is being changed, in ms since 1970. */
  readonly updatingUntil?: number;
  /** When a table that is being deleted is gone, in ms since 1970. */
  readonly goneFrom?: number;
  /** Types of the attributes that are keys. */
  readonly types: Readonly<Record<string, KeyType>>;
  readonly billing: 'PROVISIONED' | 'PAY_PER_REQUEST';
  /** When it was last switched to pay by request, in ms since 1970. */
  readonly onDemandSince?: number;
  readonly throughput: Throughput;
  readonly indexes: readonly IndexRow[];
  /** The latest stream of the table, whether or not it is still written. */
  readonly stream?: {
    readonly label: string;
    readonly viewType: StreamViewType;
    readonly enabled: boolean;
  };
  readonly tags: Readonly<Record<string, string>>;
  readonly deletionProtection: boolean;
  /** Where one was named. */
  readonly tableClass?: TableClass;
}

/** Expiry that is switched on. A table of its own, because its rows are work that waits. */
export interface ExpiryRow {
  readonly attribute: string;
}

/** A stream, which outlives its table by a day. */
export interface StreamRow extends Keys {
  readonly table: string;
  readonly label: string;
  readonly viewType: StreamViewType;
  /** ms since 1970 */
  readonly created: number;
  /** When it was switched off, in ms since 1970. */
  readonly ended?: number;
}

/** A change as a stream keeps it: short names, because there are many of them. */
export interface RecordRow {
  /** When, in ms since 1970. */
  readonly t: number;
  readonly e: 'INSERT' | 'MODIFY' | 'REMOVE';
  /** The item's key. */
  readonly k: Item;
  /** The item as it is now. */
  readonly n?: Item;
  /** The item as it was. */
  readonly o?: Item;
  /** Whether it was the table's expiry that removed the item. */
  readonly x?: true;
}

/** A transaction's token, which makes the same request later the same transaction. */
export interface TokenRow {
  /** A digest of the request. */
  readonly request: string;
  /** ms since 1970 */
  readonly at: number;
}

export function tableArn(scope: { account: string; region: string }, name: string): string {
  return `arn:aws:dynamodb:${scope.region}:${scope.account}:table/${name}`;
}
export function indexArn(scope: { account: string; region: string }, table: string, name: string): string {
  return `${tableArn(scope, table)}/index/${name}`;
}
export function streamArn(scope: { account: string; region: string }, table: string, label: string): string {
  return `${tableArn(scope, table)}/stream/${label}`;
}
