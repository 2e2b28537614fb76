import { mostPayloadBytes } from '../invoking.ts';
import type { Report } from '../report.ts';
import type { StreamItem } from './source.ts';

/** A record as it waits: its JSON is made once. */
export interface Waiting {
  readonly item: StreamItem;
  readonly json: string;
  readonly bytes: number;
}

/** Records that go to the function together. */
export interface Work {
  readonly waiting: readonly Waiting[];
  /** Attempts that reached the function. */
  readonly attempts: number;
}

/* What an event has beside its records; a window's state may be 1 MB. */
const frameBytes = 1024;

/** What waits, made ready. */
export function waitingOf(item: StreamItem): Waiting {
  const json = JSON.stringify(item.record);
  return { item, json, bytes: Buffer.byteLength(json) + 1 };
}

/** How many of what waits go into one batch. @param taken bytes that the event has besides */
export function batchLength(waiting: readonly Waiting[], size: number, taken = 0): number {
  let bytes = frameBytes + taken;
  let count = 0;
  for (const each of waiting.slice(0, size)) {
    bytes += each.bytes;
    if (count > 0 && bytes > mostPayloadBytes) break;
    count += 1;
  }
  return count;
}

/** What is to be done after an attempt that reached the function. */
export interface Next {
  /** How many of the first records were dealt with. */
  readonly done: number;
  /** The rest, as it is tried again. */
  readonly again: readonly Work[];
  /** The rest is given up instead. */
  readonly exhausted: boolean;
}

/**
 * Decides what becomes of a batch (Lambda Developer Guide, "How Lambda processes records from stream and queue-based
 * event sources"). The lowest record that was reported is where the next attempt begins, and its attempts are counted
 * anew (recorded: test_dynamodb_report_batch_item_failures). Splitting a batch does not count as a retry.
 *
 * @param report what failed; `all` for a function that threw
 */
export function afterAttempt(
  { waiting, attempts }: Work,
  report: Report,
  rule: { readonly mostRetries: number; readonly bisects: boolean },
): Next {
  const lowest = report === 'all' ? 0 : waiting.findIndex(({ item }) => report.has(item.sequence));
  if (lowest < 0) return { done: waiting.length, again: [], exhausted: false };
  if (lowest > 0) {
    return { done: lowest, again: [{ waiting: waiting.slice(lowest), attempts: 0 }], exhausted: false };
  }
  if (rule.bisects && waiting.length > 1) {
    const half = Math.ceil(waiting.length / 2);
    const halves = [waiting.slice(0, half), waiting.slice(half)];
    return { done: 0, again: halves.map((part) => ({ waiting: part, attempts })), exhausted: false };
  }
  const again = { waiting, attempts: attempts + 1 };
  const exhausted = rule.mostRetries >= 0 && again.attempts > rule.mostRetries;
  return { done: 0, again: [again], exhausted };
}

/** ms before an attempt after so many failures in a row: one second, two, four, a minute at most. */
export const backoff = (failures: number): number => Math.min(1000 * 2 ** (failures - 1), 60_000);
