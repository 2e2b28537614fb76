import type { Op, PatchOperation } from '@aws-sdk/client-api-gateway';
import { segmentsOf } from './pointer.ts';
import type { Change, PatchTable, PathRule } from './rules.ts';

/**
 * Applies a patch to a resource: all operations in their order, or none.
 * https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
 * @returns the resource as it becomes; `target` itself stays as it is
 * @throws ServiceFailure worded by the table's `refuse`, the rule's own `refuse`, or the rule that was applied
 */
export function patched<Target>(
  target: Target,
  operations: readonly PatchOperation[] | undefined,
  table: PatchTable<Target>,
): Target {
  return (operations ?? []).reduce((current, operation) => applied(current, operation, table), target);
}

function applied<Target>(target: Target, operation: PatchOperation, table: PatchTable<Target>): Target {
  const { op, path, value, from } = operation;
  const found = path === undefined ? undefined : find(path, op, table.rules);
  if (op === undefined || path === undefined || found === undefined) {
    throw table.refuse({ op, path, from }, table.rules);
  }
  const change: Change = { op, path, value, from, names: found.names };
  const apply = found.rule[op];
  if (apply === undefined) throw found.rule.refuse?.(change) ?? table.refuse({ op, path, from }, table.rules);
  return apply(target, change);
}

interface Found<Target> {
  readonly rule: PathRule<Target>;
  readonly names: Readonly<Record<string, string>>;
}

/** The most literal rule for the path; one that has the operation goes before one that has not. */
function find<Target>(
  path: string,
  op: Op | undefined,
  rules: readonly PathRule<Target>[],
): Found<Target> | undefined {
  const segments = segmentsOf(path);
  if (segments === undefined) return undefined;
  const found = rules
    .map((rule) => ({ rule, match: match(rule.path, segments) }))
    .filter((candidate) => candidate.match !== undefined)
    .sort((one, other) => specificity(other.rule.path).localeCompare(specificity(one.rule.path)));
  const best = found.find(({ rule }) => op !== undefined && rule[op] !== undefined) ?? found[0];
  return best?.match === undefined ? undefined : { rule: best.rule, names: best.match };
}

const isName = (segment: string): boolean => segment.startsWith('{') && segment.endsWith('}');

/** `/a/{b}/c` → `101`: compares as text, the literal first. */
const specificity = (path: string): string =>
  path
    .slice(1)
    .split('/')
    .map((segment) => (isName(segment) ? '0' : '1'))
    .join('');

function match(path: string, segments: readonly string[]): Record<string, string> | undefined {
  const parts = path.slice(1).split('/');
  if (parts.length !== segments.length) return undefined;
  const names: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    if (isName(part)) {
      if (segment === '') return undefined;
      names[part.slice(1, -1)] = segment;
    } else if (part !== segment) return undefined;
  }
  return names;
}
