import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible } from './visible.ts';
import { fold, widthOf, wrap } from './width.ts';

// eslint-disable-next-line no-control-regex -- these are what must not be there
const unseen = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]| $/mu;

describe('what nobody sees', () => {
  it.each([
    ['plain 한글 ñ 你好', 'plain 한글 ñ 你好'],
    [' both ends  ', '·both ends··'],
    ['   ', '···'],
    ['line \n  indented ', 'line·\n  indented·'],
    ['a\tb\r\nc', 'a⇥b␍\nc'],
    ['\u00a0\u200b\ufeff\u200d\u00ad', '‹NBSP›‹ZWSP›‹BOM›‹ZWJ›‹SHY›'],
    ['\u202eabc\u2066', '‹U+202E›abc‹U+2066›'],
    ['\u001b[2J\u0007\u0000\u007f\u009b', '␛[2J␇␀‹U+007F›‹U+009B›'],
    ['a\u3000b\u3164\u1160', 'a‹U+3000›b‹HANGUL FILLER›‹U+1160›'],
    ['\ud800 x \udfff', '‹U+D800› x ‹U+DFFF›'],
    ['\uffff', '‹U+FFFF›'],
    ['👩‍💻 👍🏽 ❤️', '👩‍💻 👍🏽 ❤️'],
    ['a\u200db', 'a‹ZWJ›b'],
  ])('%j is drawn', (value, shown) => {
    expect(visible(value)).toBe(shown);
  });

  it('is never there, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(unseen.test(visible(value))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('takes time in proportion to the value', () => {
    const long = `${' '.repeat(500_000)}x${' '.repeat(500_000)}`;
    const began = performance.now();
    visible(long);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe('the width of a text', () => {
  it.each([
    ['abc', 3],
    ['한글', 4],
    ['한글'.normalize('NFD'), 4],
    ['a\u0301', 1],
    ['👩‍💻', 2],
    ['❤️', 2],
    ['✓ → │ ━ ‹›', 10],
    ['\u001b[31mred\u001b[39m', 3],
    ['', 0],
  ])('%j is %i', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  it('bounds every line that is wrapped or folded, and a folded value stays whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 8, max: 40 }), (text, width) => {
        for (const line of [...wrap(text, width), ...fold(text, width)])
          expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(fold(text, width).join('')).toBe(text.replaceAll('\n', ''));
      }),
    );
  });

  it('breaks no `code` that fits in a line', () => {
    expect(wrap('Use `a b c`, then `d', 11)).toEqual(['Use', '`a b c`,', 'then `d']);
  });

  it('keeps every word of a wrapped sentence', () => {
    expect(wrap('one two  three 안녕하세요 four', 10)).toEqual(['one two', 'three', '안녕하세요', 'four']);
  });
});
