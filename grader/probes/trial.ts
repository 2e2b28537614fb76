import type { Throwaway } from './throwaway.ts';

/** Finds out whether a target shows a behaviour: does it, and looks. */
export type Trial = (place: Throwaway) => Promise<boolean>;
