import { jsonOf } from '../../filter-pattern/json-conditions.ts';
import { fromJson, type Value } from '../value.ts';

/** "Can extract a maximum of 200 log event fields from a JSON log"; a message longer than this is not looked into. */
const LONGEST = 1_048_576;

/** The JSON of a message: the whole, or the first object in it, as Lambda's text lines have one. */
export function messageJson(message: string): object | undefined {
  const start = message.indexOf('{');
  if (start < 0 || message.length > LONGEST) return undefined;
  const whole = jsonOf(message.slice(start));
  if (whole !== undefined) return whole;
  const end = endOfObject(message, start);
  return end === undefined ? undefined : jsonOf(message.slice(start, end));
}

/** Behind the brace that closes the first one; undefined where it stays open. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let inText = false;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inText) {
      if (code === 92) at += 1;
      else if (code === 34) inText = false;
    } else if (code === 34) inText = true;
    else if (code === 123) depth += 1;
    else if (code === 125 && --depth === 0) return at + 1;
  }
  return undefined;
}

/** What a path with dots points at: `user.id`, `items.0.name`. A name that itself has dots is found as it is. */
export function valueAt(json: object, path: string): Value {
  if (Object.hasOwn(json, path)) return fromJson((json as Record<string, unknown>)[path]);
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const name = path.slice(0, dot);
    if (!Object.hasOwn(json, name)) continue;
    const inner = (json as Record<string, unknown>)[name];
    if (typeof inner === 'object' && inner !== null) return valueAt(inner, path.slice(dot + 1));
  }
  return null;
}
