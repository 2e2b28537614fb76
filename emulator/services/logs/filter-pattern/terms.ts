import { FilterPatternFailure } from './failure.ts';
import type { PatternReader } from './reader.ts';

/** A word, a phrase or a regular expression that a line contains or does not. */
type Term = (line: string) => boolean;

/** The unstructured form: every required term is there and no excluded one. */
export interface Terms {
  readonly required: readonly Term[];
  readonly excluded: readonly Term[];
  /** One of them is there. They count only where they stand alone. */
  readonly optional: readonly Term[];
}

const WORD = /[A-Za-z0-9_]/;

/** Reads `ERROR -DEBUG "exact phrase" ?A ?B %regex%`. */
export function readTerms(reader: PatternReader): Terms {
  const required: Term[] = [];
  const excluded: Term[] = [];
  const optional: Term[] = [];
  while (reader.skipSpace()) {
    const list = reader.take('-') ? excluded : reader.take('?') ? optional : required;
    list.push(readTerm(reader));
  }
  return { required, excluded, optional };
}

function readTerm(reader: PatternReader): Term {
  const first = reader.peek();
  if (first === '%') {
    const regex = reader.regex();
    return (line) => regex.test(line);
  }
  const start = reader.position;
  const text = first === '"' ? reader.quoted() : reader.run(WORD);
  if (text === '' && first === '"')
    throw FilterPatternFailure.characters(start, '""', 'There is nothing between the quotes.');
  if (text === '') throw badCharacters(reader);
  return (line) => line.includes(text);
}

/** The service names the characters that may not stand outside quotes, not the words around them. */
function badCharacters(reader: PatternReader): FilterPatternFailure {
  const start = reader.position;
  const characters = reader.run(/[^A-Za-z0-9_"%\s]/);
  if (characters === '') return reader.unexpected('a term');
  return FilterPatternFailure.characters(
    start,
    characters,
    `A term with characters other than letters, digits and underscores stands in double quotes.`,
  );
}

/**
 * Whether a line has what the terms ask for.
 *
 * Beside any other term, optional ones are ignored: the User Guide says so of `?ERROR ?ARGUMENTS REQUEST`.
 */
export function matchesTerms(terms: Terms, line: string): boolean {
  const { required, excluded, optional } = terms;
  if (required.length === 0 && excluded.length === 0)
    return optional.length === 0 || optional.some((term) => term(line));
  return required.every((term) => term(line)) && !excluded.some((term) => term(line));
}
