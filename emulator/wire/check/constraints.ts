import type { Limit } from '../../service/service.ts';
import type { Shape } from '../schema/shape.ts';
import { compilePattern } from './pattern.ts';

/** One constraint of a limit, in AWS's words. */
export interface Constraint {
  readonly kind: 'enum' | 'max' | 'min' | 'pattern';
  readonly text: string;
  /** Only of a pattern. */
  readonly pattern?: string;
  brokenBy(value: unknown): boolean;
}

/** The constraints of a limit, in the order in which AWS lists those of a collection's items. */
export function constraintsOf(limit: Limit, shape: Shape): readonly Constraint[] {
  const measured = shape.kind === 'number' ? 'value' : 'length';
  const { enum: words, max, min, pattern } = limit;
  const out: Constraint[] = [];
  if (words !== undefined)
    out.push({
      kind: 'enum',
      text: `Member must satisfy enum value set: [${words.join(', ')}]`,
      brokenBy: (value) => !words.includes(String(value)),
    });
  if (max !== undefined)
    out.push({
      kind: 'max',
      text: `Member must have ${measured} less than or equal to ${max}`,
      brokenBy: (value) => sizeOf(value) > max,
    });
  if (min !== undefined)
    out.push({
      kind: 'min',
      text: `Member must have ${measured} greater than or equal to ${min}`,
      brokenBy: (value) => sizeOf(value) < min,
    });
  const expression = pattern === undefined ? undefined : compilePattern(pattern);
  if (pattern !== undefined && expression !== undefined) {
    // A text that is too long is refused for that: patterns are not made for megabytes, and need not run over them.
    const longest = Math.min(max ?? longestTried, longestTried);
    out.push({
      kind: 'pattern',
      pattern,
      text: `Member must satisfy regular expression pattern: ${pattern}`,
      brokenBy: (value) => String(value).length <= longest && !expression.test(String(value)),
    });
  }
  return out;
}

/** Recorded: where one value breaks several constraints, the pattern is told before the length. */
export function inTellingOrder(constraints: readonly Constraint[]): readonly Constraint[] {
  const pattern = constraints.filter(({ kind }) => kind === 'pattern');
  return [...pattern, ...constraints.filter(({ kind }) => kind !== 'pattern')];
}

const longestTried = 131_072;

/** A number's value, or the length of anything else: UTF-16 units, bytes, items or entries. */
function sizeOf(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  if (value instanceof Uint8Array) return value.byteLength;
  return Object.keys(value as object).length;
}
