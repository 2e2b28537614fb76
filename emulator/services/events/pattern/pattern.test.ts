import { describe, expect, it } from 'vitest';
import { parsePattern } from './pattern.ts';

const matches = (pattern: unknown, event: unknown): boolean =>
  parsePattern(JSON.stringify(pattern)).matches(event);
const at = (...values: unknown[]): unknown => ({ a: values });

describe('values', () => {
  it.each<[unknown, unknown, boolean]>([
    [at('x'), { a: 'x' }, true],
    [at('x'), { a: 'X' }, false],
    [at('x', 'y'), { a: 'y' }, true],
    [at('1'), { a: 1 }, false],
    [at(1), { a: 1 }, true],
    [at(300), { a: 3.0e2 }, true],
    [at(1), { a: '1' }, false],
    [at(true), { a: true }, true],
    [at(true), { a: 'true' }, false],
    [at(null), { a: null }, true],
    [at(null), {}, false],
    [at(null), { a: [] }, false],
    [at(''), { a: '' }, true],
    [at('x'), { a: ['w', 'x'] }, true],
    [at('x'), { a: [['x']] }, true],
    [at('x'), { A: 'x' }, false],
    [at('x'), { a: { b: 'x' } }, false],
    [{ a: { b: ['x'] } }, { a: { b: 'x', c: 1 } }, true],
    [{ a: { b: ['x'] } }, { a: 'x' }, false],
    [{ a: ['x'], b: ['y'] }, { a: 'x' }, false],
    [at('::1'), { a: '0:0:0:0:0:0:0:1' }, true],
    [at({ exactly: 'x' }), { a: 'x' }, true],
  ])('%j on %j: %j', (pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });
});

describe('operators', () => {
  it.each<[unknown, unknown, boolean]>([
    [at({ prefix: 'eu-' }), { a: 'eu-west-1' }, true],
    [at({ prefix: 'eu-' }), { a: 'us-eu-1' }, false],
    [at({ prefix: '' }), { a: 'any' }, true],
    [at({ prefix: '' }), { a: 1 }, false],
    [at({ prefix: { 'equals-ignore-case': 'EU-' } }), { a: 'eu-west-1' }, true],
    [at({ suffix: '.png' }), { a: 'a.png' }, true],
    [at({ suffix: '.png' }), { a: 'a.PNG' }, false],
    [at({ suffix: { 'equals-ignore-case': '.PNG' } }), { a: 'a.png' }, true],
    [at({ 'equals-ignore-case': 'Straße' }), { a: 'STRAßE' }, true],
    [at({ 'equals-ignore-case': 'Straße' }), { a: 'STRASSE' }, false],
    [at({ wildcard: 'dir/*/f*.png' }), { a: 'dir/x/y/foo.png' }, true],
    [at({ wildcard: 'dir/*/f*.png' }), { a: 'dir/foo.png' }, false],
    [at({ wildcard: '*' }), { a: '' }, true],
    [at({ wildcard: 'a\\*b' }), { a: 'a*b' }, true],
    [at({ wildcard: 'a\\*b' }), { a: 'axb' }, false],
    [at({ wildcard: 'a*a' }), { a: 'a' }, false],
    [at({ exists: true }), { a: null }, true],
    [at({ exists: true }), { a: { b: 1 } }, false],
    [at({ exists: true }), { a: [] }, false],
    [at({ exists: false }), {}, true],
    [at({ exists: false }), { a: [] }, true],
    [at({ exists: false }), { a: { b: 1 } }, true],
    [at({ exists: false }), { a: 0 }, false],
    [at({ exists: false }, 'x'), { a: 'x' }, true],
    [at({ exists: false }, 'x'), { a: 'y' }, false],
    [{ a: { b: [{ exists: false }] } }, {}, true],
    [{ a: { b: [{ exists: false }] } }, { a: 1 }, true],
    [at({ numeric: ['>', 0, '<=', 5] }), { a: 5 }, true],
    [at({ numeric: ['>', 0, '<=', 5] }), { a: 0 }, false],
    [at({ numeric: ['=', 3.018e2] }), { a: 301.8 }, true],
    [at({ numeric: ['<', 10] }), { a: -1 }, true],
    [at({ numeric: ['>=', 1] }), { a: '2' }, false],
    [at({ numeric: ['>=', 0] }), { a: null }, false],
    [at({ cidr: '10.0.0.0/24' }), { a: '10.0.0.255' }, true],
    [at({ cidr: '10.0.0.0/24' }), { a: '10.0.1.0' }, false],
    [at({ cidr: '10.0.0.0/24' }), { a: 'host' }, false],
    [at({ cidr: '2001:db8::/32' }), { a: '2001:db8:1234::1' }, true],
    [at({ cidr: '2001:db8::/32' }), { a: '10.0.0.1' }, false],
  ])('%j on %j: %j', (pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  it.each<[unknown, unknown, boolean]>([
    ['x', 'y', true],
    ['x', 'x', false],
    ['x', 1, true],
    ['x', null, true],
    [['x', 'y'], 'y', false],
    [0, 789, true],
    [[1, 2], 2, false],
    [[1, 2], '2', true],
    [{ prefix: 'init' }, 'initial', false],
    [{ prefix: 'init' }, 12, true],
    [{ prefix: ['a', 'b'] }, 'bc', false],
    [{ suffix: '.txt' }, 'a.png', true],
    [{ suffix: ['.txt', '.png'] }, 'a.png', false],
    [{ 'equals-ignore-case': ['RED', 'green'] }, 'Green', false],
    [{ 'equals-ignore-case': 'red' }, null, true],
    [{ wildcard: '*/tmp/*' }, '/a/tmp/b', false],
    [{ wildcard: ['*/tmp/*', '*.log'] }, 'a.log', false],
    [{ wildcard: '' }, 'a', true],
  ])('anything-but %j on %j: %j', (wanted, value, expected) => {
    expect(matches(at({ 'anything-but': wanted }), { a: value })).toBe(expected);
    expect(matches(at({ 'anything-but': wanted }), { b: value })).toBe(false);
  });
});

describe('paths and alternatives', () => {
  it.each<[unknown, unknown, boolean]>([
    [{ 'a.b': ['x'] }, { a: { b: 'x' } }, true],
    [{ a: { 'b.c': ['x'] } }, { 'a.b': { c: 'x' } }, true],
    [{ a: { b: ['x'] } }, { 'a.b': 'x', a: { b: 'y' } }, true],
    [{ $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'y' }, true],
    [{ $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'x' }, false],
    [{ c: [1], $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'y' }, false],
    [{ d: { $or: [{ a: [1], b: [1] }, { a: [2] }] } }, { d: { a: 1, b: 2 } }, false],
    [{ d: { $or: [{ a: [1], b: [1] }, { a: [2] }] } }, { d: { a: 2, b: 2 } }, true],
    [{ $or: [{ $or: [{ a: [1] }, { b: [1] }] }, { c: [1] }] }, { b: 1 }, true],
  ])('%j on %j: %j', (pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  it('keeps to one member of an array', () => {
    const pattern = { tags: { k: ['a'], v: ['1'] } };
    expect(
      matches(pattern, {
        tags: [
          { k: 'a', v: '2' },
          { k: 'b', v: '1' },
        ],
      }),
    ).toBe(false);
    expect(
      matches(pattern, {
        tags: [
          { k: 'a', v: '2' },
          { k: 'a', v: '1' },
        ],
      }),
    ).toBe(true);
    expect(matches(pattern, { tags: [{ k: ['b', 'a'], v: ['1'] }] })).toBe(true);
  });

  it('looks for what must be absent in all members, until a wish before it has chosen one', () => {
    const event = { list: [{ k: 'a' }, { k: 'b', x: 1, c: 1 }] };
    expect(matches({ list: { x: [{ exists: false }] } }, event)).toBe(false);
    expect(matches({ list: { k: ['a'], x: [{ exists: false }] } }, event)).toBe(true);
    expect(matches({ list: { k: ['a'], c: [{ exists: false }] } }, event)).toBe(false);
    expect(matches({ list: { y: [{ exists: false }] } }, event)).toBe(true);
  });
});
