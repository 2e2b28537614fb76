import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item, Value } from '../value/value.ts';
import { wireValue } from '../value/wire.ts';
import { readCondition } from './condition.ts';
import { holds } from './evaluate.ts';
import { Names } from './names.ts';
import { readProjection } from './projection.ts';
import { reading } from './reader.ts';
import { readUpdate } from './update.ts';

const names = (values: Readonly<Record<string, Value>> = {}, of: Readonly<Record<string, string>> = {}) =>
  new Names(
    {
      ExpressionAttributeValues: Object.fromEntries(
        Object.entries({ ':unused': { S: '' }, ...values }).map(([key, value]) => [key, wireValue(value)]),
      ),
      ExpressionAttributeNames: { '#unused': 'unused', ...of },
    },
    { ConditionExpression: '' },
    ['ConditionExpression'],
  );

/** A condition as text, and what it comes to, worked out without parser or tree. */
interface Model {
  readonly text: string;
  readonly truth: boolean;
  /** AND binds tighter than OR, NOT tighter than both. */
  readonly strength: 1 | 2 | 3;
}

const item: Item = { a: { N: '1' }, b: { N: '2' }, s: { S: 'abc' }, l: { L: [{ N: '1' }, { S: 'x' }] } };
const values: Record<string, Value> = { ':one': { N: '1' }, ':two': { N: '2' }, ':ab': { S: 'ab' } };
const numbers = [
  { text: 'a', value: 1 },
  { text: 'b', value: 2 },
  { text: ':one', value: 1 },
  { text: ':two', value: 2 },
  { text: 'nowhere', value: undefined },
  { text: 'l[0]', value: 1 },
  { text: 'size(s)', value: 3 },
];
const comparators: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};
const comparisons = fc
  .tuple(
    fc.constantFrom(...numbers),
    fc.constantFrom(...Object.entries(comparators)),
    fc.constantFrom(...numbers),
  )
  .filter(([left, , right]) => left.text !== right.text)
  .map(([left, [sign, compare], right]): Model => {
    const known = left.value !== undefined && right.value !== undefined;
    const truth = known ? compare(left.value, right.value) : sign === '<>';
    return { text: `${left.text} ${sign} ${right.text}`, truth, strength: 3 };
  });
const leaf = fc.oneof(
  comparisons,
  fc
    .constantFrom<Model>(
      { text: 'attribute_exists(a)', truth: true, strength: 3 },
      { text: 'attribute_not_exists(l[1])', truth: false, strength: 3 },
      { text: 'attribute_type(s, :ab)', truth: false, strength: 3 },
      { text: 'begins_with(s, :ab)', truth: true, strength: 3 },
      { text: 'contains(l, :one)', truth: true, strength: 3 },
      { text: 'a BETWEEN :one AND :two', truth: true, strength: 3 },
      { text: 'b IN (:one, a)', truth: false, strength: 3 },
    )
    .filter(({ text }) => !text.startsWith('attribute_type')),
);
const { condition } = fc.letrec<{ condition: Model }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 5 },
    leaf,
    tie('condition').map((inner): Model => ({
      text: `NOT ${inner.strength < 3 ? `(${inner.text})` : inner.text}`,
      truth: !inner.truth,
      strength: 3,
    })),
    fc
      .tuple(tie('condition'), fc.constantFrom('AND', 'or'), tie('condition'))
      .map(([left, word, right]): Model => {
        const strength = word === 'AND' ? 2 : 1;
        const wrap = ({ text, strength: own }: Model) => (own < strength ? `(${text})` : text);
        const truth = word === 'AND' ? left.truth && right.truth : left.truth || right.truth;
        return { text: `${wrap(left)} ${word} ${wrap(right)}`, truth, strength };
      }),
  ),
}));

describe('conditions', () => {
  it('come to what a naive model says, with as few parentheses as can be', () => {
    fc.assert(
      fc.property(condition, ({ text, truth }) => {
        fc.pre(text.length < 4000);
        expect([text, holds(readCondition(text, names(values)), item)]).toEqual([text, truth]);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a = ', 'Syntax error; token: "<EOF>", near: "="'],
    ['a = = :one', 'Syntax error; token: "=", near: "= = :one"'],
    ['(a = :one', 'Syntax error; token: "<EOF>", near: ":one"'],
    ['a @ :one', 'Syntax error; token: "@", near: "a @ :one"'],
    ['foo(a)', 'Invalid function name; function: foo'],
    [
      'if_not_exists(a, :one)',
      'The function is not allowed in a condition expression; function: if_not_exists',
    ],
    [
      'begins_with(a, :one)',
      'Incorrect operand type for operator or function; operator or function: begins_with, operand type: N',
    ],
    [
      'begins_with(a)',
      'Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1',
    ],
    [
      'attribute_exists(:one)',
      'Operator or function requires a document path; operator or function: attribute_exists',
    ],
    [
      'a = a',
      'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]',
    ],
    [
      'a BETWEEN :two AND :one',
      'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}',
    ],
    ['((a = :one))', 'The expression has redundant parentheses;'],
    [
      'attribute_type(a, :ab)',
      'Invalid attribute type name found; type: ab, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}',
    ],
    ['date = :one', 'Attribute name is a reserved keyword; reserved keyword: date'],
  ])('%s is refused', (text, message) => {
    expect(() => reading('ConditionExpression', () => readCondition(text, names(values)))).toThrow(
      `Invalid ConditionExpression: ${message}`,
    );
  });
});

describe('every parser', () => {
  const pieces = [
    'a',
    '#n',
    ':one',
    '(',
    ')',
    '[',
    ']',
    '0',
    '.',
    ',',
    '=',
    '<>',
    '<',
    '+',
    '-',
    'AND',
    'OR',
    'NOT',
    'SET',
    'REMOVE',
    'ADD',
    'DELETE',
    'BETWEEN',
    'IN',
    'size',
    'contains',
    '"',
    '\u{1f980}',
  ];
  it('ends on any text, with a tree or a refusal', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
        for (const read of [readCondition, readProjection, readUpdate])
          try {
            read(parts.join(' '), names(values, { '#n': 'n' }));
          } catch (error) {
            expect(error).toMatchObject({ code: 'ValidationException' });
          }
      }),
    );
  });

  it('does not fall over deep nesting', () => {
    for (const text of ['('.repeat(4000), `a = ${'size('.repeat(800)}`, `NOT `.repeat(1000)])
      expect(() => readCondition(text, names())).toThrow();
    expect(() => readUpdate(`SET a = ${'('.repeat(4000)}`, names())).toThrow(/Syntax error|nested/);
  });
});
