import { invalidParameter } from './failures.ts';

/** Results of a page, as SNS has them. */
const SIZE = 100;

/**
 * A page of a sorted list.
 * @param keyOf what the list is sorted by
 * @throws ServiceFailure `InvalidParameter` for a token of nobody
 */
export function page<T>(
  sorted: readonly T[],
  token: string | undefined,
  keyOf: (item: T) => string,
): { readonly shown: readonly T[]; readonly next: string | undefined } {
  let after = '';
  if (token !== undefined && token !== '') {
    after = Buffer.from(token, 'base64').toString();
    if (!after.startsWith('arn:')) throw invalidParameter('NextToken');
  }
  const left = sorted.filter((item) => keyOf(item) > after);
  const shown = left.slice(0, SIZE);
  const last = shown.at(-1);
  const next =
    left.length > SIZE && last !== undefined ? Buffer.from(keyOf(last)).toString('base64') : undefined;
  return { shown, next };
}
