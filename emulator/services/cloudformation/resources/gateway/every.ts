/**
 * All items of a list that is told page by page.
 * @param page asks for the page at a position; undefined is the first
 */
export async function every<Item>(
  page: (
    at: string | undefined,
  ) => Promise<{ readonly items: readonly Item[] | undefined; readonly next: string | undefined }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let at: string | undefined;
  do {
    const { items = [], next } = await page(at);
    all.push(...items);
    at = next;
  } while (at !== undefined);
  return all;
}
