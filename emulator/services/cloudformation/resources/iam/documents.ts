import type { Json } from '../../../../state/state.ts';
import { canonical } from '../../sam/json.ts';

/**
 * A policy document that IAM answers, percent-encoded, as the template has it where both say the same: else as JSON.
 * @param given the document of the template, as JSON or as text
 */
export function answeredDocument(encoded: string | undefined, given: Json | undefined): Json {
  const now = parsed(decodeURIComponent(encoded ?? '{}'));
  return given !== undefined && canonical(parsed(given)) === canonical(now) ? given : now;
}

/** Whether two documents say the same, each as JSON or as text. */
export const sameDocument = (one: Json | undefined, other: Json | undefined): boolean =>
  canonical(parsed(one ?? null)) === canonical(parsed(other ?? null));

function parsed(document: Json): Json {
  if (typeof document !== 'string') return document;
  try {
    return JSON.parse(document) as Json;
  } catch {
    return document;
  }
}
