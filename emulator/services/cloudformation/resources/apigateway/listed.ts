import { every } from '../gateway/every.ts';

/** Where a page of a list begins, and how long it may be. */
interface Page {
  readonly limit: number;
  readonly position: string | undefined;
}

/** All items of a list that is told page by page. */
export const listed = <Item>(
  page: (
    at: Page,
  ) => Promise<{ readonly items?: readonly Item[] | undefined; readonly position?: string | undefined }>,
): Promise<Item[]> =>
  every(async (position) => {
    const { items, position: next } = await page({ limit: 500, position });
    return { items, next };
  });
