import type { LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';

/** Milliseconds of a day. */
export const DAY = 86_400_000;

/** What is counted for an event besides its message, in bytes: API reference of PutLogEvents. */
export const EVENT_OVERHEAD = 26;

/** A log group as it is kept. */
export interface GroupRow {
  readonly name: string;
  /** ms since 1970 */
  readonly created: number;
  /** Null: events never expire. */
  readonly retentionInDays: number | null;
  readonly kmsKeyId: string | null;
  readonly logGroupClass: LogGroupClass;
  readonly deletionProtection: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** A log stream as it is kept; its events are a sequence of their own. */
export interface StreamRow {
  readonly group: string;
  readonly name: string;
  /** ms since 1970 */
  readonly created: number;
  /** 16 hexadecimal digits that no other stream has, not even a later one of the same name. Part of event ids. */
  readonly id: string;
}

/** A log event as it is kept: short names, because there are many of them. */
export interface StoredEvent {
  /** The event's timestamp, ms since 1970. */
  readonly t: number;
  /** When it was ingested, ms since 1970. */
  readonly i: number;
  readonly m: string;
}

/** Bytes that an event counts. */
export function sizeOf(message: string): number {
  return Buffer.byteLength(message) + EVENT_OVERHEAD;
}

/** Events before this time (ms since 1970) have expired. */
export function expiryOf(group: GroupRow, now: number): number {
  // The DELIVERY class keeps events for one day, whatever retention is set.
  const days = group.logGroupClass === 'DELIVERY' ? 1 : group.retentionInDays;
  return days === null ? Number.NEGATIVE_INFINITY : now - days * DAY;
}
