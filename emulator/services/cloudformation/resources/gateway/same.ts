import type { Json } from '../../../../state/state.ts';

/** Whether two properties say the same: numbers and booleans may be texts, the order of members means nothing. */
export const isSame = (one: Json | undefined, other: Json | undefined): boolean =>
  written(one) === written(other);

/** Whether two documents say the same, each given as JSON or as text. */
export const isSameDocument = (one: Json | undefined, other: Json | undefined): boolean =>
  isSame(parsed(one), parsed(other));

/** A document that is text as what it says; text that is no JSON stays text. */
export function parsed(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

const written = (value: Json | undefined): string | undefined =>
  JSON.stringify(value, (_, one: unknown) => {
    if (typeof one === 'number' || typeof one === 'boolean') return String(one);
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return one;
    return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
