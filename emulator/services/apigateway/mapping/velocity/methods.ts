import type { Budget } from './budget.ts';
import { listMethod, mapMethod } from './collection-methods.ts';
import { javaText } from './java-text.ts';
import { equal } from './operators.ts';
import { textMethod } from './text-methods.ts';
import { Double, Entry, Host, integer, List, numberOf, type Value } from './value.ts';

/** `$value.name(args)`. What the object has not, gives nothing. */
export function callMethod(value: Value, name: string, args: readonly Value[], budget: Budget): Value {
  budget.step();
  if (value === null) return null;
  if (value instanceof Host) {
    const method = Object.hasOwn(value.methods, name) ? value.methods[name] : undefined;
    return method?.(args) ?? null;
  }
  if (name === 'toString') return javaText(value, budget);
  if (name === 'equals') return equal(value, args[0] ?? null, budget);
  if (name === 'hashCode') return hashCode(javaText(value, budget), budget);
  return own(value, name, args, budget) ?? bean(value, name) ?? null;
}

function own(
  value: Exclude<Value, null | Host>,
  name: string,
  args: readonly Value[],
  budget: Budget,
): Value | undefined {
  if (typeof value === 'string') return textMethod(value, name, args, budget);
  if (value instanceof List) return listMethod(value, name, args, budget);
  if (value instanceof Map) return mapMethod(value, name, args, budget);
  if (value instanceof Entry) return undefined;
  if (typeof value === 'boolean') return name === 'booleanValue' ? value : undefined;
  return numberMethod(value, name, args, budget);
}

/** `$entry.getKey()` */
function bean(value: Value, name: string): Value | undefined {
  const property = /^get([A-Z])(.*)$/.exec(name);
  return property === null
    ? undefined
    : propertyOf(value, `${(property[1] ?? '').toLowerCase()}${property[2] ?? ''}`);
}

/** `$value.name` */
export function propertyOf(value: Value, name: string): Value {
  if (value instanceof Map) return value.get(name) ?? null;
  if (value instanceof Host) return value.properties(name);
  if (value instanceof Entry) return name === 'key' ? value.key : name === 'value' ? value.value : null;
  if (name === 'empty') {
    if (typeof value === 'string') return value === '';
    if (value instanceof List) return value.items.length === 0;
  }
  return null;
}

/** `$value[key]` */
export function indexed(value: Value, key: Value, budget: Budget): Value {
  if (value instanceof Map) return value.get(javaText(key, budget)) ?? null;
  const index = numberOf(key);
  if (value instanceof List && index !== undefined) return value.items[Number(index)] ?? null;
  return value instanceof Host ? value.properties(javaText(key, budget)) : null;
}

/** An integer's methods do for `#set($Integer = 0)$Integer.parseInt("7")`, the usual way to a number. */
function numberMethod(
  value: number | bigint | Double,
  name: string,
  args: readonly Value[],
  budget: Budget,
): Value | undefined {
  const number = numberOf(value) ?? 0;
  switch (name) {
    case 'intValue':
    case 'longValue':
      return value instanceof Double ? whole(value.value) : value;
    case 'doubleValue':
    case 'floatValue':
      return new Double(Number(number));
    case 'parseInt':
    case 'parseLong':
      return parsed(javaText(args[0] ?? null, budget));
    case 'parseDouble':
    case 'parseFloat':
      return double(javaText(args[0] ?? null, budget));
    case 'valueOf':
      return value instanceof Double
        ? double(javaText(args[0] ?? null, budget))
        : parsed(javaText(args[0] ?? null, budget));
    case 'compareTo': {
      const other = numberOf(args[0] ?? null);
      return other === undefined ? null : number < other ? -1 : number > other ? 1 : 0;
    }
    default:
      return undefined;
  }
}

const whole = (value: number): Value => (Number.isFinite(value) ? integer(BigInt(Math.trunc(value))) : null);
const parsed = (text: string): Value =>
  /^[+-]?\d{1,300}$/.test(text) ? integer(BigInt(text.replace(/^\+/, ''))) : null;
const double = (text: string): Value =>
  /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text.trim()) ? new Double(Number(text)) : null;

/** Java's String.hashCode, for whoever makes keys of it. */
function hashCode(text: string, budget: Budget): number {
  budget.step(text.length / 100);
  let hash = 0;
  for (let index = 0; index < text.length; index += 1)
    hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}
