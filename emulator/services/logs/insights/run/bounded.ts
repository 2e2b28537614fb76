import { createContext, Script } from 'node:vm';

/** Said of work that took longer than it may. */
export class TookTooLong extends Error {}

/**
 * Does a piece of work that may not end: JavaScript's regular expressions go back and try again, for years where a
 * student has written one that lets them. The work is cut off after `ms` milliseconds.
 * @throws TookTooLong
 */
export function bounded(work: () => void, ms: number): void {
  const context = createContext({ work });
  try {
    SCRIPT.runInContext(context, { timeout: ms });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new TookTooLong();
    throw error;
  }
}

const SCRIPT = new Script('work()');
