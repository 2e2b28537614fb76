import type { Json } from '../../../../state/state.ts';
import { isObject, membersIn } from '../gateway/narrowed.ts';
import { isSame } from '../gateway/same.ts';
import type { Properties } from '../resource-type.ts';

/** How what is said no more is told to an update, which leaves what it does not name as it is. */
export interface Unsaid {
  /** What a property becomes. Those that are not named stay as they are. */
  readonly becomes?: Properties;
  /** Maps whose entries are changed one by one, and what takes an entry away. */
  readonly emptied?: Properties;
}

/**
 * What an update must be given so that something becomes what is wanted; undefined where it is that already.
 * @param names the properties that the update takes
 */
export function changesOf(
  now: Properties,
  wanted: Properties,
  names: readonly string[],
  { becomes = {}, emptied = {} }: Unsaid = {},
): Record<string, Json> | undefined {
  const changes = names.flatMap((name): [string, Json][] => {
    const before = now[name];
    const after = wanted[name] ?? (before === undefined ? undefined : becomes[name]);
    if (after === undefined || isSame(before, after)) return [];
    const empty = emptied[name];
    return [[name, empty === undefined ? after : withoutGone(before, after, empty)]];
  });
  return changes.length === 0 ? undefined : Object.fromEntries(changes);
}

/* The entries that are wanted, and of those that are not what takes them away. */
function withoutGone(before: Json | undefined, after: Json, empty: Json): Json {
  const wanted = isObject(after) ? after : {};
  const gone = membersIn(before).filter(([name]) => wanted[name] === undefined);
  return { ...Object.fromEntries(gone.map(([name]) => [name, empty])), ...wanted };
}
