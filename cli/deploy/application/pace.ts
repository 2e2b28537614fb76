import { setTimeout } from 'node:timers/promises';

/** ms between two looks: short at first, for a cloud on this machine, and as CloudFormation's rate allows later. */
const first = 60;
const longest = 2000;

/**
 * Looks until there is something. A look that sees a change may say so, and the next ones follow quickly again.
 * @param look undefined: nothing yet; `'moved'`: nothing yet, but it goes on
 */
export async function lookUntil<T>(look: () => Promise<T | 'moved' | undefined>): Promise<T> {
  for (let wait = first; ; wait = Math.min(longest, wait * 1.4)) {
    const seen = await look();
    if (seen === 'moved') wait = first;
    else if (seen !== undefined) return seen;
    await setTimeout(wait);
  }
}
