/** What decides whether a delivery is tried again. Times are ms since 1970, cloud time. */
export interface Tried {
  readonly acceptedAt: number;
  readonly mostRetries: number;
  readonly mostAgeMs: number;
  /** Attempts that failed, the last one included. */
  readonly failures: number;
}

export type AfterFailure =
  { readonly dueAt: number } | { readonly givenUp: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' };

const FIRST_DELAY = 1_000;
/** 185 times this is a day: what AWS's own defaults come to. */
const LONGEST_DELAY = 480_000;

/** Decides what becomes of a delivery whose attempt failed in a way that may pass. */
export function afterFailure(tried: Tried, now: number): AfterFailure {
  if (tried.failures > tried.mostRetries) return { givenUp: 'MaximumRetryAttempts' };
  const dueAt = now + Math.min(FIRST_DELAY * 2 ** (tried.failures - 1), LONGEST_DELAY);
  if (dueAt - tried.acceptedAt > tried.mostAgeMs) return { givenUp: 'MaximumEventAgeInSeconds' };
  return { dueAt };
}
