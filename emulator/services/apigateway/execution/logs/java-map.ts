import type { Values } from '../exchange.ts';

/** As AWS writes headers and parameters into logs: `{a=1, b=2}`. */
export function javaMap(values: Values | Readonly<Record<string, string>>): string {
  const entries = Object.entries<string | readonly string[]>(values).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : value.join(',')}`,
  );
  return `{${entries.join(', ')}}`;
}
