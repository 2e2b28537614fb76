import { invalid } from './failures.ts';

/** A page of items, and the token of the next one. Items that come later do not shift those of a page. @throws ValidationError */
export function pageOf<T>(
  items: readonly T[],
  token: string | undefined,
  size = 100,
): { readonly page: readonly T[]; readonly next: { readonly NextToken?: string } } {
  const from = token === undefined ? 0 : readToken(token);
  const page = items.slice(from, from + size);
  const next = from + size;
  if (next >= items.length) return { page, next: {} };
  return { page, next: { NextToken: Buffer.from(JSON.stringify([next])).toString('base64url') } };
}

function readToken(token: string): number {
  try {
    const [from] = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[];
    if (typeof from === 'number' && Number.isSafeInteger(from) && from > 0) return from;
  } catch {
    // Answered below.
  }
  throw invalid('Invalid NextToken.');
}
