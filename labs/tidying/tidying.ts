/** As long as an account that throttles may keep a deletion waiting, and a function that is still being changed. */
const patienceMs = 60_000;

/**
 * What a call is sent with that removes something of the grader's at the end of a check: a time of its own, because it
 * has to go even where the check itself was stopped.
 */
export const tidying = (): { readonly abortSignal: AbortSignal } => ({
  abortSignal: AbortSignal.timeout(patienceMs),
});
