import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds } from './conditions.ts';
import { decide } from './decide.ts';
import { parsePolicy } from './parse.ts';
import { conditionOperators } from './policy.ts';

type Value = string | number | boolean | readonly (string | number)[];

function allowed(Condition: object, context: Record<string, string | string[]>): boolean {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition };
  const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statement }), 'authorizer');
  return decide([policy], { action: 'a:b', resource: 'r', context }).decision === 'allow';
}

const cases: [operator: string, wanted: Value, given: string | string[] | undefined, holds: boolean][] = [
  ['StringEquals', 'a', 'a', true],
  ['StringEquals', ['b', 'a'], 'a', true],
  ['StringEquals', 'a*', 'ab', false],
  ['StringEquals', 'a', 'A', false],
  ['StringEquals', 'a', undefined, false],
  ['StringEqualsIfExists', 'a', undefined, true],
  ['StringEqualsIfExists', 'a', 'b', false],
  ['StringNotEquals', 'a', 'b', true],
  ['StringNotEquals', ['a', 'b'], 'b', false],
  ['StringNotEquals', 'a', undefined, true],
  ['StringEqualsIgnoreCase', 'aB', 'Ab', true],
  ['StringNotEqualsIgnoreCase', 'aB', 'Ab', false],
  ['StringLike', 'a?c*', 'abcdef', true],
  ['StringLike', 'a?c', 'ac', false],
  ['StringNotLike', 'a*', 'b', true],
  ['StringNotLike', 'a*', 'abc', false],
  ['stringlike', 'a*', 'abc', true],
  ['NumericEquals', 10, '10.0', true],
  ['NumericNotEquals', 10, '11', true],
  ['NumericLessThan', 10, '9', true],
  ['NumericLessThan', 10, '10', false],
  ['NumericLessThanEquals', '10', '10', true],
  ['NumericGreaterThan', 10, '-3', false],
  ['NumericGreaterThanEquals', 10, '1e1', true],
  ['NumericGreaterThan', 10, 'many', false],
  ['NumericEquals', 10, '', false],
  ['DateEquals', '2026-01-01T00:00:00Z', '2026-01-01T09:00:00+09:00', true],
  ['DateNotEquals', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', true],
  ['DateLessThan', '2026-01-01T00:00:00Z', '1767225599', true],
  ['DateLessThanEquals', '2026-01-01', '2026-01-01T00:00:00Z', true],
  ['DateGreaterThan', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z', false],
  ['DateGreaterThanEquals', '1767225600', '2026-01-01T00:00:00Z', true],
  ['DateGreaterThan', 'yesterday', '2026-01-01T00:00:00Z', false],
  ['Bool', true, 'true', true],
  ['Bool', 'false', 'True', false],
  ['Bool', 'true', undefined, false],
  ['BoolIfExists', 'true', undefined, true],
  ['BinaryEquals', 'aGk=', 'aGk', true],
  ['BinaryEquals', 'aGk=', 'aGo=', false],
  ['IpAddress', '203.0.113.0/24', '203.0.113.77', true],
  ['IpAddress', '203.0.113.7', '203.0.113.7', true],
  ['IpAddress', ['10.0.0.0/8', '203.0.113.0/25'], '203.0.113.200', false],
  ['IpAddress', '2001:db8::/32', '2001:db8:1::7', true],
  ['IpAddress', '2001:db8::/32', '2001:db9::7', false],
  ['IpAddress', '127.0.0.0/8', '::ffff:127.0.0.1', true],
  ['IpAddress', '0.0.0.0/0', '2001:db8::1', false],
  ['IpAddress', '0.0.0.0/0', 'not an address', false],
  ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', true],
  ['NotIpAddress', '203.0.113.0/24', '203.0.113.1', false],
  ['ArnEquals', 'arn:aws:sns:*:111122223333:topic-*', 'arn:aws:sns:us-east-1:111122223333:topic-a', true],
  ['ArnLike', 'arn:aws:sns:*:topic', 'arn:aws:sns:us-east-1:111122223333:topic', false],
  [
    'ArnLike',
    'arn:aws:execute-api:*:*:api/*/GET/*',
    'arn:aws:execute-api:us-east-1:111122223333:api/dev/GET/a:b',
    true,
  ],
  ['ArnLike', '*', 'arn:aws:s3:::bucket', true],
  ['ArnEquals', 'arn:aws:s3:::b', 'bucket', false],
  ['ArnNotEquals', 'arn:aws:s3:::b', 'arn:aws:s3:::c', true],
  ['ArnNotLike', 'arn:aws:s3:::b*', 'arn:aws:s3:::bc', false],
  ['Null', 'true', undefined, true],
  ['Null', 'true', 'x', false],
  ['Null', false, 'x', true],
  ['Null', 'false', undefined, false],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'a'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
  ['ForAllValues:StringEquals', ['a'], undefined, true],
  ['ForAllValues:StringNotEquals', ['a'], ['b', 'c'], true],
  ['ForAllValues:StringNotEquals', ['a'], ['b', 'a'], false],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], true],
  ['ForAnyValue:StringEquals', ['a'], ['c'], false],
  ['ForAnyValue:StringEquals', ['a'], undefined, false],
  ['ForAnyValue:StringNotEquals', ['a'], undefined, false],
  ['ForAnyValue:StringNotEquals', ['a'], ['a', 'b'], true],
  ['ForAnyValue:StringLike', ['a*'], ['xa', 'ax'], true],
];

describe('conditions', () => {
  it.each(cases)('%s %j on %j is %j', (operator, wanted, given, expected) => {
    const context: Record<string, string | string[]> = given === undefined ? {} : { 'Aws:Key': given };
    expect(allowed({ [operator]: { 'aws:key': wanted } }, context)).toBe(expected);
  });

  it('has a case for every operator', () => {
    const tried = cases.map(([operator]) => operator.replace(/^.*:/, '').replace(/IfExists$/, ''));
    expect(conditionOperators.filter((operator) => !tried.includes(operator))).toEqual([]);
  });

  it('must all hold, across operators and across keys', () => {
    const condition = { StringEquals: { 'aws:a': '1', 'aws:b': '2' }, Bool: { 'aws:c': 'true' } };
    expect(allowed(condition, { 'aws:a': '1', 'aws:b': '2', 'aws:c': 'true' })).toBe(true);
    expect(allowed(condition, { 'aws:a': '1', 'aws:b': 'x', 'aws:c': 'true' })).toBe(false);
    expect(allowed(condition, { 'aws:a': '1', 'aws:b': '2', 'aws:c': 'false' })).toBe(false);
  });

  it('puts variables into values', () => {
    const condition = { StringEquals: { 'aws:a': '${aws:b}' } };
    expect(allowed(condition, { 'aws:a': 'x', 'aws:b': 'x' })).toBe(true);
    expect(allowed(condition, { 'aws:a': 'x', 'aws:b': 'y' })).toBe(false);
    expect(allowed(condition, { 'aws:a': 'x' })).toBe(false);
    expect(allowed({ StringLike: { 'aws:a': '${aws:b}' } }, { 'aws:a': 'anything', 'aws:b': '*' })).toBe(
      false,
    );
  });

  it('negated operators are the contrary wherever the key has one value', () => {
    const pairs = [
      ['StringEquals', 'StringNotEquals'],
      ['StringLike', 'StringNotLike'],
      ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
      ['NumericEquals', 'NumericNotEquals'],
      ['DateEquals', 'DateNotEquals'],
      ['IpAddress', 'NotIpAddress'],
      ['ArnLike', 'ArnNotLike'],
      ['ArnEquals', 'ArnNotEquals'],
    ] as const;
    const value = fc.oneof(
      fc.string(),
      fc.integer().map(String),
      fc.ipV4(),
      fc.ipV6(),
      fc.constantFrom('2026-01-01', 'arn:aws:s3:::b', '*'),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...pairs),
        fc.array(value, { minLength: 1 }),
        value,
        ([plain, negated], values, given) => {
          const context = new Map([['k', [given]]]);
          const condition = { quantifier: undefined, ifExists: false, key: 'K', values } as const;
          const positive = holds({ ...condition, operator: plain }, '2012-10-17', context);
          expect(holds({ ...condition, operator: negated }, '2012-10-17', context)).toBe(!positive);
        },
      ),
    );
  });

  it('never throws, whatever a request brings', () => {
    const operator = fc.constantFrom(...conditionOperators);
    const quantifier = fc.constantFrom(undefined, 'ForAllValues' as const, 'ForAnyValue' as const);
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(operator, quantifier, fc.array(text), fc.array(text), (name, set, values, given) => {
        const condition = { operator: name, quantifier: set, ifExists: false, key: 'k', values };
        expect(typeof holds(condition, '2012-10-17', new Map([['k', given]]))).toBe('boolean');
      }),
    );
  });
});
