import type { Conclusion, QueuedEvent } from './event.ts';

/** How long an event is kept and how often it is tried: what `PutFunctionEventInvokeConfig` sets. */
export interface RetryRule {
  /** After the first attempt. */
  readonly mostRetries: number;
  readonly mostAgeMs: number;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html: two retries, six hours. */
export const standardRule: RetryRule = { mostRetries: 2, mostAgeMs: 6 * 3_600_000 };

/** How an attempt ended: the function answered, the function failed, or it could not be run now. */
export type Attempt = 'succeeded' | 'failed' | 'postponed' | 'switched off' | 'recursive';

/** What becomes of an event after an attempt. */
export type Next =
  { readonly event: QueuedEvent } | { readonly conclusion: Conclusion; readonly event: QueuedEvent };

/* One minute after the first failure, two after the second. */
const failureDelays = [60_000, 120_000] as const;
const firstPostponement = 1_000;
const longestPostponement = 300_000;

/**
 * Decides what becomes of an event.
 * @param now ms since 1970, cloud time
 */
export function afterAttempt(event: QueuedEvent, attempt: Attempt, now: number, rule = standardRule): Next {
  if (attempt === 'switched off') return { event, conclusion: 'ZeroReservedConcurrency' };
  if (attempt === 'recursive') return { event, conclusion: 'RecursiveInvocationsDropped' };
  if (attempt === 'postponed') {
    const delay = Math.min(firstPostponement * 2 ** event.postponed, longestPostponement);
    return putOff({ ...event, postponed: event.postponed + 1 }, now + delay, rule);
  }
  const tried = { ...event, invocations: event.invocations + 1, postponed: 0 };
  if (attempt === 'succeeded') return { event: tried, conclusion: 'Success' };
  if (tried.invocations > rule.mostRetries) return { event: tried, conclusion: 'RetriesExhausted' };
  return putOff(tried, now + (failureDelays[tried.invocations - 1] ?? failureDelays[1]), rule);
}

function putOff(event: QueuedEvent, dueAt: number, rule: RetryRule): Next {
  if (dueAt - event.acceptedAt >= rule.mostAgeMs) return { event, conclusion: 'EventAgeExceeded' };
  return { event: { ...event, dueAt } };
}
