import type { Json } from '../../../../state/state.ts';

/** How the names of members of one form become those of another. */
export interface Letters {
  /**
   * Dotted paths of members whose own members are a student's words and stay as they are: `RequestParameters`,
   * `Methods.*.Headers`. `*` stands for any one name; items of a list are at the path of the list.
   */
  readonly maps?: readonly string[];
  /** Members that are called otherwise than by their first letter: `HTTPMethod` → `httpMethod`. By the name alone. */
  readonly names?: Readonly<Record<string, string>>;
}

const lowered = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
const raised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/**
 * CloudFormation's `{ FilterPattern, MetricTransformations: [{ MetricName }] }` as the operations of services that begin
 * their members with small letters have it. What a student named keeps its letters.
 */
export function lowerFirst(value: Json, letters: Letters = {}): Json {
  return renamed(value, (name) => letters.names?.[name] ?? lowered(name), lists(letters.maps), []);
}

/** The other way round: what such a service answers, as CloudFormation has it. `maps` and `names` are the same. */
export function upperFirst(value: Json, letters: Letters = {}): Json {
  const back = new Map(Object.entries(letters.names ?? {}).map(([theirs, ours]) => [ours, theirs]));
  return renamed(value, (name) => back.get(name) ?? raised(name), lists(letters.maps), []);
}

const lists = (paths: readonly string[] = []): readonly (readonly string[])[] =>
  paths.map((path) => path.split('.').map(raised));

function renamed(
  value: Json,
  rename: (name: string) => string,
  maps: readonly (readonly string[])[],
  path: readonly string[],
): Json {
  if (isList(value)) return value.map((item) => renamed(item, rename, maps, path));
  if (typeof value !== 'object' || value === null) return value;
  const own = maps.some(
    (map) => map.length === path.length && map.every((part, i) => part === '*' || part === path[i]),
  );
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]): [string, Json][] => {
      if (one === undefined) return [];
      return [[own ? name : rename(name), renamed(one, rename, maps, [...path, own ? name : raised(name)])]];
    }),
  );
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
