import type { SpokenCheck } from '../api.ts';

/** What is wrong with a lab's checks before any of them runs; undefined where nothing is. */
export function flawOf(checks: readonly SpokenCheck[]): string | undefined {
  const ids = new Set<string>();
  for (const { id, points } of checks) {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) return `check ${JSON.stringify(id)} is not named in kebab case`;
    if (ids.has(id)) return `two checks are named ${id}`;
    if (!Number.isSafeInteger(points) || points < 0) return `check ${id} is worth ${String(points)} points`;
    ids.add(id);
  }
  for (const { id, needs } of checks)
    for (const need of needs) if (!ids.has(need)) return `check ${id} needs ${need}, which is not there`;
  const cycle = cycleIn(checks);
  return cycle && `checks need one another: ${cycle.join(' → ')}`;
}

function cycleIn(checks: readonly SpokenCheck[]): readonly string[] | undefined {
  const needs = new Map(checks.map((check) => [check.id, check.needs]));
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    if (done.has(id)) return undefined;
    for (const need of needs.get(id) ?? []) {
      const cycle = visit(need, [...path, id]);
      if (cycle) return cycle;
    }
    done.add(id);
    return undefined;
  };
  for (const { id } of checks) {
    const cycle = visit(id, []);
    if (cycle) return cycle;
  }
  return undefined;
}

/** The wished checks with all that they need, in the order of the lab. */
export function withNeeds(checks: readonly SpokenCheck[], wished: readonly string[]): readonly SpokenCheck[] {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const wanted = new Set<string>();
  const add = (id: string) => {
    if (wanted.has(id)) return;
    wanted.add(id);
    byId.get(id)?.needs.forEach(add);
  };
  wished.forEach(add);
  return checks.filter(({ id }) => wanted.has(id));
}

/** Everything that a check needs, directly or through others. */
export const needsOf = (checks: readonly SpokenCheck[], id: string): ReadonlySet<string> =>
  new Set(
    withNeeds(checks, [id])
      .map((check) => check.id)
      .filter((other) => other !== id),
  );
