import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { glob, literal, matches } from './pattern.ts';

/** The same question put to the regular expressions that the matcher stands in for. */
function byExpression(wanted: string, text: string): boolean {
  const source = wanted
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  return new RegExp(`^${source}$`).test(text);
}

describe('glob', () => {
  it('agrees with a regular expression', () => {
    const wanted = fc.stringMatching(/^[ab.*?]{0,8}$/);
    const text = fc.stringMatching(/^[ab.]{0,10}$/);
    fc.assert(
      fc.property(wanted, text, (pattern, subject) => {
        expect(glob(pattern, subject)).toBe(byExpression(pattern, subject));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no wildcard in a literal', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (wanted, subject) => {
        expect(matches(literal(wanted), wanted)).toBe(true);
        expect(matches(literal(wanted), subject)).toBe(wanted === subject);
      }),
    );
  });

  it('needs no exponential time', () => {
    const started = performance.now();
    expect(glob('*a'.repeat(500) + 'b', 'a'.repeat(2000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
