/** A moment, in ms since 1970: it calculates like a number and is written like a date. */
export class Instant {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }
}

/** What a field or an expression has in an event. Null: nothing is there. Objects are JSON. */
export type Value = number | string | Instant | object | null;

const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/** The number that a value is, or undefined. A text of digits is one. */
export function asNumber(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof Instant) return value.ms;
  return typeof value === 'string' && value.length < 40 && NUMBER.test(value) ? Number(value) : undefined;
}

/** `2026-11-23 10:20:00.000` */
function dateText(ms: number): string {
  return Number.isFinite(ms) && Math.abs(ms) <= 8.64e15
    ? new Date(ms).toISOString().slice(0, 23).replace('T', ' ')
    : String(ms);
}

/** Results have four decimals at most: `122.0703`. */
function numberText(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toFixed(4)));
}

/** A value as results show it. */
export function asText(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  return value instanceof Instant ? dateText(value.ms) : JSON.stringify(value);
}

/** What a JSON document has, as a value: true is 1 and false is 0. */
export function fromJson(value: unknown): Value {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' || typeof value === 'number') return value;
  return typeof value === 'object' ? value : null;
}

/** Whether a condition holds. */
export function isTrue(value: Value): boolean {
  if (value === null || value === '') return false;
  const number = asNumber(value);
  return number === undefined ? true : number !== 0;
}

/**
 * The order of `sort`: missing values last, texts that are no numbers before numbers, numbers inside texts by their
 * value. Source: CloudWatch Logs User Guide, "sort".
 */
export function compareValues(a: Value, b: Value): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const [left, right] = [asNumber(a), asNumber(b)];
  if (left !== undefined && right !== undefined) return left - right;
  if (left !== undefined || right !== undefined) return left === undefined ? -1 : 1;
  return compareTexts(asText(a), asText(b));
}

function compareTexts(a: string, b: string): number {
  if (!/\d/.test(a) || !/\d/.test(b)) return a < b ? -1 : a > b ? 1 : 0;
  const [left, right] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const [x = '', y = ''] = [left[index], right[index]];
    if (x === y) continue;
    const numbers = Number(x) - Number(y);
    return Number.isNaN(numbers) || numbers === 0 ? (x < y ? -1 : 1) : numbers;
  }
  return left.length - right.length;
}
