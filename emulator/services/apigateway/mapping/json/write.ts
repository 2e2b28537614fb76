import type { Budget } from '../velocity/budget.ts';
import { javaDouble } from '../velocity/java-text.ts';
import { Double, Entry, Host, List, type Value } from '../velocity/value.ts';

/** JSON without spaces, as `$input.json` gives it. */
export function writeJson(value: Value, budget: Budget): string {
  budget.step();
  if (value === null || value instanceof Host) return 'null';
  if (typeof value === 'string') return budget.text(JSON.stringify(value));
  if (value instanceof Double) return Number.isFinite(value.value) ? javaDouble(value.value) : 'null';
  if (value instanceof List) {
    return budget.nested(() =>
      budget.text(`[${value.items.map((item) => writeJson(item, budget)).join(',')}]`),
    );
  }
  if (value instanceof Map) {
    const members = (): string[] =>
      [...value].map(([key, item]) => `${JSON.stringify(key)}:${writeJson(item, budget)}`);
    return budget.nested(() => budget.text(`{${members().join(',')}}`));
  }
  if (value instanceof Entry) return writeJson(new Map([[value.key, value.value]]), budget);
  return String(value);
}
