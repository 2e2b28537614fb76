import { describe, expect, it } from 'vitest';
import { FilterPatternFailure, parseFilterPattern } from './pattern.ts';

const matches = (pattern: string, message: string): boolean =>
  parseFilterPattern(pattern).match(message) !== undefined;

/** The messages of the User Guide's examples for terms. */
const REQUESTS = [
  '[ERROR 400] BAD REQUEST',
  '[ERROR 401] UNAUTHORIZED REQUEST',
  '[ERROR 419] MISSING ARGUMENTS',
  '[ERROR 420] INVALID ARGUMENTS',
];
const kept = (pattern: string, messages: readonly string[]): number[] =>
  messages.flatMap((message, index) => (matches(pattern, message) ? [index] : []));

function failure(pattern: string): FilterPatternFailure {
  try {
    parseFilterPattern(pattern);
  } catch (error) {
    if (error instanceof FilterPatternFailure) return error;
    throw error;
  }
  throw new Error(`This pattern should not parse: ${pattern}`);
}

describe('terms', () => {
  it.each([
    ['ERROR', [0, 1, 2, 3]],
    ['error', []],
    ['ERROR ARGUMENTS', [2, 3]],
    ['ARGUMENTS ERROR', [2, 3]],
    ['?ERROR ?ARGUMENTS', [0, 1, 2, 3]],
    ['?MISSING ?BAD', [0, 2]],
    ['ERROR -ARGUMENTS', [0, 1]],
    ['-"[ERROR 400]" -ARGUMENTS', [1]],
    ['"BAD REQUEST"', [0]],
    ['"REQUEST BAD"', []],
    ['AUTHORIZED', [1]],
    ['%40|1%', [0, 1, 2]],
    ['%ERROR 4[01]%', [0, 1, 2]],
    ['-%ARG.*TS$%', [0, 1]],
  ])('%s', (pattern, expected) => {
    expect(kept(pattern, REQUESTS)).toEqual(expected);
  });

  it('ignores optional terms beside any other term', () => {
    const messages = ['[INFO] REQUEST FAILED', '[WARN] UNAUTHORIZED REQUEST', '[ERROR] MISSING ARGUMENTS'];
    expect(kept('?ERROR ?ARGUMENTS REQUEST', messages)).toEqual([0, 1]);
    expect(kept('?WARN -MISSING', messages)).toEqual([0, 1]);
  });

  it('matches everything with no term at all', () => {
    expect(kept('', REQUESTS)).toHaveLength(4);
    expect(kept('  ', REQUESTS)).toHaveLength(4);
    expect(parseFilterPattern(' ').kind).toBe('everything');
    expect(kept('" "', ['one', 'two words'])).toEqual([1]);
  });

  it('takes quotes and backslashes in a phrase', () => {
    expect(matches(String.raw`"\"level\":\"error\""`, '{"level":"error"}')).toBe(true);
    expect(matches(String.raw`"C:\\temp"`, String.raw`at C:\temp`)).toBe(true);
    expect(matches('"한글 로그"', 'INFO 한글 로그 끝')).toBe(true);
  });

  // Messages as reported by users of FilterLogEvents, PutMetricFilter and StartLiveTail.
  it.each([
    ['?Status: timeout', ':', 7],
    ['""', '""', 0],
    ['`ERROR', '`', 0],
    ['(ERROR', '(', 0],
    ['user@example', '@', 4],
    ['ERROR "open', '"', 6],
    ['a, b', ',', 1],
    ['error\\', '\\', 5],
  ])('names the characters of %s', (pattern, characters, position) => {
    const error = failure(pattern);
    expect(error.message).toBe(`Invalid character(s) in term '${characters}'`);
    expect(error.position).toBe(position);
    expect(error.reason).not.toBe('');
  });
});

const TRAIL = JSON.stringify({
  eventType: 'UpdateTrail',
  sourceIPAddress: '111.111.111.111',
  arrayKey: ['value', 'another value'],
  objectList: [
    { name: 'a', id: 1 },
    { name: 'b', id: 2 },
  ],
  SomeObject: null,
  ThisFlag: true,
  'cluster.name': 'c',
  'detail-type': 'order',
  literal: 'Ev*ent',
  latency: 50.5,
  errorCode: 404,
  numbers: [1000, 2, 3],
  big: 1e3,
  status: '200',
});
const PEOPLE = JSON.stringify({
  user: { id: 1, email: 'John.Stiles@example.com' },
  users: [
    { id: 2, email: 'John.Doe@example.com' },
    { id: 3, email: 'Jane.Doe@example.com' },
  ],
  actions: ['GET', 'PUT', 'DELETE'],
  coordinates: [
    [0, 1, 2],
    [4, 5, 6],
    [7, 8, 9],
  ],
});

describe('JSON', () => {
  it.each([
    ['{ $.eventType = "UpdateTrail" }', true],
    ['{$.eventType=UpdateTrail}', true],
    ['{ $.eventType = "updatetrail" }', false],
    ['{ $.eventType = Update* }', true],
    ['{ $.eventType = "*Trail" }', true],
    ['{ $.eventType = "*dateT*" }', true],
    ['{ $.eventType = "*dateT" }', false],
    ['{ $.eventType = * }', true],
    ['{ $.SomeObject = * }', false],
    ['{ $.literal = "Ev*ent" }', true],
    ['{ $.literal = "E*ent" }', false],
    ['{ $.sourceIPAddress != 123.123.* }', true],
    ['{ $.sourceIPAddress != 111.111.* }', false],
    ['{ $.arrayKey[0] = "value" }', true],
    ['{ $.arrayKey[1] = "value" }', false],
    ['{ $.arrayKey[*] = "another value" }', true],
    ['{ $.arrayKey[*] = "third value" }', false],
    ['{ $.arrayKey = "value" }', false],
    ['{ $.arrayKey != "value" }', false],
    ['{ $.missing != "value" }', false],
    ['{ $.objectList[1].id = 2 }', true],
    ['{ $.objectList[*].id = 2 }', true],
    ['{ $.objectList[*].id > 2 }', false],
    ['{ $.SomeObject IS NULL }', true],
    ['{ $.eventType IS NULL }', false],
    ['{ $.SomeOtherObject NOT EXISTS }', true],
    ['{ $.SomeObject NOT EXISTS }', false],
    ['{ $.ThisFlag IS TRUE }', true],
    ['{ $.ThisFlag IS FALSE }', false],
    ['{ $.[\'cluster.name\'] = "c" }', true],
    ['{ $.detail-type = order }', true],
    ['{ $.* = %111\\.111\\.111\\.1[0-9]{1,2}% }', true],
    ['{ $.eventType = %Trail% }', true],
    ['{ $.eventType != %^Trail% }', true],
    ['{ $.latency > 50 }', true],
    ['{ $.latency >= 50.5 }', true],
    ['{ $.latency <= 50 }', false],
    ['{ $.latency < +1000 }', true],
    ['{ $.latency > -1 }', true],
    ['{ $.errorCode = 404 }', true],
    ['{ $.errorCode = 4* }', true],
    ['{ $.errorCode != 500 }', true],
    ['{ $.numbers[0] = 1e3 }', true],
    ['{ $.numbers[0] = 1e+3 }', true],
    ['{ $.numbers[0] < 10e-3 }', false],
    ['{ $.numbers[2] = 3 && ($.errorCode = 500 || $.big = 10e2) }', true],
    ['{ $.status = 200 }', true],
    ['{ $.status > 199 }', true],
    ['{ $.eventType > 1 }', false],
    ['{ $.eventType != 1 }', true],
  ])('%s', (pattern, expected) => {
    expect(matches(pattern, TRAIL)).toBe(expected);
  });

  it.each([
    ['{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', true],
    ['{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }', false],
    [
      '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch && $.actions[2] = nomatch }',
      true,
    ],
    [
      '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch) && $.actions[2] = nomatch }',
      false,
    ],
    ['{ $.coordinates[1][2] = 6 }', true],
    ['{ $.coordinates[3][0] NOT EXISTS && $.coordinates[*][0] = 7 }', true],
  ])('%s', (pattern, expected) => {
    expect(matches(pattern, PEOPLE)).toBe(expected);
  });

  it('matches no line that is not JSON', () => {
    for (const line of ['', 'eventType=UpdateTrail', 'INFO {"a":1}', '{"a":1', '"a"', 'null'])
      expect(matches('{ $.a NOT EXISTS }', line), line).toBe(false);
    expect(matches('{ $.a = 1 }', ' {"a":1}\n')).toBe(true);
    expect(matches('{ $.constructor = * }', '{}')).toBe(false);
    expect(matches('{ $.__proto__.a = 1 }', '{"__proto__":{"a":1}}')).toBe(true);
  });

  it('reads values off a match and shows none as extracted', () => {
    const match = parseFilterPattern('{ $.errorCode = 404 }').match(TRAIL);
    expect(match?.extracted).toEqual({});
    expect(match?.value('$.latency')).toBe('50.5');
    expect(match?.value("$.['cluster.name']")).toBe('c');
    expect(match?.value('$.objectList')).toBeUndefined();
    expect(match?.value('$.missing')).toBeUndefined();
    expect(match?.value('latency')).toBeUndefined();
  });

  it('names the characters that a selector may not hold', () => {
    // Reported of `{ $."sc-status" = 5* }` and `$."detail-type"`.
    expect(failure('{ $."sc-status" = 5* }').message).toBe(`Invalid character(s) in term '$."'`);
    expect(failure('{ $.a = }').message).toBe('Invalid filter pattern');
    expect(failure('{ $.a = 1').message).toBe("If a filter pattern starts with '{' it must end with '}'");
  });

  it.each([
    '{ $.a }',
    '{}',
    '{ a = 1 }',
    '{ $[0] = 1 }',
    '{ $.a == 1 }',
    '{ $.a = 1 && }',
    '{ ($.a = 1 }',
    '{ $.a = 1) }',
    '{ $.a = 1 $.b = 2 }',
    '{ $.a IS MAYBE }',
    '{ $.a IS NOT NULL }',
    '{ $.a EXISTS }',
    '{ $.a > "x" }',
    '{ $.a[x] = 1 }',
    '{ $.a = "open }',
    '{ $.a = foo,bar }',
    '{ $.a[99999999999999999999] = 1 }',
    '{ $.*[*] = 1 }',
    '{ $.a[*] = 1 || $.b[*] = 1 || $.c[*] = 1 || $.d[*] = 1 }',
    '{ $.a = %x% && $.b = %y% && $.c = %z% }',
  ])('refuses %s', (pattern) => {
    const error = failure(pattern);
    expect(error.position).toBeGreaterThan(0);
    expect(error.position).toBeLessThanOrEqual(pattern.length);
  });
});
