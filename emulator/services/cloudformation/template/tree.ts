import type { Json } from '../../../state/state.ts';
import { formatError, TemplateFailure } from './failure.ts';
import type { JsonMap } from './model.ts';

/** Levels of nesting after which a tree is refused; readers refuse earlier, transforms may add a few. */
const MAX_DEPTH = 250;

export const isMap = (value: Json | undefined): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** Whether it is one value, and neither null nor a list nor a map: CloudFormation takes each of these for a text. */
export const isScalar = (value: Json | undefined): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** The member of that very name, and none that every object has. */
export const member = (map: JsonMap, name: string): Json | undefined =>
  Object.hasOwn(map, name) ? map[name] : undefined;

/** A map made member by member: names such as `__proto__` are names like any other. */
export const mapOf = <T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> =>
  Object.fromEntries(entries);

/**
 * The tree as JSON.
 * @throws TemplateFailure for a null, which templates may not have, and for what YAML knows and JSON does not
 */
export function templateTree(tree: unknown): JsonMap {
  const json = plain(tree, '', 0);
  if (!isMap(json)) throw formatError('unsupported structure.');
  return json;
}

function plain(value: unknown, path: string, depth: number): Json {
  if (depth > MAX_DEPTH) throw formatError('nested too deeply.');
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'bigint')
    return typeof value === 'number' && Number.isFinite(value) ? value : String(value);
  if (value === null || value === undefined)
    throw new TemplateFailure(`[${path}] 'null' values are not allowed in templates`);
  if (Array.isArray(value)) return value.map((one, at) => plain(one, `${path}/${at}`, depth + 1));
  if (typeof value !== 'object' || !isPlainObject(value)) throw formatError('unsupported structure.');
  return mapOf(
    Object.entries(value).map(([key, one]): [string, Json] => [key, plain(one, `${path}/${key}`, depth + 1)]),
  );
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
