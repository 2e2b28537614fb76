import { invalid } from '../failures.ts';
import { addNumbers, negated } from '../value/number.ts';
import { asSet, attribute, setOf, type Item, type Value } from '../value/value.ts';
import { valueAt, type Action, type Computed, type Path, type Update } from './tree.ts';

/**
 * The item after an update. Operands are what they were before it, whatever the order of the actions.
 * @throws ServiceFailure where the item has not what the update needs
 */
export function updated(item: Item, update: Update): Item {
  const changes = update.map((action) => ({ path: action.path, value: resultOf(action, item) }));
  let out = item;
  // A place behind a list's end is its end: the places are filled in their order.
  for (const { path, value } of changes.filter(({ value }) => value !== undefined).sort(byPlace))
    out = changed(out, path, value);
  // What lies behind a removed place moves up, so the last places go first.
  for (const { path } of changes
    .filter(({ value }) => value === undefined)
    .sort(byPlace)
    .reverse())
    out = changed(out, path, undefined);
  return out;
}

/** Orders paths part by part, so that those into the same list lie in the order of its places. */
function byPlace({ path: a }: { path: Path }, { path: b }: { path: Path }): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (part === other) continue;
    if (typeof part === 'number' && typeof other === 'number') return part - other;
    return String(part) < String(other) ? -1 : 1;
  }
  return 0;
}

/** What an action puts at its path; undefined takes away what is there. */
function resultOf(action: Action, item: Item): Value | undefined {
  switch (action.kind) {
    case 'set':
      return computed(action.to, item);
    case 'remove':
      return undefined;
    case 'add':
      return added(valueAt(item, action.path), action.value);
    case 'delete': {
      const found = valueAt(item, action.path);
      return found === undefined ? undefined : without(found, action.value);
    }
  }
}

function computed(what: Computed, item: Item): Value {
  switch (what.kind) {
    case 'value':
      return what.value;
    case 'path': {
      const value = valueAt(item, what.path);
      if (value === undefined)
        throw invalid('The provided expression refers to an attribute that does not exist in the item');
      return value;
    }
    case 'if_not_exists':
      return valueAt(item, what.path) ?? computed(what.otherwise, item);
    case 'list_append': {
      const [left, right] = [computed(what.left, item), computed(what.right, item)];
      if (!('L' in left && 'L' in right)) throw wrongType();
      return { L: [...left.L, ...right.L] };
    }
    case 'plus':
    case 'minus': {
      const [left, right] = [computed(what.left, item), computed(what.right, item)];
      if (!('N' in left && 'N' in right)) throw wrongType();
      return { N: addNumbers(left.N, what.kind === 'plus' ? right.N : negated(right.N)) };
    }
  }
}

function added(found: Value | undefined, value: Value): Value {
  if (found === undefined) return value;
  if ('N' in value && 'N' in found) return { N: addNumbers(found.N, value.N) };
  const [old, more] = [setOf(found), setOf(value)];
  if (old === undefined || more?.type !== old.type) throw wrongType();
  return asSet(old.type, [...new Set([...old.members, ...more.members])]);
}

/** A set without members is no set. */
function without(found: Value, value: Value): Value | undefined {
  const [old, less] = [setOf(found), setOf(value)];
  if (old === undefined || less?.type !== old.type) throw wrongType();
  const gone = new Set(less.members);
  const members = old.members.filter((member) => !gone.has(member));
  return members.length === 0 ? undefined : asSet(old.type, members);
}

function wrongType(): ReturnType<typeof invalid> {
  return invalid('An operand in the update expression has an incorrect data type');
}

/** A copy of the item with a value put at a path, or taken away. */
function changed(item: Item, [name, ...rest]: Path, value: Value | undefined): Item {
  const [next, ...more] = rest;
  if (next === undefined) return withMember(item, name, value);
  const inner = attribute(item, name);
  if (inner === undefined) throw noPath();
  return withMember(item, name, changedInside(inner, next, more, value));
}

function changedInside(
  inside: Value,
  part: string | number,
  rest: readonly (string | number)[],
  value: Value | undefined,
): Value {
  if (typeof part === 'string') {
    if (!('M' in inside)) throw noPath();
    return { M: changed(inside.M, [part, ...rest], value) };
  }
  if (!('L' in inside)) throw noPath();
  const list = inside.L;
  const [next, ...more] = rest;
  if (next !== undefined) {
    const member = list[part];
    if (member === undefined) throw noPath();
    return { L: list.with(part, changedInside(member, next, more, value)) };
  }
  if (value === undefined) return { L: list.filter((_, index) => index !== part) };
  return { L: part < list.length ? list.with(part, value) : [...list, value] };
}

function withMember(item: Item, name: string, value: Value | undefined): Item {
  if (value !== undefined) return { ...item, [name]: value };
  return Object.fromEntries(Object.entries(item).filter(([other]) => other !== name));
}

function noPath(): ReturnType<typeof invalid> {
  return invalid('The document path provided in the update expression is invalid for update');
}
