import { noAnswer } from '../targets/no-answer.ts';
import type { Throwaway } from './throwaway.ts';

/** Finds out whether a target shows a behaviour: does it, and looks. */
export type Trial = (place: Throwaway) => Promise<boolean>;

/** How AWS's services say that they are asked too often: this tells nothing of what they can do. */
const throttled = new Set(['Throttling', 'ThrottlingException', 'TooManyRequestsException', 'SlowDown']);

/**
 * An answer that is an error is an answer: the server does not have it. Silence, an end of the run and an account that
 * is too busy for all the tries of the SDK are none.
 */
export const unlessRefused =
  (trial: Trial): Trial =>
  async (place) => {
    try {
      return await trial(place);
    } catch (error) {
      const unasked = error instanceof Error && (error.name === 'AbortError' || throttled.has(error.name));
      if (unasked || noAnswer(error) !== undefined) throw error;
      return false;
    }
  };
