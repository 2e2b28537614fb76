import type { Json } from '../../../../state/state.ts';

/**
 * A resource's properties, or a part of them, as a part of an operation's input. That they have its shape is said by
 * the resource's schema, which the engine asks first, and by the operation's model, which every call is held to.
 */
export const shaped = <T>(value: Json | undefined): T => value as T;

/** The members that are named, as far as the properties have them. */
export function picked(
  from: Readonly<Record<string, Json>>,
  ...names: readonly string[]
): Record<string, Json> {
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => {
      const value = from[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** A property that is a text: a number that a template gave in its place is one too. */
export function text(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A document that a template may give as JSON or as text, as operations want it. */
export const documentText = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? {});

/** A list as one; what is none has no items. */
export const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

/** A map as one; what is none has no members. */
export const membersOf = (value: Json | undefined): Readonly<Record<string, Json | undefined>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json | undefined>>)
    : {};

/** The object without the members that have no value. */
export const told = (members: Readonly<Record<string, Json | undefined>>): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );

/** What an operation answered, as plain JSON: times as text, members without a value left out. */
export function plain(answer: object): Readonly<Record<string, Json>>;
export function plain(answer: object | undefined): Readonly<Record<string, Json>> | undefined;
export function plain(answer: object | undefined): Readonly<Record<string, Json>> | undefined {
  return answer && (JSON.parse(JSON.stringify(answer)) as Readonly<Record<string, Json>>);
}
