import type { SpokenCheck } from '../api.ts';
import type { CheckResult } from '../result/result.ts';
import { runCheck, type Ran } from './check.ts';
import { needsOf } from './graph.ts';
import type { Left, Run } from './tools.ts';
import { Turns } from './turns.ts';

/** What happens to a check. `settled` comes as it happens, `reported` in the order of the lab. */
export type CheckEvent =
  | { readonly kind: 'started'; readonly id: string; readonly title: string }
  | { readonly kind: 'settled'; readonly check: CheckResult }
  | { readonly kind: 'reported'; readonly check: CheckResult };

/**
 * Runs checks, those that do not wait for one another at the same time.
 * @param checks without flaws: see `flawOf`
 * @returns the results in the order of the checks
 */
export async function runChecks(
  checks: readonly SpokenCheck[],
  run: Run,
  emit: (event: CheckEvent) => void,
): Promise<readonly CheckResult[]> {
  const turns = new Turns(run.target.concurrency);
  const running = new Map<string, Promise<Ran>>();

  /** Trials take long: they begin when the first of what a check needs is there, not when the last is. */
  const foresee = async ({ needs: [first], requires }: SpokenCheck): Promise<void> => {
    if (first === undefined || (await ranOf(first)).result.status !== 'passed') return;
    // Whoever asks for the answer hears of what went wrong.
    for (const capability of requires) void run.prober.can(capability).catch(() => undefined);
  };

  const settle = async (check: SpokenCheck): Promise<Ran> => {
    void foresee(check).catch(() => undefined);
    const needed = await Promise.all(check.needs.map((id) => ranOf(id)));
    const skipped = skippedBy(check, needed);
    if (skipped) {
      emit({ kind: 'settled', check: skipped });
      return { result: skipped, left: undefined };
    }
    const earlier = new Map<string, Left>();
    for (const id of needsOf(checks, check.id)) {
      const { left } = await ranOf(id);
      if (left !== undefined) earlier.set(id, left);
    }
    return turns.take(async () => {
      run.signal.throwIfAborted();
      emit({ kind: 'started', id: check.id, title: check.title });
      const ran = await runCheck(check, { ...run, turns }, earlier);
      emit({ kind: 'settled', check: ran.result });
      return ran;
    });
  };
  const byId = new Map(checks.map((check) => [check.id, check]));
  const ranOf = (id: string): Promise<Ran> => {
    const under = running.get(id);
    if (under !== undefined) return under;
    const check = byId.get(id);
    if (check === undefined) throw new Error(`no check ${id}`);
    const begun = settle(check);
    running.set(id, begun);
    return begun;
  };

  const all = checks.map(({ id }) => ranOf(id));
  // A run that is stopped rejects many at once: each must have somebody who listens.
  void Promise.allSettled(all);
  const results: CheckResult[] = [];
  try {
    for (const one of all) {
      const { result } = await one;
      emit({ kind: 'reported', check: result });
      results.push(result);
    }
  } finally {
    await Promise.allSettled(all);
  }
  return results;
}

/** A check whose needs are not met is skipped, and names where the chain began. */
function skippedBy(check: SpokenCheck, needed: readonly Ran[]): CheckResult | undefined {
  for (const { result } of needed) {
    if (result.status === 'passed' || result.status === 'unverified') continue;
    return {
      id: check.id,
      title: check.title,
      points: check.points,
      verifiedOn: check.verifiedOn,
      durationMs: 0,
      status: 'skipped',
      cause:
        result.status === 'skipped'
          ? result.cause
          : { id: result.id, title: result.title, status: result.status },
    };
  }
  return undefined;
}
