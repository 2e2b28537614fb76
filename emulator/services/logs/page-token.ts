import { badToken } from './failures.ts';

/** "The token expires after 24 hours." */
const VALID_FOR = 86_400_000;

/** An opaque token that says where the next page of a listing begins. `what` names the listing it belongs to. */
export function pageToken(what: string, now: number, place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([what, now, ...place])).toString('base64url');
}

/**
 * What a token says.
 * @param types the types of the values, in order
 * @throws InvalidParameterException if it is no token of this listing or older than 24 hours
 */
export function readPageToken<const Types extends readonly ('string' | 'number')[]>(
  what: string,
  now: number,
  token: string,
  types: Types,
): { -readonly [K in keyof Types]: Types[K] extends 'string' ? string : number } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    throw badToken();
  }
  if (!Array.isArray(parsed)) throw badToken();
  const [name, issued, ...place] = parsed as unknown[];
  const fits =
    name === what &&
    typeof issued === 'number' &&
    now - issued <= VALID_FOR &&
    place.length === types.length &&
    place.every((value, index) => typeof value === types[index]);
  if (!fits) throw badToken();
  // Every value was compared with its type above.
  return place as { -readonly [K in keyof Types]: Types[K] extends 'string' ? string : number };
}
