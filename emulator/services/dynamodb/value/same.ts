import { compareNumbers } from './number.ts';
import { textOrder } from './order.ts';
import { attribute, setOf, type Item, type Value } from './value.ts';

/** Whether two values are equal. Sets are, whatever the order of their members. */
export function same(left: Value, right: Value): boolean {
  if (left === right) return true;
  if ('S' in left) return 'S' in right && left.S === right.S;
  if ('N' in left) return 'N' in right && left.N === right.N;
  if ('B' in left) return 'B' in right && left.B === right.B;
  if ('BOOL' in left) return 'BOOL' in right && left.BOOL === right.BOOL;
  if ('NULL' in left) return 'NULL' in right;
  if ('M' in left) return 'M' in right && sameItem(left.M, right.M);
  if ('L' in left) {
    if (!('L' in right) || left.L.length !== right.L.length) return false;
    const others = right.L;
    return left.L.every((value, index) => {
      const other = others[index];
      return other !== undefined && same(value, other);
    });
  }
  const [a, b] = [setOf(left), setOf(right)];
  if (a === undefined || b === undefined || a.type !== b.type) return false;
  if (a.members.length !== b.members.length) return false;
  const members = new Set(b.members);
  return a.members.every((member) => members.has(member));
}

/** Whether two items have the same attributes with the same values. */
export function sameItem(left: Item, right: Item): boolean {
  if (left === right) return true;
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => {
    const [a, b] = [attribute(left, name), attribute(right, name)];
    return a !== undefined && b !== undefined && same(a, b);
  });
}

/** Negative, zero or positive; undefined where the two cannot be ordered: other types, or types without order. */
export function compare(left: Value, right: Value): number | undefined {
  if ('N' in left && 'N' in right) return compareNumbers(left.N, right.N);
  if ('S' in left && 'S' in right) return ofTexts(textOrder(left.S), textOrder(right.S));
  if ('B' in left && 'B' in right) return Buffer.compare(bytes(left.B), bytes(right.B));
  return undefined;
}

function ofTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function bytes(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}
