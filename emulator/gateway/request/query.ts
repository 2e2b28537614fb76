import type { Values } from '../values.ts';

const NONE: Values = Object.freeze({});

/** A query's parameters, decoded as a form is: `+` is a blank (recorded on AWS). */
export function queryOf(query: string): Values {
  if (query === '') return NONE;
  const values = Object.create(null) as Record<string, string[]>;
  for (const [name, value] of new URLSearchParams(query)) (values[name] ??= []).push(value);
  return values;
}

/** Values of one name are joined with commas. */
export function joinedQuery(query: string): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(joined);
}
