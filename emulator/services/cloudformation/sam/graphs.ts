import { canonical, isList, isObj, type Obj } from './json.ts';

/** The suffix of a deployment depends on the order of members in the tool's own memory. */
const DEPLOYMENT = /(Deployment)[0-9a-f]{10}\b/g;
const DESCRIPTION = /(RestApi deployment id: )[0-9a-f]{40}/g;

/** How the first graph differs from the second, or undefined where they are equal. Lists count as sets. */
export function difference(ours: unknown, theirs: unknown): string | undefined {
  return first(normal(ours), normal(theirs), '');
}

function normal(value: unknown): unknown {
  if (isList(value))
    return value
      .map(normal)
      .sort((a, b) => (canonical(a) < canonical(b) ? -1 : canonical(a) > canonical(b) ? 1 : 0));
  if (isObj(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [text(key), normal(one)]));
  return typeof value === 'string' ? text(value) : value;
}

const text = (value: string): string => value.replace(DEPLOYMENT, '$1#').replace(DESCRIPTION, '$1#');

function first(ours: unknown, theirs: unknown, path: string): string | undefined {
  if (isObj(ours) && isObj(theirs)) return firstMember(ours, theirs, path);
  if (isList(ours) && isList(theirs) && ours.length === theirs.length) {
    for (let at = 0; at < ours.length; at += 1) {
      const found = first(ours[at], theirs[at], `${path}[${String(at)}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return canonical(ours) === canonical(theirs)
    ? undefined
    : `${path}: ${canonical(ours)}\n  recorded: ${canonical(theirs)}`;
}

function firstMember(ours: Obj, theirs: Obj, path: string): string | undefined {
  const [lacking, extra] = [without(theirs, ours), without(ours, theirs)];
  if (lacking.length > 0 || extra.length > 0)
    return `${path}: lacks [${lacking.join(', ')}], has too many [${extra.join(', ')}] ${canonical(ours).slice(0, 300)}\n  recorded: ${canonical(theirs).slice(0, 600)}`;
  for (const key of Object.keys(ours)) {
    const found = first(ours[key], theirs[key], `${path}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const without = (from: Obj, other: Obj): string[] =>
  Object.keys(from).filter((key) => !Object.hasOwn(other, key));
