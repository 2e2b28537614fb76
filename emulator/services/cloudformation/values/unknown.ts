import type { Json } from '../../../state/state.ts';

/** Stands for a value that is known only when a resource has been made. There is one: {@link UNKNOWN}. */
export class Unknown {
  /** How DescribeChangeSet shows it. */
  readonly shown = '{{changeSet:KNOWN_AFTER_APPLY}}';
}

export const UNKNOWN = new Unknown();

/** What a function gives: JSON in which some places may not be known yet. */
export type Value =
  string | number | boolean | null | Unknown | readonly Value[] | { readonly [key: string]: Value };

/** Whether nothing in the value is unknown. */
export function isKnown(value: Value): value is Json & Value {
  if (value instanceof Unknown) return false;
  if (Array.isArray(value)) return (value as readonly Value[]).every(isKnown);
  return typeof value !== 'object' || value === null || Object.values(value).every(isKnown);
}

/** The value as a change set shows it: what is unknown is the text `{{changeSet:KNOWN_AFTER_APPLY}}`. */
export function shown(value: Value): Json {
  if (value instanceof Unknown) return value.shown;
  if (Array.isArray(value)) return (value as readonly Value[]).map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shown(one)]));
}

/** A text, number or boolean as the text it stands for; undefined for anything else. */
export const textOf = (value: Value | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
