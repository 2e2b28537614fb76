import type { Json } from '../../../../state/state.ts';
import type { Properties } from '../resource-type.ts';

type Members = Readonly<Record<string, Json | undefined>>;

/**
 * Of what a service tells, what a template speaks of or spoke of: defaults that nobody asked for, and what others added
 * in places of their own, are not the stack's to change. Lists are one value each; the items of one that is as long as
 * the template's are told by what it says of each.
 */
export function narrowed(now: Properties, ...spokenOf: readonly Properties[]): Properties {
  return membersOf(now, spokenOf);
}

function membersOf(now: Members, spokenOf: readonly Members[]): Record<string, Json> {
  const names = new Set(
    spokenOf.flatMap((one) => Object.keys(one).filter((name) => one[name] !== undefined)),
  );
  return Object.fromEntries(
    [...names].flatMap((name): [string, Json][] => {
      const value = Object.hasOwn(now, name) ? now[name] : undefined;
      if (value === undefined) return [];
      return [
        [
          name,
          told(
            value,
            spokenOf.map((one) => one[name]),
          ),
        ],
      ];
    }),
  );
}

function told(now: Json, spokenOf: readonly (Json | undefined)[]): Json {
  if (Array.isArray(now)) {
    const items = itemsOf(now);
    const lists = spokenOf.map(itemsOf).filter(({ length }) => length === items.length);
    return lists.length === 0
      ? items
      : items.map((item, index) =>
          told(
            item,
            lists.map((list) => list[index]),
          ),
        );
  }
  const inside = spokenOf.filter(isObject);
  return isObject(now) && inside.length > 0 ? membersOf(now, inside) : now;
}

/** Whether a value has members of its own. */
export const isObject = (value: Json | undefined): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list as one; what is none has no items. */
export const itemsOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

/** An object's members that are there; what is none has no members. */
export const membersIn = (value: Json | undefined): [string, Json][] =>
  isObject(value)
    ? Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined)
    : [];
