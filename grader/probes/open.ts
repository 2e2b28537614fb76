import type { Capability } from '../api.ts';
import type { Target } from '../targets/target.ts';
import type { Prober } from './prober.ts';
import type { Throwaway } from './throwaway.ts';

/**
 * A prober for one run. Nothing is loaded or made before the first question.
 * @param signal stops the trials; what they have made is removed all the same
 * @param prefix stands before every name that the trials make: `LAB_PREFIX`
 */
export function openProber(target: Target, signal: AbortSignal, prefix = ''): Prober {
  const tried = new Map<Capability, Promise<boolean>>();
  let opened: Promise<Throwaway> | undefined;
  const attempt = async (capability: Capability): Promise<boolean> => {
    const [{ trials }, { openThrowaway }] = await Promise.all([
      import('./trials.ts'),
      import('./throwaway.ts'),
    ]);
    opened ??= openThrowaway(target, signal, prefix);
    return trials[capability](await opened);
  };
  return {
    can(capability) {
      const under = tried.get(capability);
      if (under !== undefined) return under;
      const begun = attempt(capability);
      tried.set(capability, begun);
      return begun;
    },
    async close() {
      await Promise.allSettled(tried.values());
      if (opened !== undefined) await (await opened).remove();
    },
  };
}
