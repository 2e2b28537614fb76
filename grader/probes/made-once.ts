import type { Throwaway } from './throwaway.ts';

/** Makes what several trials of a run use when the first of them asks for it. */
export function once<T>(
  kept: WeakMap<Throwaway, Promise<T>>,
  place: Throwaway,
  make: () => Promise<T>,
): Promise<T> {
  const under = kept.get(place);
  if (under !== undefined) return under;
  const begun = make();
  kept.set(place, begun);
  return begun;
}

const trusted = new WeakMap<Throwaway, Promise<string>>();

/** A role that Lambda may assume. @returns its ARN */
export const roleOf = (place: Throwaway): Promise<string> =>
  once(trusted, place, () => place.role('lambda.amazonaws.com'));
