import { Refusal } from './answers.ts';

/** A book in our library. This file knows nothing of AWS. */
export interface Book {
  /** What stands on its spine: `813.7 한12ㅅ`. */
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly year?: number;
}
/** Some members of a book, never its id. */
export type Change = Partial<Omit<Book, 'id'>>;

/**
 * What a body says of a book. The gateway has looked at JSON bodies already; a body of another content type reaches
 * the function as it is.
 * @throws Refusal where it is no JSON object, or a member is not what it should be
 */
export function readChange(body: string | null): Change & { readonly id?: string } {
  const { id, title, author, year } = readObject(body);
  for (const [name, value] of Object.entries({ id, title, author }))
    if (value !== undefined && (typeof value !== 'string' || value === ''))
      throw invalid(`${name} must be a text that is not empty`);
  if (year !== undefined && !Number.isInteger(year)) throw invalid('year must be a whole number');
  return { id, title, author, year } as Change & { id?: string };
}

/** A whole book. @param id where the path has it */
export function readBook(body: string | null, id?: string): Book {
  const { title, author, year, ...rest } = readChange(body);
  const key = id ?? rest.id;
  if (key === undefined || title === undefined || author === undefined)
    throw invalid('a book has an id, a title and an author');
  return { id: key, title, author, ...(year === undefined ? {} : { year }) };
}

/** Whether a title or an author has these words, in capitals or not. */
export const mentions = ({ title }: Book, words: string): boolean =>
  title.toLowerCase().includes(words.toLowerCase());

function readObject(body: string | null): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(body ?? '');
  } catch {
    throw invalid('the body is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('the body is no JSON object');
  return value as Record<string, unknown>;
}

const invalid = (message: string) => new Refusal(400, 'INVALID_BOOK', message);
