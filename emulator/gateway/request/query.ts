import type { Values } from '../values.ts';

const NONE: Values = Object.freeze({});

/** A query's parameters, decoded as a form is: `+` is a blank (recorded on AWS). */
export function queryOf(query: string): Values {
  if (query === '') return NONE;
  const values = Object.create(null) as Record<string, string[]>;
  for (const [name, value] of new URLSearchParams(query)) (values[name] ??= []).push(value);
  return values;
}
