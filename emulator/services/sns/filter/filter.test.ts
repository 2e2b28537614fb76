import { describe, expect, it } from 'vitest';
import type { AttributeRow } from '../rows.ts';
import { matchesAttributes, matchesBody } from './match.ts';
import { readFilterPolicy } from './policy.ts';

const text = (stringValue: string): AttributeRow => ({ dataType: 'String', stringValue });
const number = (stringValue: string): AttributeRow => ({ dataType: 'Number', stringValue });
const array = (value: unknown): AttributeRow => ({
  dataType: 'String.Array',
  stringValue: JSON.stringify(value),
});
const byAttributes = (policy: object, attributes: Readonly<Record<string, AttributeRow>>) =>
  matchesAttributes(readFilterPolicy(JSON.stringify(policy), false), attributes);
const byBody = (policy: object, body: unknown) =>
  matchesBody(
    readFilterPolicy(JSON.stringify(policy), true),
    typeof body === 'string' ? body : JSON.stringify(body),
  );

describe('a filter of attributes', () => {
  it.each<[object, Record<string, AttributeRow>, boolean]>([
    [{ a: ['x', 'y'] }, { a: text('y') }, true],
    [{ a: ['x'] }, { a: text('X') }, false],
    [{ a: ['x'] }, {}, false],
    [{ a: ['x'], b: ['y'] }, { a: text('x') }, false],
    [{ a: [1] }, { a: number('1.0') }, true],
    [{ a: [1] }, { a: text('1') }, false],
    [{ a: [true] }, { a: array([false, true]) }, true],
    [{ a: ['x'] }, { a: array(['w', 'x']) }, true],
    [{ a: [{ prefix: 'ab' }] }, { a: text('abc') }, true],
    [{ a: [{ prefix: 'ab' }] }, { a: text('bab') }, false],
    [{ a: [{ suffix: 'bc' }] }, { a: text('abc') }, true],
    [{ a: [{ 'equals-ignore-case': 'TeNNis' }] }, { a: text('tennis') }, true],
    [{ a: [{ 'anything-but': ['x', 'y'] }] }, { a: text('z') }, true],
    [{ a: [{ 'anything-but': ['x', 'y'] }] }, { a: text('x') }, false],
    [{ a: [{ 'anything-but': 100 }] }, { a: number('100') }, false],
    [{ a: [{ 'anything-but': ['x'] }] }, { a: array(['x', 'z']) }, true],
    [{ a: [{ 'anything-but': ['x'] }] }, {}, false],
    [{ a: [{ 'anything-but': { prefix: 'order-' } }] }, { a: text('data-1') }, true],
    [{ a: [{ 'anything-but': { prefix: 'order-' } }] }, { a: text('order-1') }, false],
    [{ a: [{ numeric: ['=', 301.5] }] }, { a: number('3.015e2') }, true],
    [{ a: [{ numeric: ['>', 0, '<=', 100] }] }, { a: number('100') }, true],
    [{ a: [{ numeric: ['>', 0, '<=', 100] }] }, { a: number('0') }, false],
    [{ a: [{ numeric: ['<', 0] }] }, { a: number('-1') }, true],
    [{ a: [{ numeric: ['<', 0] }] }, { a: text('-1') }, false],
    [{ a: [{ exists: true }] }, { a: text('x') }, true],
    [{ a: [{ exists: true }] }, { b: text('x') }, false],
    [{ a: [{ exists: false }] }, { b: text('x') }, true],
    [{ a: [{ exists: false }, 'x'] }, { a: text('x') }, true],
    [{ a: [{ exists: true }] }, { a: { dataType: 'Binary', binaryValue: 'AA==' } }, true],
    [{ a: [{ cidr: '10.0.0.0/24' }] }, { a: text('10.0.0.255') }, true],
    [{ a: [{ cidr: '10.0.0.0/24' }] }, { a: text('10.0.1.0') }, false],
    [{ a: [{ cidr: '2001:db8::/32' }] }, { a: text('2001:db8:1::1') }, true],
    [{ $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: text('y') }, true],
    [{ $or: [{ a: ['x'] }, { b: ['y'] }] }, { a: text('y'), b: text('x') }, false],
    [{ c: ['z'], $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: text('y') }, false],
    // One alternative is none: then `$or` is a key.
    [{ $or: ['x'] }, { $or: text('x') }, true],
    [{ toString: [{ exists: true }] }, {}, false],
  ])('%j of %j: %s', (policy, attributes, expected) => {
    expect(byAttributes(policy, attributes)).toBe(expected);
  });
});

describe('a filter of the body', () => {
  it.each<[object, unknown, boolean]>([
    [{ a: { b: ['x'] } }, { a: { b: 'x' } }, true],
    [{ a: { b: ['x'] } }, { a: { b: 'y' } }, false],
    [{ a: { b: ['x'] } }, { a: [{ b: 'w' }, { b: ['v', 'x'] }] }, true],
    [{ a: [null] }, { a: null }, true],
    [{ a: [{ numeric: ['>=', 5] }] }, { a: 5 }, true],
    [{ a: [{ numeric: ['>=', 5] }] }, { a: '5' }, false],
    [{ a: [{ exists: false }] }, { b: 1 }, true],
    [{ a: { b: [{ exists: false }] } }, { a: {} }, true],
    [{ $or: [{ a: { b: [1] } }, { c: [2] }] }, { c: 2 }, true],
    [{ a: ['x'] }, 'no json', false],
    [{ a: [{ exists: false }] }, '"text"', false],
    [{ a: ['x'] }, ['x'], false],
  ])('%j of %j: %s', (policy, body, expected) => {
    expect(byBody(policy, body)).toBe(expected);
  });
});

/* Recorded on AWS, without the place in the document that its parser adds. */
describe('a filter that SNS refuses', () => {
  it.each([
    ['{"key":{"suffix":"value"}}', '"suffix" must be an object or an array'],
    ['{"key":[{"numeric":[">=",1,">",2]}]}', 'Bad numeric range operator: >'],
    ['{"key":[{"numeric":[">",20,"test"]}]}', 'Bad numeric range operator: test'],
    ['{"key":[{"numeric":[">",3,"<",1]}]}', 'Bottom must be less than top'],
    ['{"key":[]}', 'Empty arrays are not allowed'],
    ['{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]}', 'Filter policy can not have more than 5 keys'],
    [JSON.stringify({ a: Array.from({ length: 151 }, (_, index) => index) }), 'Filter policy is too complex'],
    ['{"key":[{"numeric":[1,"<="]}]}', 'Invalid member in numeric match: 1'],
    ['{"key":[["value"]]}', 'Match value must be String, number, true, false, or null'],
    ['{"key":[{"cidr":"xx.11.xx/8"}]}', 'Nonstandard IP address: xx.11.xx'],
    ['{"key":[{"cidr":"xxxx:db8:1234:1a00::/64"}]}', 'Nonstandard IP address: xxxx:db8:1234:1a00::'],
    ['{"key":[{"suffix":"value","prefix":"value2"}]}', 'Only one key allowed in match expression'],
    ['{"key":[{"numeric":[">",20,"<",30,"<",50]}]}', 'Too many terms in numeric range expression'],
    ['{"key":[{"numeric":["operator"]}]}', 'Unrecognized numeric range operator: operator'],
    ['{"key":[{"anything-but":{"suffix":"test"}}]}', 'Unsupported anything-but pattern: suffix'],
    ['{"key":[{"numeric":[">",20,"<="]}]}', 'Value of <= must be numeric'],
    ['{"key":[{"numeric":[">","20","<","30"]}]}', 'Value of > must be numeric'],
    ['{"key":[{"numeric":["=","000"]}]}', 'Value of equals must be numeric'],
    ['{"key":[{"exists":null}]}', 'exists match pattern must be either true or false.'],
    ['{"key":[{"anything-but":{"prefix":false}}]}', 'prefix match pattern must be a string'],
    ['{"key":[{"cidr":["bad-filter"]}]}', 'prefix match pattern must be a string'],
    ['{"key":[{"suffix":[]}]}', 'suffix match pattern must be a string'],
    [
      'invalid',
      "failed to parse JSON. Unrecognized token 'invalid': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    ],
    [
      '{invalid}',
      "failed to parse JSON. Unexpected character ('i' (code 105)): was expecting double-quote to start field name",
    ],
  ])('%s: %s', (policy, message) => {
    expect(() => readFilterPolicy(policy, false)).toThrow(message);
  });
});
