/*
 * Reads from a function's policy for whom API Gateway may call it. It answers that one question and is no simulator;
 * grammar: IAM user guide, "Grammar of the IAM JSON policy language".
 */

/** One statement that lets API Gateway in. */
export interface Admission {
  /** What the statement is, as it stands in the policy. */
  readonly statement: unknown;
  /** It lets everybody in, not API Gateway alone. */
  readonly everybody: boolean;
  /** Which source ARNs it admits; undefined where it asks for none. */
  readonly sources: readonly string[] | undefined;
}

const service = 'apigateway.amazonaws.com';

/** @param document the policy as GetPolicy answers it */
export function admissionsOf(document: string): Admission[] {
  const { Statement } = JSON.parse(document) as { Statement?: unknown };
  return list(Statement).flatMap((statement): Admission[] => {
    const { Effect, Principal, Action, Condition } = statement as Record<string, unknown>;
    const invokes = list(Action).some((action) =>
      covers(String(action).toLowerCase(), 'lambda:invokefunction'),
    );
    if (Effect !== 'Allow' || !invokes) return [];
    const named =
      typeof Principal === 'object' && Principal !== null ? Object.values(Principal) : [Principal];
    const principals = named.flatMap(list).map(String);
    const everybody = principals.includes('*');
    if (!everybody && !principals.includes(service)) return [];
    return [{ statement, everybody, sources: sourcesOf(Condition) }];
  });
}

function sourcesOf(condition: unknown): string[] | undefined {
  const sources = Object.entries((condition ?? {}) as Record<string, object>).flatMap(([operator, keys]) =>
    /^(Arn|String)(Like|Equals)$/.test(operator)
      ? Object.entries(keys as Record<string, unknown>).flatMap(([key, value]) =>
          key.toLowerCase() === 'aws:sourcearn' ? list(value).map(String) : [],
        )
      : [],
  );
  return sources.length === 0 ? undefined : sources;
}

/** Whether a pattern with `*` and `?` covers a value. */
export function covers(pattern: string, value: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(value);
}

const list = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
