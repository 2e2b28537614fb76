import { badRequest } from './failures.ts';

interface PageRequest {
  readonly position?: string | undefined;
  readonly limit?: number | undefined;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html: 25 by default, 500 at most. */
const USUAL = 25;
const MOST = 500;

/**
 * A page of a list, in the list's own order. The position names the last item that was given out.
 * @throws BadRequestException for a position that was not given out here
 */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { position, limit }: PageRequest,
): { readonly items: Item[]; readonly position?: string } {
  const size = limit === undefined || limit < 1 ? USUAL : Math.min(limit, MOST);
  const start = position === undefined ? 0 : after(items, keyOf, position);
  const page = items.slice(start, start + size);
  const last = page.at(-1);
  if (last === undefined || start + size >= items.length) return { items: page };
  return { items: page, position: positionOf(start + size, keyOf(last)) };
}

function positionOf(index: number, key: string): string {
  return Buffer.from(JSON.stringify([index, key])).toString('base64');
}

/** Where an item was deleted since, the place it had. */
function after<Item>(items: readonly Item[], keyOf: (item: Item) => string, position: string): number {
  try {
    const [index, key] = JSON.parse(Buffer.from(position, 'base64').toString()) as unknown[];
    if (typeof index === 'number' && typeof key === 'string') {
      const found = items.findIndex((item) => keyOf(item) === key);
      return found < 0 ? Math.max(0, index - 1) : found + 1;
    }
  } catch {
    // Answered below: the reason does not matter to the caller.
  }
  throw badRequest('Invalid position parameter specified');
}
