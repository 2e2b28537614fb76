import { beforeAll, describe, expect, it } from 'vitest';
import type { Expectation } from '../api.ts';
import { engineText } from '../text.ts';
import { display } from './display.ts';
import { loadExpect, type Expect } from './expectation.ts';
import { CheckFailed } from './verdicts.ts';

let matchers: Expect;
beforeAll(async () => {
  matchers = await loadExpect(engineText.en);
});

function findingOf(actual: unknown, judge: (expectation: Expectation) => void) {
  try {
    judge(matchers(actual, { why: 'Seen.', next: 'Mend.', evidence: [{ label: 'l', value: 'v' }] }));
  } catch (error) {
    expect(error).toBeInstanceOf(CheckFailed);
    return (error as CheckFailed).finding;
  }
  return undefined;
}

type Case = [
  name: string,
  right: unknown,
  wrong: unknown,
  judge: (e: Expectation) => void,
  expected: string,
  actual: string,
];
const cases: Case[] = [
  [
    'toBe',
    'a',
    'b',
    (e) => {
      e.toBe('a');
    },
    '"a"',
    '"b"',
  ],
  [
    'toBe tells a number from its text',
    5,
    '5',
    (e) => {
      e.toBe(5);
    },
    '5',
    '"5"',
  ],
  [
    'toEqual',
    { a: [1] },
    { a: [2] },
    (e) => {
      e.toEqual({ a: [1] });
    },
    '{\n  "a": [\n    1\n  ]\n}',
    '{\n  "a": [\n    2\n  ]\n}',
  ],
  [
    'toMatch a pattern',
    'abc',
    'xyz',
    (e) => {
      e.toMatch(/^a/);
    },
    'a text that matches /^a/',
    '"xyz"',
  ],
  [
    'toMatch a part',
    'abc',
    'xyz',
    (e) => {
      e.toMatch('b');
    },
    'something that contains "b"',
    '"xyz"',
  ],
  [
    'toMatch what is no text',
    'abc',
    undefined,
    (e) => {
      e.toMatch(/^a/);
    },
    'a text that matches /^a/',
    'nothing (undefined)',
  ],
  [
    'toContain in a list',
    [1, 2],
    [2],
    (e) => {
      e.toContain(1);
    },
    'something that contains 1',
    '[\n  2\n]',
  ],
  [
    'toContain in what holds nothing',
    'abc',
    null,
    (e) => {
      e.toContain('a');
    },
    'something that contains "a"',
    'null',
  ],
  [
    'toBeOneOf',
    'x',
    'z',
    (e) => {
      e.toBeOneOf(['x', 'y']);
    },
    'one of "x", "y"',
    '"z"',
  ],
  [
    'toBeLessThanOrEqual',
    2,
    3,
    (e) => {
      e.toBeLessThanOrEqual(2);
    },
    'at most 2',
    '3',
  ],
  [
    'toBeLessThanOrEqual a text',
    2,
    '1',
    (e) => {
      e.toBeLessThanOrEqual(2);
    },
    'at most 2',
    '"1"',
  ],
  [
    'toBeGreaterThanOrEqual',
    2,
    1,
    (e) => {
      e.toBeGreaterThanOrEqual(2);
    },
    'at least 2',
    '1',
  ],
  [
    'toBeDefined',
    null,
    undefined,
    (e) => {
      e.toBeDefined();
    },
    'a value',
    'nothing (undefined)',
  ],
  [
    'toMatchObject',
    { a: 1, b: 2 },
    { b: 2 },
    (e) => {
      e.toMatchObject({ a: 1 });
    },
    '{\n  "a": 1\n}',
    '{\n  "b": 2\n}',
  ],
];

describe('a matcher', () => {
  it.each(cases)('%s', (_, right, wrong, judge, expected, actual) => {
    expect(findingOf(right, judge)).toBeUndefined();
    expect(findingOf(wrong, judge)).toEqual({
      why: 'Seen.',
      next: 'Mend.',
      expected,
      actual,
      evidence: [{ label: 'l', value: 'v' }],
    });
  });

  it('says so where two texts only look the same', () => {
    const whole = '한글';
    const finding = findingOf(whole.normalize('NFD'), (e) => {
      e.toBe(whole);
    });
    expect(finding?.evidence).toHaveLength(2);
    expect(finding?.evidence?.[1]?.value).toContain('NFC and NFD');
  });

  it('accepts one of none: nothing', () => {
    expect(
      findingOf('x', (e) => {
        e.toBeOneOf([]);
      }),
    ).toBeDefined();
  });
});

describe('a value is shown', () => {
  it.each([
    [
      'as JSON where JSON can say it',
      { a: '한', b: [true, null] },
      '{\n  "a": "한",\n  "b": [\n    true,\n    null\n  ]\n}',
    ],
    ['as JavaScript where it cannot', { a: undefined, b: NaN }, '{ a: undefined, b: NaN }'],
    ['with its minus', -0, '-0'],
    ['whole', 'x'.repeat(20_000), `"${'x'.repeat(20_000)}"`],
  ])('%s', (_, value, shown) => {
    expect(display(value)).toBe(shown);
  });

  it('even where it holds itself', () => {
    const ring: { self?: unknown } = {};
    ring.self = ring;
    expect(display(ring)).toContain('[Circular *1]');
  });
});
