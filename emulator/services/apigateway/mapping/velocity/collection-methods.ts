import type { Budget } from './budget.ts';
import { equal } from './operators.ts';
import { javaText } from './java-text.ts';
import { Entry, List, numberOf, type Table, type Value } from './value.ts';

/** Java's `List`. `undefined` where there is no such method. */
export function listMethod(
  list: List,
  name: string,
  args: readonly Value[],
  budget: Budget,
): Value | undefined {
  const { items } = list;
  // Most of these go through the list once.
  budget.step(items.length / 50);
  const first = args[0] ?? null;
  const whole = (index: number): number => Math.trunc(Number(numberOf(args[index] ?? null) ?? -1));
  switch (name) {
    case 'size':
    case 'length':
      return items.length;
    case 'isEmpty':
      return items.length === 0;
    case 'get':
      return items[whole(0)] ?? null;
    case 'contains':
      return items.some((item) => equal(item, first, budget));
    case 'containsAll':
      return (
        first instanceof List && first.items.every((one) => items.some((item) => equal(item, one, budget)))
      );
    case 'indexOf':
      return items.findIndex((item) => equal(item, first, budget));
    case 'add':
      budget.step(10);
      if (args.length > 1) items.splice(whole(0), 0, args[1] ?? null);
      else items.push(first);
      return true;
    case 'addAll': {
      const added = first instanceof List ? [...first.items] : [];
      budget.step(added.length);
      for (const item of added) items.push(item);
      return added.length > 0;
    }
    case 'set': {
      const index = whole(0);
      const before = items[index];
      if (before === undefined) return null;
      items[index] = args[1] ?? null;
      return before;
    }
    case 'remove': {
      const index =
        numberOf(first) === undefined ? items.findIndex((item) => equal(item, first, budget)) : whole(0);
      const gone = index < 0 ? undefined : items.splice(index, 1)[0];
      if (numberOf(first) === undefined) return gone !== undefined;
      return gone ?? null;
    }
    case 'clear':
      items.length = 0;
      return null;
    case 'subList': {
      const made = items.slice(Math.max(0, whole(0)), Math.max(0, whole(1)));
      budget.step(made.length);
      return new List(made, list.json);
    }
    case 'toArray':
    case 'iterator':
    case 'stream':
      return list;
    default:
      return undefined;
  }
}

/** Java's `Map`. */
export function mapMethod(
  map: Table,
  name: string,
  args: readonly Value[],
  budget: Budget,
): Value | undefined {
  const key = javaText(args[0] ?? null, budget);
  const value = args[1] ?? null;
  switch (name) {
    case 'get':
      return map.get(key) ?? null;
    case 'getOrDefault':
      return map.get(key) ?? value;
    case 'put':
    case 'putIfAbsent': {
      const before = map.get(key) ?? null;
      budget.step(10);
      if (name === 'put' || before === null) map.set(key, value);
      return before;
    }
    case 'putAll': {
      const added = args[0] instanceof Map ? [...args[0]] : [];
      budget.step(added.length);
      for (const [one, item] of added) map.set(one, item);
      return null;
    }
    case 'remove': {
      const before = map.get(key) ?? null;
      map.delete(key);
      return before;
    }
    case 'clear':
      map.clear();
      return null;
    case 'containsKey':
      return map.has(key);
    case 'containsValue':
      return [...map.values()].some((item) => equal(item, args[0] ?? null, budget));
    case 'size':
      return map.size;
    case 'isEmpty':
      return map.size === 0;
    case 'keySet':
      budget.step(map.size);
      return new List([...map.keys()]);
    case 'values':
      budget.step(map.size);
      return new List([...map.values()]);
    case 'entrySet':
      budget.step(map.size);
      return new List([...map].map(([one, item]) => new Entry(one, item)));
    default:
      return undefined;
  }
}
