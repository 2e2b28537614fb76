import { at } from './values.ts';

/** Text, or bytes of UTF-8, as JSON; undefined where it is none. */
export function json(source: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof source === 'string' ? source : Buffer.from(source).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** What lies at a path in a body of JSON: `items[0].kind`. */
export const inJson = (body: unknown, path: string): unknown =>
  at(body, path.replaceAll(/\[(\d+)\]/g, '.$1'));
