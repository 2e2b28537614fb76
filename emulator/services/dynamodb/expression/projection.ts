import { attribute, type Item, type Value } from '../value/value.ts';
import type { Names } from './names.ts';
import { checkApart, Reader } from './reader.ts';
import type { Path } from './tree.ts';

/** Reads a list of paths. Failures lack the words that say which expression it is. */
export function readProjection(text: string, names: Names): readonly Path[] {
  const reader = new Reader(text, names);
  const paths = [reader.path()];
  while (reader.takeSign(',')) paths.push(reader.path());
  reader.expectEnd();
  checkApart(paths);
  return paths;
}

/** What is wanted of a value: all of it, or some of its members. */
type Wanted = 'all' | Map<string | number, Wanted>;

/** The parts of an item that lie at paths. Places of a list that were asked for stand close together. */
export function projected(item: Item, paths: readonly Path[]): Item {
  const wanted = new Map<string | number, Wanted>();
  for (const path of paths) {
    let at = wanted;
    for (const [index, part] of path.entries()) {
      const known = at.get(part);
      if (index === path.length - 1) at.set(part, 'all');
      else if (known instanceof Map) at = known;
      else {
        const next = new Map<string | number, Wanted>();
        at.set(part, next);
        at = next;
      }
    }
  }
  return members(item, wanted);
}

function members(item: Item, wanted: ReadonlyMap<string | number, Wanted>): Item {
  const out: [string, Value][] = [];
  for (const [name, more] of wanted) {
    const value = typeof name === 'string' ? attribute(item, name) : undefined;
    const part = value === undefined ? undefined : partOf(value, more);
    if (part !== undefined) out.push([String(name), part]);
  }
  return Object.fromEntries(out);
}

function partOf(value: Value, wanted: Wanted): Value | undefined {
  if (wanted === 'all') return value;
  if ('M' in value) {
    const inner = members(value.M, wanted);
    return Object.keys(inner).length === 0 ? undefined : { M: inner };
  }
  if (!('L' in value)) return undefined;
  const places = [...wanted].filter((one): one is [number, Wanted] => typeof one[0] === 'number');
  const parts: Value[] = [];
  for (const [place, more] of places.sort(([a], [b]) => a - b)) {
    const member = value.L[place];
    const part = member === undefined ? undefined : partOf(member, more);
    if (part !== undefined) parts.push(part);
  }
  return parts.length === 0 ? undefined : { L: parts };
}
