import { compare, same } from '../value/same.ts';
import { setOf, typeOf, type Item, type Value } from '../value/value.ts';
import { valueAt, type Comparator, type Condition, type Operand } from './tree.ts';

/** Whether a condition holds for an item. An item that is not there has no attributes. */
export function holds(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item) && holds(condition.right, item);
    case 'or':
      return holds(condition.left, item) || holds(condition.right, item);
    case 'not':
      return !holds(condition.condition, item);
    case 'compare':
      return compared(condition.by, valueOf(condition.left, item), valueOf(condition.right, item));
    case 'between': {
      const value = valueOf(condition.operand, item);
      return (
        compared('>=', value, valueOf(condition.low, item)) &&
        compared('<=', value, valueOf(condition.high, item))
      );
    }
    case 'in': {
      const value = valueOf(condition.operand, item);
      return condition.among.some((one) => compared('=', value, valueOf(one, item)));
    }
    case 'exists':
      return (valueAt(item, condition.path) !== undefined) === condition.wanted;
    case 'type': {
      const value = valueAt(item, condition.path);
      return value !== undefined && typeOf(value) === condition.type;
    }
    case 'begins_with':
      return beginsWith(valueOf(condition.left, item), valueOf(condition.right, item));
    case 'contains':
      return contains(valueOf(condition.left, item), valueOf(condition.right, item));
  }
}

function valueOf(operand: Operand, item: Item): Value | undefined {
  switch (operand.kind) {
    case 'value':
      return operand.value;
    case 'path':
      return valueAt(item, operand.path);
    case 'size': {
      const size = sizeOf(valueOf(operand.of, item));
      return size === undefined ? undefined : { N: String(size) };
    }
  }
}

/** A comparison with what is not there never holds, except that it differs from everything. */
function compared(by: Comparator, left: Value | undefined, right: Value | undefined): boolean {
  if (left === undefined || right === undefined) return by === '<>' && left !== right;
  if (by === '=') return same(left, right);
  if (by === '<>') return !same(left, right);
  const order = compare(left, right);
  if (order === undefined) return false;
  if (by === '<') return order < 0;
  if (by === '<=') return order <= 0;
  return by === '>' ? order > 0 : order >= 0;
}

/** Characters, bytes or members. */
function sizeOf(value: Value | undefined): number | undefined {
  if (value === undefined) return undefined;
  if ('S' in value) return value.S.length;
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('L' in value) return value.L.length;
  if ('M' in value) return Object.keys(value.M).length;
  return setOf(value)?.members.length;
}

function beginsWith(value: Value | undefined, start: Value | undefined): boolean {
  if (value === undefined || start === undefined) return false;
  if ('S' in value && 'S' in start) return value.S.startsWith(start.S);
  if (!('B' in value && 'B' in start)) return false;
  const bytes = Buffer.from(start.B, 'base64');
  return Buffer.from(value.B, 'base64').subarray(0, bytes.length).equals(bytes);
}

function contains(value: Value | undefined, member: Value | undefined): boolean {
  if (value === undefined || member === undefined) return false;
  if ('S' in value) return 'S' in member && value.S.includes(member.S);
  if ('B' in value)
    return 'B' in member && Buffer.from(value.B, 'base64').includes(Buffer.from(member.B, 'base64'));
  if ('L' in value) return value.L.some((one) => same(one, member));
  if ('SS' in value) return 'S' in member && value.SS.includes(member.S);
  if ('NS' in value) return 'N' in member && value.NS.includes(member.N);
  return 'BS' in value && 'B' in member && value.BS.includes(member.B);
}
