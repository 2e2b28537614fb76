/*
 * Reads IAM policy documents: what they grant, and to whom. It answers the two questions of this lab and is no
 * simulator; grammar: IAM user guide, "Grammar of the IAM JSON policy language".
 */

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** The statement names what it does not cover. */
  readonly negated: boolean;
  readonly resources: readonly string[];
  /** Kind and name: `Service`, `lambda.amazonaws.com`. Anybody is kind `*`. */
  readonly principals: readonly { readonly kind: string; readonly name: string }[];
  readonly conditional: boolean;
}

/** @param document JSON, or JSON that is percent-encoded as IAM's answers have it */
export function readPolicy(document: string): Statement[] {
  const text = document.trimStart().startsWith('{') ? document : decodeURIComponent(document);
  const { Statement } = JSON.parse(text) as { Statement?: unknown };
  return list(Statement).map((each) => {
    const statement = (each ?? {}) as Record<string, unknown>;
    return {
      effect: statement.Effect === 'Deny' ? 'Deny' : 'Allow',
      actions: list(statement.Action).map(String),
      negated: ['NotAction', 'NotResource', 'NotPrincipal'].some((key) => key in statement),
      resources: list(statement.Resource).map(String),
      principals: principalsOf(statement.Principal),
      conditional: 'Condition' in statement,
    };
  });
}

function principalsOf(principal: unknown): Statement['principals'] {
  if (principal === undefined || principal === null) return [];
  if (typeof principal !== 'object') return [{ kind: '*', name: JSON.stringify(principal) }];
  return Object.entries(principal).flatMap(([kind, value]) =>
    list(value).map((name) => ({ kind: name === '*' ? '*' : kind, name: String(name) })),
  );
}

const list = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Whether a pattern with `*` and `?` covers a value. Actions compare without regard to case, resources with. */
export function covers(pattern: string, value: string, { ignoreCase = false } = {}): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, ignoreCase ? 'is' : 's').test(value);
}

/** Whether statements allow an action on one of the resources, any of which stands for the same thing. */
export function allows(
  statements: readonly Statement[],
  action: string,
  resources: readonly string[],
): boolean {
  const matching = statements.filter(
    (statement) =>
      !statement.negated &&
      statement.actions.some((pattern) => covers(pattern, action, { ignoreCase: true })) &&
      statement.resources.some((pattern) => resources.some((resource) => covers(pattern, resource))),
  );
  return (
    matching.some(({ effect }) => effect === 'Allow') &&
    // A Deny with a condition may not apply to the function; only one without is sure to.
    !matching.some(({ effect, conditional }) => effect === 'Deny' && !conditional)
  );
}
