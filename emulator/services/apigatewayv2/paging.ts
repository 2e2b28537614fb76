import { pageOf } from '../../gateway/paging.ts';

interface PageRequest {
  readonly MaxResults?: string | undefined;
  readonly NextToken?: string | undefined;
}

/** A page as version two of the API has it: sizes are texts. @throws BadRequestException */
export function itemsOf<Item, Shown>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  shown: (item: Item) => Shown,
  { MaxResults, NextToken }: PageRequest,
): { Items: Shown[]; NextToken?: string } {
  const limit = MaxResults === undefined ? undefined : Number(MaxResults);
  const { items, position } = pageOf(all, keyOf, {
    position: NextToken,
    limit: limit === undefined || Number.isNaN(limit) ? undefined : limit,
  });
  return { Items: items.map(shown), ...(position !== undefined && { NextToken: position }) };
}
