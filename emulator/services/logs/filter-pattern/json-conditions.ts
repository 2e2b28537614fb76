import { readComparison, satisfies, type Comparison } from './comparison.ts';
import { FilterPatternFailure } from './failure.ts';
import { readSelector, select, type Selector } from './json-selector.ts';
import type { PatternReader } from './reader.ts';

/** What a JSON log event has to satisfy: the form between braces. */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Condition[] }
  | { readonly kind: 'compare'; readonly selector: Selector; readonly comparison: Comparison }
  | { readonly kind: 'is'; readonly selector: Selector; readonly value: true | false | null }
  | { readonly kind: 'missing'; readonly selector: Selector };

/** Wildcard selectors of one pattern: CloudWatch Logs User Guide, quotas of JSON filter patterns. */
const WILDCARD_SELECTORS = 3;

/** Reads what stands between `{` and `}`. `&&` binds closer than `||`. */
export function readConditions(reader: PatternReader): Condition {
  let wildcards = 0;

  function any(): Condition {
    return joined('any', '||', all);
  }
  function all(): Condition {
    return joined('all', '&&', single);
  }
  function joined(kind: 'all' | 'any', sign: string, next: () => Condition): Condition {
    const first = next();
    const parts = [first];
    while (reader.skipSpace() && reader.take(sign)) parts.push(next());
    return parts.length === 1 ? first : { kind, parts };
  }

  function single(): Condition {
    reader.skipSpace();
    if (reader.take('(')) {
      const inner = any();
      reader.skipSpace();
      if (!reader.take(')')) throw reader.unexpected("a ')'");
      return inner;
    }
    const selector = readSelector(reader);
    wildcards += selector.wildcards;
    if (wildcards > WILDCARD_SELECTORS)
      throw FilterPatternFailure.structure(
        reader.position,
        `A pattern may hold ${WILDCARD_SELECTORS} wildcard selectors.`,
      );
    reader.skipSpace();
    return keyword(selector) ?? compared(selector);
  }

  function compared(selector: Selector): Condition {
    const comparison = readComparison(reader);
    if (comparison === undefined) throw reader.unexpected('= != < <= > >= IS or NOT EXISTS');
    return { kind: 'compare', selector, comparison };
  }

  /** `IS TRUE`, `IS FALSE`, `IS NULL`, `NOT EXISTS`. The User Guide: "IS NOT and EXISTS currently aren't supported". */
  function keyword(selector: Selector): Condition | undefined {
    const start = reader.position;
    const word = reader.run(/[A-Za-z]/);
    if (word === '') return undefined;
    reader.skipSpace();
    const second = reader.run(/[A-Za-z]/);
    if (word === 'IS' && second === 'TRUE') return { kind: 'is', selector, value: true };
    if (word === 'IS' && second === 'FALSE') return { kind: 'is', selector, value: false };
    if (word === 'IS' && second === 'NULL') return { kind: 'is', selector, value: null };
    if (word === 'NOT' && second === 'EXISTS') return { kind: 'missing', selector };
    throw FilterPatternFailure.structure(
      start,
      word === 'EXISTS'
        ? 'EXISTS alone is not supported; = * matches a property that has a value.'
        : 'After a property stands a comparison, IS TRUE, IS FALSE, IS NULL or NOT EXISTS.',
    );
  }

  const condition = any();
  reader.skipSpace();
  if (!reader.done) throw reader.unexpected("'&&', '||' or the end of the pattern");
  return condition;
}

/**
 * Whether a parsed event satisfies a condition. A comparison needs a text or a number: an object, an array, a
 * boolean, null or a missing property satisfies none, not even `!=`.
 */
export function holds(condition: Condition, event: unknown): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.parts.every((part) => holds(part, event));
    case 'any':
      return condition.parts.some((part) => holds(part, event));
    case 'is':
      return select(condition.selector, event).includes(condition.value);
    case 'missing':
      return select(condition.selector, event).length === 0;
    case 'compare':
      return select(condition.selector, event).some(
        (value) =>
          (typeof value === 'string' || typeof value === 'number') && satisfies(condition.comparison, value),
      );
  }
}

/** The object or array that a message is, or undefined. */
export function jsonOf(message: string): object | undefined {
  if (!/^\s*[{[]/.test(message)) return undefined;
  try {
    return JSON.parse(message) as object;
  } catch {
    return undefined;
  }
}
