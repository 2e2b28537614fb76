import { InvalidPattern, parsePattern } from '../../../events/pattern/pattern.ts';
import { invalidParameter } from '../../failures.ts';

/** AWS's quota, without an increase. */
const mostFilters = 5;

/** Whether a function wants a record, given as what its patterns are compared with. */
export type Filter = (record: unknown) => boolean;

/**
 * Reads `FilterCriteria`.
 * @returns the patterns as they were given
 * @throws ServiceFailure `InvalidParameterValueException`
 */
export function readFilters(criteria: {
  readonly Filters?: readonly { readonly Pattern?: string | undefined }[] | undefined;
}): readonly string[] {
  const patterns = (criteria.Filters ?? []).map(({ Pattern }) => Pattern ?? '');
  if (patterns.length > mostFilters) {
    throw invalidParameter(`Filter criteria can hold up to ${mostFilters} filters.`);
  }
  for (const pattern of patterns) {
    try {
      parsePattern(pattern);
    } catch (error) {
      if (!(error instanceof InvalidPattern)) throw error;
      throw invalidParameter('Invalid filter pattern definition.');
    }
  }
  return patterns;
}

/** Makes a filter of patterns that were read before; undefined where there are none: everything passes. */
export function filterOf(patterns: readonly string[]): Filter | undefined {
  if (patterns.length === 0) return undefined;
  const all = patterns.map(parsePattern);
  return (record) => all.some((pattern) => pattern.matches(record));
}

/**
 * A body or data as patterns see it: an object where it is JSON, and its text otherwise, so that a pattern for the one
 * never matches the other (Lambda Developer Guide, "Properly filtering messages").
 */
export function seen(text: string): unknown {
  const first = /\S/.exec(text)?.[0];
  if (first !== '{' && first !== '[') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
