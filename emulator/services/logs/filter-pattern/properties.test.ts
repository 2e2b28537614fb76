import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FilterPatternFailure, parseFilterPattern } from './pattern.ts';

const word = fc.stringMatching(/^[A-Za-z0-9_]{1,12}$/);
const matches = (pattern: string, message: string): boolean =>
  parseFilterPattern(pattern).match(message) !== undefined;
const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

describe('any pattern', () => {
  it('parses or fails with a position inside it, and never otherwise', () => {
    const pieces = fc.constantFrom(
      '{', '}', '[', ']', '(', ')', '$', '.', '$.a', '=', '!=', '>', '1', 'x', '"', '"x"', '%', '%a%', '*', '&&', '||',
      ' ', ',', '...', '-', '?', 'IS', 'NULL', 'NOT', 'EXISTS', '\\', "['", "']", '한',
    ); // prettier-ignore
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.string(), (pattern, message) => {
        try {
          parseFilterPattern(pattern).match(message);
        } catch (error) {
          if (!(error instanceof FilterPatternFailure)) throw error;
          expect(error.position).toBeGreaterThanOrEqual(0);
          expect(error.position).toBeLessThanOrEqual(pattern.length);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('terms', () => {
  it('match a message that contains them, wherever they stand in it', () => {
    fc.assert(
      fc.property(word, fc.string(), fc.string(), (term, before, after) => {
        expect(matches(term, before + term + after)).toBe(true);
        expect(matches(`-${term}`, before + term + after)).toBe(false);
        expect(matches(`?${term}`, before + term + after)).toBe(true);
      }),
    );
  });

  it('find any text as a quoted phrase', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), fc.string(), (phrase, around) => {
        expect(matches(quote(phrase), around + phrase + around)).toBe(true);
      }),
    );
  });

  it('are all required, in any order', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), fc.array(word), (terms, words) => {
        const message = words.join(' ');
        const expected = terms.every((term) => message.includes(term));
        expect(matches(terms.join(' '), message)).toBe(expected);
        expect(matches([...terms].reverse().join('  '), message)).toBe(expected);
        const some = terms.some((term) => message.includes(term));
        expect(matches(terms.map((term) => `?${term}`).join(' '), message)).toBe(some);
      }),
    );
  });
});

describe('JSON conditions', () => {
  const scalar = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string());

  it('equal exactly the text of a property', () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('*'));
    fc.assert(
      fc.property(text, text, (value, other) => {
        const message = JSON.stringify({ a: value });
        expect(matches(`{ $.a = ${quote(value)} }`, message)).toBe(true);
        expect(matches(`{ $.a = ${quote(other)} }`, message)).toBe(value === other);
        expect(matches(`{ $.a != ${quote(other)} }`, message)).toBe(value !== other);
      }),
    );
  });

  it('compare numbers as numbers', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (value, bound) => {
        const message = JSON.stringify({ n: { v: [value] } });
        expect(matches(`{ $.n.v[0] > ${bound} }`, message)).toBe(value > bound);
        expect(matches(`{ $.n.v[*] <= ${bound} }`, message)).toBe(value <= bound);
        expect(matches(`{ $.n.v[0] = ${bound} }`, message)).toBe(value === bound);
      }),
    );
  });

  it('have exactly one of = and != hold for a property that has a value', () => {
    fc.assert(
      fc.property(scalar, word, (value, other) => {
        const message = JSON.stringify({ a: value });
        expect(matches(`{ $.a = ${other} }`, message)).not.toBe(matches(`{ $.a != ${other} }`, message));
      }),
    );
  });

  it('obey the laws of and, or and brackets', () => {
    const conditions = fc.tuple(
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 0, max: 2 }),
    );
    fc.assert(
      fc.property(conditions, conditions, ([a, b, c], [x, y, z]) => {
        const message = JSON.stringify({ a, b, c });
        const [p, q, r] = [a === x, b === y, c === z];
        const [s, t, u] = [`$.a=${x}`, `$.b=${y}`, `$.c=${z}`];
        expect(matches(`{${s}&&${t}||${u}}`, message)).toBe((p && q) || r);
        expect(matches(`{${s}||${t}&&${u}}`, message)).toBe(p || (q && r));
        expect(matches(`{(${s}||${t})&&${u}}`, message)).toBe((p || q) && r);
      }),
    );
  });
});

describe('space-delimited fields', () => {
  it('are found by name at their place', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 8 }), (words) => {
        const names = words.map((_, index) => `f${index}`);
        const match = parseFilterPattern(`[${names.join(', ')}]`).match(words.join(' '));
        expect(match?.extracted).toEqual(
          Object.fromEntries(words.map((text, index) => [`$f${index}`, text])),
        );
        expect(matches(`[..., last="${words.at(-1)}"]`, words.join(' '))).toBe(true);
        expect(matches(`[first="${words[0]}", ...]`, words.join(' '))).toBe(true);
        expect(matches(`[${names.join(', ')}, more]`, words.join(' '))).toBe(false);
      }),
    );
  });
});
