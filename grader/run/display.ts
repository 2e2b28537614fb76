import { inspect } from 'node:util';
import type { EngineText } from '../text.ts';

/** A value of more characters than this is a mistake in itself; nobody reads it, and it would fill every report. */
const readable = 100_000;

/** Cuts only what is too long for anything to hold, and says how much is missing. */
export function bounded(value: string, text: EngineText): string {
  if (value.length <= readable) return value;
  return `${value.slice(0, readable)}\n${text.value.cut(value.length - readable)}`;
}

/** A value as a student knows it: JSON where JSON can say it all, JavaScript otherwise. */
export function display(value: unknown): string {
  if (value instanceof RegExp) return String(value);
  if (saidByJson(value)) return JSON.stringify(value, null, 2);
  return inspect(value, {
    depth: Infinity,
    maxArrayLength: null,
    maxStringLength: null,
    breakLength: 80,
    getters: false,
  });
}

function saidByJson(value: unknown, above: readonly object[] = []): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object' || above.includes(value)) return false;
  const path = [...above, value];
  if (Array.isArray(value)) return value.every((item) => saidByJson(item, path));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every((item) => saidByJson(item, path));
}
