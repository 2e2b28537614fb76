import type { Item, Value } from '../value/value.ts';

/** A place in an item: an attribute, then members of maps and places in lists. */
export type Path = readonly [string, ...(string | number)[]];

/** What a condition compares. */
export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'size'; readonly of: Operand };

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'compare'; readonly by: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly among: readonly Operand[] }
  | { readonly kind: 'exists'; readonly path: Path; readonly wanted: boolean }
  | { readonly kind: 'type'; readonly path: Path; readonly type: string }
  | { readonly kind: 'begins_with' | 'contains'; readonly left: Operand; readonly right: Operand };

/** What SET computes. */
export type Computed =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'if_not_exists'; readonly path: Path; readonly otherwise: Computed }
  | { readonly kind: 'list_append' | 'plus' | 'minus'; readonly left: Computed; readonly right: Computed };

export type Action =
  | { readonly kind: 'set'; readonly path: Path; readonly to: Computed }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly value: Value };

export type Update = readonly Action[];

/** `a.b[2]` as DynamoDB shows it: `[a, b, [2]]`. */
export function pathText(path: Path): string {
  return `[${path.map((part) => (typeof part === 'number' ? `[${part}]` : part)).join(', ')}]`;
}

/** The value at a path of an item, if there is one. */
export function valueAt(item: Item, path: Path): Value | undefined {
  const [name, ...rest] = path;
  let value: Value | undefined = member(item, name);
  for (const part of rest) {
    if (value === undefined) return undefined;
    if (typeof part === 'number') value = 'L' in value ? value.L[part] : undefined;
    else value = 'M' in value ? member(value.M, part) : undefined;
  }
  return value;
}

function member(item: Item, name: string): Value | undefined {
  return Object.hasOwn(item, name) ? item[name] : undefined;
}

/** Every path that a condition looks at. */
export function conditionPaths(condition: Condition): readonly Path[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...conditionPaths(condition.left), ...conditionPaths(condition.right)];
    case 'not':
      return conditionPaths(condition.condition);
    case 'exists':
    case 'type':
      return [condition.path];
    case 'compare':
    case 'begins_with':
    case 'contains':
      return [condition.left, condition.right].flatMap(operandPaths);
    case 'between':
      return [condition.operand, condition.low, condition.high].flatMap(operandPaths);
    case 'in':
      return [condition.operand, ...condition.among].flatMap(operandPaths);
  }
}

function operandPaths(operand: Operand): readonly Path[] {
  if (operand.kind === 'path') return [operand.path];
  return operand.kind === 'size' ? operandPaths(operand.of) : [];
}
