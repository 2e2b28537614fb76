import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FilterPatternFailure } from './failure.ts';
import { compileRegex } from './regex.ts';

const test = (source: string, line: string): boolean => compileRegex(source, 0).test(line);

describe('the regular expressions of filter patterns', () => {
  it.each([
    ['^[hc]at', 'hat trick', true],
    ['^[hc]at', 'a hat', false],
    ['[hc]at$', 'the cat', true],
    ['[hc]at$', 'the cat\n', true],
    ['[hc]at$', 'the cats', false],
    ['colou?r', 'a color', true],
    ['^a{3,5}$', 'aa', false],
    ['^a{3,5}$', 'aaaaa', true],
    ['^a{3,5}$', 'aaaaaa', false],
    ['^a{2}$', 'aa', true],
    ['^a{2,}$', 'aaaaaaa', true],
    ['^a{2,}$', 'a', false],
    ['gra|ey', 'grey', true],
    ['^starting|^initializing|^shutting down', 'shutting down now', true],
    ['^starting|^initializing|^shutting down', 'skipping initializing', false],
    ['\\[.\\]', 'value [7] here', true],
    ['ab*c', 'ac', true],
    ['ab+c', 'ac', false],
    ['10\\.10\\.0\\.1', 'from 10.10.0.1', true],
    ['10\\.10\\.0\\.1', 'from 10910501', false],
    ['\\d\\d', 'port 80', true],
    ['^\\D+$', 'port 80', false],
    ['a\\sb', 'a\tb', true],
    ['\\w', '- -', false],
    ['^\\W$', '한', true],
    ['^.$', '😀', true],
    ['\\x28\\x29', 'f()', true],
    ['[^0-9]', '123', false],
    ['[\\d-]+$', '12-3', true],
    ['^$', '', true],
    ['^$', 'x', false],
    ['a|', 'zzz', true],
    ['\\\\', 'C:\\', true],
  ])('%s on %j', (source, line, expected) => {
    expect(test(source, line)).toBe(expected);
  });

  it.each([
    'something!',
    '(ab)+',
    'café',
    '\\p',
    '\\(',
    '\\!',
    '',
    'a{3,',
    'a{5,3}',
    '[ab',
    '[]',
    '*a',
    '[z-a]',
    '\\x4',
    'a"b',
  ])('refuses %s', (source) => {
    expect(() => compileRegex(source, 0)).toThrow(FilterPatternFailure);
  });

  it('agrees with a regular expression of JavaScript', () => {
    const character = fc.constantFrom('a', 'b', '0', '-', ' ');
    const atom = fc.oneof(character, fc.constantFrom('.', '\\d', '\\W', '[ab]', '[^a0]', '[a-b0]', '^', '$'));
    const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,3}', '{2,}');
    const part = fc.tuple(atom, quantifier).map(([a, q]) => (a === '^' || a === '$' ? a : a + q));
    const source = fc
      .array(
        fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
        {
          minLength: 1,
          maxLength: 3,
        },
      )
      .map((alternatives) => alternatives.join('|'));
    fc.assert(
      fc.property(source, fc.array(character, { maxLength: 8 }), (pattern, letters) => {
        const line = letters.join('');
        expect(test(pattern, line), `${pattern} on ${line}`).toBe(new RegExp(pattern).test(line));
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes time in proportion to the line, where backtracking would not end', () => {
    const line = `${'a'.repeat(200_000)}!`;
    for (const source of ['a*a*a*a*a*a*b', 'a{1,30}a{1,30}a{1,30}b$', '[ab]*a[ab]{12}c']) {
      const regex = compileRegex(source, 0);
      const started = process.cpuUsage();
      expect(regex.test(line)).toBe(false);
      expect(process.cpuUsage(started).user / 1_000, source).toBeLessThan(3_000);
    }
  });

  it('refuses an expression that unfolds beyond its bound', () => {
    expect(() => compileRegex('a{1000}{1000}', 0)).toThrow('Invalid filter pattern');
  });
});
