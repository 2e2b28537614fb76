import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';

describe('compilePattern', () => {
  it.each([
    ['[a-zA-Z0-9-_]+', 'a-b_1', true],
    ['[a-zA-Z0-9-_]+', 'a b', false],
    ['a|b', 'ab', false],
    ['[\\w+=,.@-]+', 'a+=,.@-', true],
    ['[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*', 'ключ 1', true],
    ['[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*', 'a!', false],
    ['[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+', '{\n"é"}', true],
    ['[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+', '한', false],
    ['(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)', '/a/b/', true],
    ['\\p{Alnum}+', 'a1', true],
    ['[\\p{Alpha}_]+', 'a_', true],
    ['[\\p{Alpha}_]+', '1', false],
    ['\\p{IsAlphabetic}+', 'Ж', true],
    ['\\A[a-z]+\\z', 'abc', true],
    ['[\\x{1F600}-\\x{1F64F}]+', '😀', true],
    ['.*', 'a\nb', true],
    ['^([\\p{L}\\w-]+)$', 'Ж-1', true],
    ['[a-z\\_\\@]+\\p{L}', 'a_@é', true],
  ])('%s of %j is %s', (pattern, text, fits) => {
    expect(compilePattern(pattern)?.test(text)).toBe(fits);
  });

  it.each(['a++', '(?>a)', '[a-z&&[^b]]', '(', '[b-a]'])('%s is left out', (pattern) => {
    expect(compilePattern(pattern)).toBeUndefined();
  });
});
