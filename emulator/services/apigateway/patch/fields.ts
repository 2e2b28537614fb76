import type { Op } from '@aws-sdk/client-api-gateway';
import type { Apply, Change, PathRule } from './rules.ts';

/** Reads a patch's value, which is always text on the wire. Throws a `ServiceFailure` where AWS refuses it. */
export type Read<Value> = (value: string | undefined, change: Change) => Value;

export const text: Read<string | undefined> = (value) => value;
/** Anything but `true` is false, as recorded for an API key's `/enabled`. */
export const flag: Read<boolean> = (value) => value?.toLowerCase() === 'true';

/**
 * A number, an integer where `whole`.
 * @param refuse what is thrown where the value is none
 */
export const numeric =
  (refuse: (value: string | undefined, change: Change) => Error, whole = true): Read<number> =>
  (value, change) => {
    const number = value === undefined || value.trim() === '' ? NaN : Number(value);
    if (!Number.isFinite(number) || (whole && !Number.isInteger(number))) throw refuse(value, change);
    return number;
  };

/**
 * A member of its own: `/description`. `replace` and `add` set it, `remove` takes it away.
 * @param operations which of them AWS takes for this path
 */
export function field<Target extends object, Key extends keyof Target & string>(
  path: string,
  key: Key,
  read: Read<Target[Key]>,
  operations: readonly ('add' | 'replace' | 'remove')[] = ['replace'],
  refuse?: PathRule<Target>['refuse'],
): PathRule<Target> {
  const set: Apply<Target> = (target, change) => ({ ...target, [key]: read(change.value, change) });
  const unset: Apply<Target> = (target) => without(target, key);
  return {
    path,
    ...chosen(operations, { add: set, replace: set, remove: unset }),
    ...(refuse === undefined ? {} : { refuse }),
  };
}

type Entry<Map> = NonNullable<Map> extends Readonly<Record<string, infer Value>> ? Value : never;

/** An entry of a map: `/variables/{name}`. A map that lost its last entry is empty, not gone. */
export function entry<Target extends object, Key extends keyof Target & string>(
  path: `${string}/{name}`,
  key: Key,
  read: Read<Entry<Target[Key]>>,
  operations: readonly ('add' | 'replace' | 'remove')[] = ['add', 'replace', 'remove'],
): PathRule<Target> {
  const nameOf = (change: Change): string => change.names['name'] ?? '';
  const mapOf = (target: Target): Record<string, unknown> => ({
    ...(target[key] as Readonly<Record<string, unknown>> | undefined),
  });
  const set: Apply<Target> = (target, change) => ({
    ...target,
    [key]: { ...mapOf(target), [nameOf(change)]: read(change.value, change) },
  });
  const unset: Apply<Target> = (target, change) => ({
    ...target,
    [key]: without(mapOf(target), nameOf(change)),
  });
  return { path, ...chosen(operations, { add: set, replace: set, remove: unset }) };
}

/**
 * A member of a list that is named by the path: `/binaryMediaTypes/image~1png`. `add` adds what the path names,
 * `replace` puts the value in its place, `remove` takes it away.
 */
export function member<Target extends object>(
  path: `${string}/{name}`,
  key: keyof Target & string,
  operations: readonly ('add' | 'replace' | 'remove')[] = ['add', 'replace', 'remove'],
): PathRule<Target> {
  const listOf = (target: Target): readonly string[] => (target[key] as readonly string[] | undefined) ?? [];
  const nameOf = (change: Change): string => change.names['name'] ?? '';
  const all = (target: Target, members: readonly string[]): Target => ({
    ...target,
    [key]: [...new Set(members)],
  });
  return {
    path,
    ...chosen<Target>(operations, {
      add: (target, change) => all(target, [...listOf(target), nameOf(change)]),
      replace: (target, change) =>
        all(
          target,
          listOf(target).map((one) => (one === nameOf(change) ? (change.value ?? one) : one)),
        ),
      remove: (target, change) =>
        all(
          target,
          listOf(target).filter((one) => one !== nameOf(change)),
        ),
    }),
  };
}

/** The rules of a member that is an object, as rules of what holds it: `/canarySettings` + `/percentTraffic`. */
export function within<Target extends object, Key extends keyof Target & string>(
  key: Key,
  empty: NonNullable<Target[Key]>,
  rules: readonly PathRule<NonNullable<Target[Key]>>[],
): PathRule<Target>[] {
  return rules.map(({ path, refuse, ...operations }) => ({
    path: `/${key}${path}`,
    ...(refuse === undefined ? {} : { refuse }),
    ...Object.fromEntries(
      (Object.entries(operations) as [Op, Apply<NonNullable<Target[Key]>>][]).map(([op, apply]) => [
        op,
        (target: Target, change: Change): Target => ({
          ...target,
          [key]: apply(target[key] ?? empty, change),
        }),
      ]),
    ),
  }));
}

/** The object without one of its members. */
export function without<Target extends object>(target: Target, key: PropertyKey): Target {
  return Object.fromEntries(Object.entries(target).filter(([name]) => name !== key)) as Target;
}

function chosen<Target>(
  operations: readonly ('add' | 'replace' | 'remove')[],
  all: Readonly<Record<'add' | 'replace' | 'remove', Apply<Target>>>,
): Partial<Record<Op, Apply<Target>>> {
  return Object.fromEntries(operations.map((op) => [op, all[op]]));
}
