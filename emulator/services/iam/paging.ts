import { ServiceFailure } from '../../service/failure.ts';

/** The members by which IAM's lists are paged. */
interface PageRequest {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/**
 * One page of a list in the order of its keys. The marker names the last key that was given out, so that a page
 * stays right when entities come and go between two requests.
 * @param keyOf unique in the list
 * @throws ServiceFailure for a marker that was not given out here
 */
export function page<Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => string,
  { Marker, MaxItems }: PageRequest,
): { readonly items: Item[]; readonly IsTruncated: boolean; readonly Marker?: string } {
  const after = Marker === undefined ? undefined : keyIn(Marker);
  const size = Math.min(MaxItems ?? 100, 1000);
  const keyed = [...items].map((item) => ({ item, key: keyOf(item).toLowerCase() }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const rest = after === undefined ? keyed : keyed.filter(({ key }) => key > after);
  const shown = rest.slice(0, size);
  const last = shown.at(-1);
  return {
    items: shown.map(({ item }) => item),
    IsTruncated: rest.length > size,
    ...(rest.length > size && last !== undefined && { Marker: markerOf(last.key) }),
  };
}

function markerOf(key: string): string {
  return Buffer.from(JSON.stringify({ after: key })).toString('base64');
}

function keyIn(marker: string): string {
  try {
    const { after } = JSON.parse(Buffer.from(marker, 'base64').toString()) as { after?: unknown };
    if (typeof after === 'string') return after;
  } catch {
    // Answered below: the reason does not matter to the caller.
  }
  throw new ServiceFailure('ValidationError', 'Invalid Marker.', { status: 400 });
}
