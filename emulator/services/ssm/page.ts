import { ServiceFailure } from '../../service/failure.ts';

/**
 * A page of items in order of their keys, and the token of the next one: what is made or deleted meanwhile moves
 * nothing over an edge.
 * @throws InvalidNextToken
 */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { size, token }: { readonly size: number; readonly token: string | undefined },
): { readonly page: readonly T[]; readonly next: { readonly NextToken?: string } } {
  const behind = token === undefined ? undefined : readToken(token);
  const rest = items.filter((item) => behind === undefined || keyOf(item) > behind);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  if (last === undefined || page.length === rest.length) return { page, next: {} };
  return { page, next: { NextToken: Buffer.from(`${MARK}${keyOf(last)}`).toString('base64url') } };
}

const MARK = 'ssm ';

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString('latin1');
  if (!text.startsWith(MARK))
    throw new ServiceFailure('InvalidNextToken', "The specified token isn't valid.");
  return text.slice(MARK.length);
}
