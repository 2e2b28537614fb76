import { Double, Entry, Host, List, type Table, type Value } from '../velocity/value.ts';

/** A plain JavaScript value as a template sees it. */
export function fromPlain(value: unknown): Value {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return value;
    case 'number':
      return Number.isSafeInteger(value) ? value : new Double(value);
    case 'object':
      if (Array.isArray(value)) return new List(value.map(fromPlain), true);
      return new Map(
        Object.entries(value)
          .filter(([, member]) => member !== undefined)
          .map(([key, member]) => [key, fromPlain(member)]),
      );
    default:
      return null;
  }
}

/** `{a: 'b'}` as a map of texts. */
export const tableOf = (texts: Readonly<Record<string, string>>): Table => new Map(Object.entries(texts));

/** A value as plain JavaScript; a value that contains itself is cut off. */
export function toPlain(value: Value, depth = 0): unknown {
  if (depth > 90) return null;
  if (value instanceof Double) return value.value;
  if (value instanceof List) return value.items.map((item) => toPlain(item, depth + 1));
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [key, toPlain(item, depth + 1)]));
  }
  if (value instanceof Entry || value instanceof Host) return null;
  return value;
}
