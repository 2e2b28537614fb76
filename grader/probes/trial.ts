import { noAnswer } from '../targets/no-answer.ts';
import type { Throwaway } from './throwaway.ts';

/** Finds out whether a target shows a behaviour: does it, and looks. */
export type Trial = (place: Throwaway) => Promise<boolean>;

/** An answer that is an error is an answer: the server does not have it. Silence and an end of the run are none. */
export const unlessRefused =
  (trial: Trial): Trial =>
  async (place) => {
    try {
      return await trial(place);
    } catch (error) {
      const stopped = error instanceof Error && error.name === 'AbortError';
      if (stopped || noAnswer(error) !== undefined) throw error;
      return false;
    }
  };
