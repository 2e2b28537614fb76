import { invalid } from './failures.ts';

const PAGE = 100;

/** A page of items in order of their keys, and the token of the next one. @throws ValidationException */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { MaxResults = PAGE, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
): { readonly page: readonly T[]; readonly next: { readonly NextToken?: string } } {
  const behind = NextToken === undefined ? undefined : readToken(NextToken);
  const rest = items.filter((item) => behind === undefined || keyOf(item) > behind);
  const page = rest.slice(0, MaxResults);
  const last = page.at(-1);
  if (last === undefined || page.length === rest.length) return { page, next: {} };
  return { page, next: { NextToken: Buffer.from(JSON.stringify([keyOf(last)])).toString('base64url') } };
}

function readToken(token: string): string {
  try {
    const [key] = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[];
    if (typeof key === 'string') return key;
  } catch {
    // Answered below.
  }
  throw invalid('Invalid NextToken.');
}
