import { writeJson } from '../json/write.ts';
import type { Budget } from './budget.ts';
import { Double, Entry, Host, List, type Value } from './value.ts';

/** What `toString()` gives in Java; nothing for null, as recorded on AWS. */
export function javaText(value: Value, budget: Budget): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint')
    return String(value);
  if (value instanceof Double) return javaDouble(value.value);
  if (value instanceof Host) return '';
  return budget.text(inside(value, budget));
}

function inside(value: Value, budget: Budget): string {
  budget.step();
  if (value === null) return 'null';
  if (value instanceof List) {
    if (value.json) return writeJson(value, budget);
    return budget.nested(() =>
      budget.text(`[${value.items.map((item) => inside(item, budget)).join(', ')}]`),
    );
  }
  if (value instanceof Map) {
    const entries = (): string[] => [...value].map(([key, item]) => `${key}=${inside(item, budget)}`);
    return budget.nested(() => budget.text(`{${entries().join(', ')}}`));
  }
  if (value instanceof Entry) return budget.nested(() => `${value.key}=${inside(value.value, budget)}`);
  return budget.text(javaText(value, budget));
}

/** `1.0`, `1.23456789E7`, `1.0E-5`: Java's Double.toString. */
export function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) {
    const plain = String(value);
    return plain.includes('.') ? plain : `${plain}.0`;
  }
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`;
}
