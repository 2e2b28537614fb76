import { createContext, Script, type Context } from 'node:vm';

/** Said of work that took longer than it may. */
export class TookTooLong extends Error {}

/**
 * Does a piece of work that may not end: JavaScript's regular expressions go back and try again, for years where a
 * student has written one that lets them. The work is cut off after `ms` milliseconds.
 * @throws TookTooLong
 */
export function bounded<T>(work: () => T, ms: number): T {
  let result: { readonly value: T } | undefined;
  const room = (shared ??= makeRoom());
  room.inside.work = () => {
    result = { value: work() };
  };
  try {
    SCRIPT.runInContext(room.context, { timeout: ms });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new TookTooLong();
    throw error;
  } finally {
    room.inside.work = undefined;
  }
  if (result === undefined) throw new Error('The work did not run.');
  return result.value;
}

const SCRIPT = new Script('work()');

interface Room {
  readonly context: Context;
  readonly inside: { work: (() => void) | undefined };
}

/* Work is done in one turn, one piece after the other, so that one context does for all. */
let shared: Room | undefined;

function makeRoom(): Room {
  const inside: Room['inside'] = { work: undefined };
  return { inside, context: createContext(inside) };
}
