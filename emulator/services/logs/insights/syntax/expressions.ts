import { QueryFailure } from '../failure.ts';
import { compileRegex, type Scanner } from './scanner.ts';
import type { Arithmetic, Comparator, Expression } from './tree.ts';

const COMPARATORS: readonly string[] = ['=', '!=', '<', '<=', '>', '>='] satisfies Comparator[];
const LEVELS: readonly (readonly Arithmetic[])[] = [
  ['+', '-'],
  ['*', '/', '%'],
];
const DEEPEST = 100;

/** Reads one expression. @throws QueryFailure */
export function readExpression(scanner: Scanner, depth = 0): Expression {
  if (depth > DEEPEST)
    throw new QueryFailure('The query is nested too deeply.', scanner.token.start, scanner.token.end);
  const inner = (): Expression => readExpression(scanner, depth + 1);

  function logical(kind: 'or' | 'and', next: () => Expression): Expression {
    const at = scanner.token.start;
    let left = next();
    while (scanner.takeWord(kind)) left = { kind, at, left, right: next() };
    return left;
  }
  const or = (): Expression => logical('or', and);
  const and = (): Expression => logical('and', negation);

  function negation(): Expression {
    const at = scanner.token.start;
    return scanner.takeWord('not') ? { kind: 'not', at, of: negation() } : comparison();
  }

  function comparison(): Expression {
    const at = scanner.token.start;
    const left = arithmetic(0);
    const negated = scanner.takeWord('not');
    if (scanner.takeWord('like')) return { kind: 'like', at, value: left, pattern: pattern(false), negated };
    if (scanner.takeWord('in')) return { kind: 'in', at, value: left, list: list(), negated };
    if (negated) throw scanner.unexpected();
    if (scanner.take('=~')) return { kind: 'like', at, value: left, pattern: pattern(true), negated };
    const { token } = scanner;
    if (token.kind !== 'sign' || !COMPARATORS.includes(token.text)) return left;
    scanner.next();
    return { kind: 'compare', at, operator: token.text as Comparator, left, right: arithmetic(0) };
  }

  /** What stands behind `like` or `=~`: a regular expression, or a text, which is one too behind `=~`. */
  function pattern(alwaysRegex: boolean): string | RegExp {
    const { token } = scanner;
    if (token.kind === 'sign' && token.text === '/') return scanner.regex();
    if (token.kind !== 'text') throw scanner.unexpected();
    scanner.next();
    return alwaysRegex ? compileRegex(token.value, token.start, token.end) : token.value;
  }

  function list(): Expression[] {
    scanner.expect('[');
    const items: Expression[] = [];
    if (scanner.take(']')) return items;
    do items.push(arithmetic(0));
    while (scanner.take(','));
    scanner.expect(']');
    return items;
  }

  function arithmetic(level: number): Expression {
    const operators = LEVELS[level];
    if (operators === undefined) return power();
    const at = scanner.token.start;
    let left = arithmetic(level + 1);
    for (;;) {
      const { token } = scanner;
      const operator = token.kind === 'sign' ? operators.find((sign) => sign === token.text) : undefined;
      if (operator === undefined) return left;
      scanner.next();
      left = { kind: 'arithmetic', at, operator, left, right: arithmetic(level + 1) };
    }
  }

  function power(): Expression {
    const at = scanner.token.start;
    const left = unary();
    return scanner.take('^') ? { kind: 'arithmetic', at, operator: '^', left, right: power() } : left;
  }

  function unary(): Expression {
    const at = scanner.token.start;
    if (!scanner.take('-')) return primary();
    return { kind: 'arithmetic', at, operator: '-', left: { kind: 'number', at, value: 0 }, right: unary() };
  }

  function primary(): Expression {
    const { token } = scanner;
    const at = token.start;
    if (scanner.take('(')) {
      const whole = inner();
      scanner.expect(')');
      return whole;
    }
    switch (token.kind) {
      case 'number':
        scanner.next();
        return { kind: 'number', at, value: Number(token.text) };
      case 'duration':
        scanner.next();
        return { kind: 'duration', at, span: token.span };
      case 'text':
        scanner.next();
        return { kind: 'text', at, value: token.value };
      case 'word': {
        scanner.next();
        if (!token.quoted && scanner.take('('))
          return { kind: 'call', at, name: token.text, inputs: inputs() };
        return { kind: 'field', at, name: indexed(token.text) };
      }
      default:
        throw scanner.unexpected();
    }
  }

  /** `items[0]` is `items.0`. */
  function indexed(name: string): string {
    let whole = name;
    while (scanner.token.start === scanner.lastEnd && scanner.take('[')) {
      const token = scanner.next();
      if (token.kind !== 'number') throw scanner.unexpected(token);
      scanner.expect(']');
      whole += `.${token.text}`;
    }
    return whole;
  }

  function inputs(): Expression[] {
    const all: Expression[] = [];
    if (scanner.take(')')) return all;
    do {
      const at = scanner.token.start;
      all.push(scanner.take('*') ? { kind: 'everything', at } : inner());
    } while (scanner.take(','));
    scanner.expect(')');
    return all;
  }

  return or();
}
