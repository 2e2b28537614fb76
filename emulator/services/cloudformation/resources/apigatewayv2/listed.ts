import { every } from '../gateway/every.ts';

/** Where a page of a list begins, and how long it may be. */
interface Page {
  readonly MaxResults: string;
  readonly NextToken: string | undefined;
}

/** All items of a list that is told page by page. */
export const listed = <Item>(
  page: (
    at: Page,
  ) => Promise<{ readonly Items?: readonly Item[] | undefined; readonly NextToken?: string | undefined }>,
): Promise<Item[]> =>
  every(async (NextToken) => {
    const { Items, NextToken: next } = await page({ MaxResults: '500', NextToken });
    return { items: Items, next };
  });
