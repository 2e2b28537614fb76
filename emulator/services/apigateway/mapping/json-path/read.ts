import type { Budget } from '../velocity/budget.ts';
import { withPattern } from '../velocity/java-pattern.ts';
import { equal } from '../velocity/operators.ts';
import { Double, List, numberOf, type Value } from '../velocity/value.ts';
import { parsePath, type Filter, type Operand, type Path, type PathStep } from './parse.ts';

const parsed = new Map<string, Path>();

/** A path as text, read once. */
export function pathOf(text: string): Path {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const path = parsePath(text);
  if (parsed.size > 500) parsed.clear();
  parsed.set(text, path);
  return path;
}

/**
 * What a path leads to.
 * @returns for a definite path its value, `undefined` where it leads nowhere; else a list of all it leads to
 */
export function readPath(root: Value, path: Path, budget: Budget): Value | undefined {
  return follow(root, root, path, budget);
}

function follow(root: Value, from: Value, { steps, definite }: Path, budget: Budget): Value | undefined {
  let current: Value[] = [from];
  // A function after an indefinite path is applied to the list of what it led to.
  let indefinite = false;
  for (const step of steps) {
    if (step.kind === 'function') {
      const subject = indefinite ? new List(current, true) : (current[0] ?? null);
      current = indefinite || current.length > 0 ? [applied(step.name, subject)] : [];
      indefinite = false;
      continue;
    }
    const next: Value[] = [];
    for (const value of current) take(root, value, step, budget, next);
    current = next;
    indefinite ||= !(step.kind === 'names' && step.names.length === 1) && step.kind !== 'indexes';
    indefinite ||= step.kind === 'indexes' && step.indexes.length > 1;
  }
  return definite || !indefinite ? current[0] : new List(current, true);
}

function take(
  root: Value,
  value: Value,
  step: Exclude<PathStep, { kind: 'function' }>,
  budget: Budget,
  out: Value[],
): void {
  budget.step();
  switch (step.kind) {
    case 'names':
      takeNames(value, step.names, out);
      return;
    case 'indexes':
      if (!(value instanceof List)) return;
      for (const index of step.indexes) {
        const item = value.items.at(index);
        if (item !== undefined) out.push(item);
      }
      return;
    case 'slice':
      if (value instanceof List) push(out, value.items.slice(step.from, step.to), budget);
      return;
    case 'all':
      push(out, children(value), budget);
      return;
    case 'deep':
      deep(value, budget, out);
      return;
    case 'filter':
      for (const child of candidates(value)) if (holds(root, child, step.filter, budget)) out.push(child);
      return;
  }
}

function push(out: Value[], values: readonly Value[], budget: Budget): void {
  budget.step(values.length);
  for (const value of values) out.push(value);
}

function takeNames(value: Value, names: readonly string[], out: Value[]): void {
  if (!(value instanceof Map)) return;
  for (const name of names) {
    const member = value.get(name);
    if (member !== undefined) out.push(member);
  }
}

/** The value and all that lies below it. */
function deep(value: Value, budget: Budget, out: Value[]): void {
  budget.step();
  if (!(value instanceof Map) && !(value instanceof List)) return;
  out.push(value);
  budget.nested(() => {
    for (const child of children(value)) deep(child, budget, out);
  });
}

function children(value: Value): readonly Value[] {
  if (value instanceof List) return value.items;
  return value instanceof Map ? [...value.values()] : [];
}

/** A filter looks at a list's items, or at an object itself. */
const candidates = (value: Value): readonly Value[] =>
  value instanceof List ? value.items : value instanceof Map ? [value] : [];

function holds(root: Value, value: Value, filter: Filter, budget: Budget): boolean {
  budget.step();
  switch (filter.kind) {
    case 'or':
      return holds(root, value, filter.left, budget) || holds(root, value, filter.right, budget);
    case 'and':
      return holds(root, value, filter.left, budget) && holds(root, value, filter.right, budget);
    case 'not':
      return !holds(root, value, filter.filter, budget);
    case 'exists':
      return operand(root, value, filter.operand, budget) !== undefined;
    case 'compare':
      return compare(root, value, filter, budget);
  }
}

function compare(
  root: Value,
  value: Value,
  filter: Extract<Filter, { kind: 'compare' }>,
  budget: Budget,
): boolean {
  const { operator, left, right } = filter;
  const one = operand(root, value, left, budget);
  if (right.kind === 'pattern') {
    if (operator !== '=~' || typeof one !== 'string') return false;
    const flags = right.flags === '' ? '' : `(?${right.flags})`;
    return withPattern(`${flags}^(?:${right.source})$`, budget, (pattern) => pattern.test(one));
  }
  if (right.kind === 'values') {
    const among = right.values.some((item) => one !== undefined && same(one, item, budget));
    return operator === 'in' ? among : operator === 'nin' && !among;
  }
  const other = operand(root, value, right, budget);
  switch (operator) {
    case '==':
      return one !== undefined && other !== undefined && same(one, other, budget);
    case '!=':
      return one === undefined || other === undefined || !same(one, other, budget);
    case 'in':
    case 'nin':
      return (
        other instanceof List &&
        one !== undefined &&
        other.items.some((item) => same(one, item, budget)) === (operator === 'in')
      );
    case '=~':
      return false;
    default:
      return ordered(operator, one, other);
  }
}

/** JSON's own equality: text is no number, null is no empty text. */
const same = (one: Value, other: Value, budget: Budget): boolean =>
  one === null || other === null
    ? one === other
    : (typeof one === 'string') === (typeof other === 'string') && equal(one, other, budget);

function ordered(
  operator: '<' | '<=' | '>' | '>=',
  one: Value | undefined,
  other: Value | undefined,
): boolean {
  const [left, right] = [comparable(one), comparable(other)];
  if (
    left === undefined ||
    right === undefined ||
    (typeof left === 'string') !== (typeof right === 'string')
  ) {
    return false;
  }
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

const comparable = (value: Value | undefined): string | number | bigint | undefined =>
  typeof value === 'string' ? value : value === undefined ? undefined : numberOf(value);

function operand(root: Value, value: Value, of: Operand, budget: Budget): Value | undefined {
  switch (of.kind) {
    case 'value':
      return of.value;
    case 'values':
      return new List([...of.values], true);
    case 'pattern':
      return of.source;
    case 'path':
      return budget.nested(() => follow(root, of.root ? root : value, of.path, budget));
  }
}

/** `$.list.length()` and its like; what they cannot answer is null. */
function applied(name: string, value: Value): Value {
  if (name === 'length' || name === 'size') {
    if (value instanceof List) return value.items.length;
    if (value instanceof Map) return value.size;
    return typeof value === 'string' ? value.length : null;
  }
  if (name === 'keys') return value instanceof Map ? new List([...value.keys()], true) : null;
  const items = value instanceof List ? value.items : [];
  if (name === 'first') return items[0] ?? null;
  if (name === 'last') return items.at(-1) ?? null;
  const numbers = items
    .map(numberOf)
    .filter((number) => number !== undefined)
    .map(Number);
  if (numbers.length === 0) return null;
  const sum = numbers.reduce((total, number) => total + number, 0);
  switch (name) {
    case 'min':
      return new Double(numbers.reduce((least, number) => Math.min(least, number)));
    case 'max':
      return new Double(numbers.reduce((most, number) => Math.max(most, number)));
    case 'sum':
      return new Double(sum);
    case 'avg':
      return new Double(sum / numbers.length);
    default:
      return null;
  }
}
