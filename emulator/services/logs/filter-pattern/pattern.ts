import { matchColumns, readColumns } from './columns.ts';
import { FilterPatternFailure } from './failure.ts';
import { holds, jsonOf, readConditions } from './json-conditions.ts';
import { readSelector, select } from './json-selector.ts';
import { PatternReader } from './reader.ts';
import { matchesTerms, readTerms } from './terms.ts';

export { FilterPatternFailure } from './failure.ts';

/** A line that a pattern matches. */
export interface FilterMatch {
  /** The fields of a space-delimited pattern, as `TestMetricFilter` shows them: `$name`, or `$3` where a field has no name. Empty for the other forms. */
  readonly extracted: Readonly<Record<string, string>>;
  /** The text that a reference points at in the line: `$name` or `$3` in a space-delimited line, `$.latency` in a JSON one. */
  value(reference: string): string | undefined;
}

/**
 * A CloudWatch Logs filter pattern, as metric filters, subscription filters, FilterLogEvents and Live Tail use it.
 * Source: CloudWatch Logs User Guide, "Filter pattern syntax".
 */
export interface FilterPattern {
  readonly text: string;
  readonly kind: 'everything' | 'terms' | 'json' | 'columns';
  match(message: string): FilterMatch | undefined;
}

const PLAIN: FilterMatch = { extracted: {}, value: () => undefined };

/**
 * Parses a filter pattern.
 * @throws FilterPatternFailure with the position and the service's message
 */
export function parseFilterPattern(text: string): FilterPattern {
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  if (start >= end) return { text, kind: 'everything', match: () => PLAIN };
  if (text[start] === '{') return jsonPattern(text, start, end);
  if (text[start] === '[') return columnPattern(text, start, end);
  const terms = readTerms(new PatternReader(text, start, end));
  return { text, kind: 'terms', match: (message) => (matchesTerms(terms, message) ? PLAIN : undefined) };
}

function jsonPattern(text: string, start: number, end: number): FilterPattern {
  if (text[end - 1] !== '}' || end - start < 2) throw FilterPatternFailure.unclosed(end, '{', '}');
  const condition = readConditions(new PatternReader(text, start + 1, end - 1));
  return {
    text,
    kind: 'json',
    match: (message) => {
      const event = jsonOf(message);
      if (event === undefined || !holds(condition, event)) return undefined;
      return { extracted: {}, value: (reference) => jsonValue(event, reference) };
    },
  };
}

function jsonValue(event: object, reference: string): string | undefined {
  const reader = new PatternReader(reference, 0, reference.length);
  try {
    const selector = readSelector(reader);
    if (!reader.done) return undefined;
    const [value] = select(selector, event);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  } catch (error) {
    if (error instanceof FilterPatternFailure) return undefined;
    throw error;
  }
}

function columnPattern(text: string, start: number, end: number): FilterPattern {
  if (text[end - 1] !== ']' || end - start < 2) throw FilterPatternFailure.unclosed(end, '[', ']');
  const columns = readColumns(new PatternReader(text, start + 1, end - 1));
  return {
    text,
    kind: 'columns',
    match: (message) => {
      const found = matchColumns(columns, message);
      if (found === undefined) return undefined;
      const { extracted, all } = found;
      return {
        extracted,
        value: (reference) => {
          if (Object.hasOwn(extracted, reference)) return extracted[reference];
          const number = /^\$([1-9]\d{0,4})$/.exec(reference)?.[1];
          return number === undefined ? undefined : all[Number(number) - 1];
        },
      };
    },
  };
}
