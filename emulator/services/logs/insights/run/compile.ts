import { QueryFailure } from '../failure.ts';
import { addressFunctions } from '../functions/addresses.ts';
import type { QueryFunction } from '../functions/function.ts';
import { generalFunctions } from '../functions/general.ts';
import { numberFunctions } from '../functions/numbers.ts';
import { stringFunctions } from '../functions/strings.ts';
import type { Arithmetic, Comparator, Duration, Expression } from '../syntax/tree.ts';
import { ceilTo, floorTo } from '../time.ts';
import { asNumber, asText, Instant, isTrue, type Value } from '../value.ts';
import { isAggregate } from './aggregates.ts';
import type { Row } from './row.ts';

/** An expression, ready to be asked of a row. */
export type Evaluate = (row: Row) => Value;

/** What the compiler needs to know around an expression. */
export interface Surroundings {
  readonly query: string;
  /** ms since 1970: what `now()` says. */
  readonly now: number;
  /** What stands for an aggregation, where one may stand. */
  readonly aggregate?: (call: Expression & { kind: 'call' }) => Evaluate;
}

const FUNCTIONS: Readonly<Record<string, QueryFunction>> = {
  ...numberFunctions,
  ...stringFunctions,
  ...addressFunctions,
  ...generalFunctions,
};

/** @throws QueryFailure for an unknown function, or inputs that it does not take */
export function compile(expression: Expression, around: Surroundings): Evaluate {
  const inner = (part: Expression): Evaluate => compile(part, around);
  switch (expression.kind) {
    case 'number':
    case 'text': {
      const { value } = expression;
      return () => value;
    }
    case 'duration':
    case 'everything':
      throw QueryFailure.unexpected(around.query, symbolAt(around.query, expression.at), expression.at);
    case 'field':
      return fieldOf(expression.name);
    case 'arithmetic': {
      const [left, right] = [inner(expression.left), inner(expression.right)];
      const calculate = ARITHMETIC[expression.operator];
      return (row) => {
        const [a, b] = [asNumber(left(row)), asNumber(right(row))];
        if (a === undefined || b === undefined) return null;
        const value = calculate(a, b);
        return Number.isFinite(value) ? value : null;
      };
    }
    case 'compare':
      return comparison(expression.operator, inner(expression.left), inner(expression.right));
    case 'like': {
      const value = inner(expression.value);
      const { pattern, negated } = expression;
      const matches: (text: string) => boolean =
        typeof pattern === 'string' ? (text) => text.includes(pattern) : (text) => pattern.test(text);
      return (row) => {
        const found = value(row);
        return (found !== null && matches(asText(found))) === negated ? 0 : 1;
      };
    }
    case 'in': {
      const value = inner(expression.value);
      const list = expression.list.map(inner);
      const { negated } = expression;
      return (row) => {
        const found = value(row);
        return list.some((item) => equal(found, item(row))) === negated ? 0 : 1;
      };
    }
    case 'and':
    case 'or': {
      const [left, right] = [inner(expression.left), inner(expression.right)];
      return expression.kind === 'and'
        ? (row) => (isTrue(left(row)) && isTrue(right(row)) ? 1 : 0)
        : (row) => (isTrue(left(row)) || isTrue(right(row)) ? 1 : 0);
    }
    case 'not': {
      const of = inner(expression.of);
      return (row) => (isTrue(of(row)) ? 0 : 1);
    }
    case 'call':
      return call(expression, around);
  }
}

/** `true` and `false` are what JSON's true and false are, unless a field has the name. */
function fieldOf(name: string): Evaluate {
  if (name === 'true' || name === 'false') {
    const value = Number(name === 'true');
    return (row) => row.get(name) ?? value;
  }
  return (row) => row.get(name);
}

const ARITHMETIC: Readonly<Record<Arithmetic, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
};

function equal(a: Value, b: Value): boolean {
  if (a === null || b === null) return false;
  const [x, y] = [asNumber(a), asNumber(b)];
  return x !== undefined && y !== undefined ? x === y : asText(a) === asText(b);
}

function comparison(operator: Comparator, left: Evaluate, right: Evaluate): Evaluate {
  if (operator === '=') return (row) => (equal(left(row), right(row)) ? 1 : 0);
  // What is not there is not equal to anything.
  if (operator === '!=') return (row) => (equal(left(row), right(row)) ? 0 : 1);
  const [less, same] = [operator.startsWith('<'), operator.length === 2];
  return (row) => {
    const [a, b] = [left(row), right(row)];
    if (a === null || b === null) return 0;
    const [x, y] = [asNumber(a), asNumber(b)];
    const numbers = x !== undefined && y !== undefined;
    const order = numbers ? x - y : compareText(asText(a), asText(b));
    return (order === 0 ? same : order < 0 === less) ? 1 : 0;
  };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function call(expression: Expression & { kind: 'call' }, around: Surroundings): Evaluate {
  const name = expression.name.toLowerCase();
  if (isAggregate(name)) {
    if (around.aggregate === undefined)
      throw new QueryFailure(
        `The aggregation function ${expression.name} can be used in the stats command only.`,
        expression.at,
        expression.at + expression.name.length - 1,
      );
    return around.aggregate(expression);
  }
  if (name === 'bin' || name === 'datefloor' || name === 'dateceil') return rounded(name, expression, around);
  if (name === 'now' && expression.inputs.length === 0) {
    const seconds = Math.floor(around.now / 1000);
    return () => seconds;
  }
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  const { inputs } = expression;
  if (known === undefined)
    throw new QueryFailure(
      `Unknown function ${expression.name}`,
      expression.at,
      expression.at + expression.name.length - 1,
    );
  if (inputs.length < known.least || inputs.length > known.most) throw wrongInputs(expression);
  const parts = inputs.map((input) => compile(input, around));
  const [only] = parts;
  // Most functions have one input.
  if (parts.length === 1 && only !== undefined) return (row) => known.call([only(row)]);
  return (row) => known.call(parts.map((part) => part(row)));
}

export function wrongInputs(expression: Expression & { kind: 'call' }): QueryFailure {
  return new QueryFailure(
    `Invalid arguments for function ${expression.name}`,
    expression.at,
    expression.at + expression.name.length - 1,
  );
}

/** `bin(5m)`, `datefloor(@timestamp, 1h)` and `dateceil(…)`. */
function rounded(name: string, expression: Expression & { kind: 'call' }, around: Surroundings): Evaluate {
  const inputs = [...expression.inputs];
  const span: Duration | undefined = inputs.at(-1)?.kind === 'duration' ? spanOf(inputs.pop()) : undefined;
  const wanted = name === 'bin' ? 0 : 1;
  if (span === undefined || span.count < 1 || inputs.length !== wanted) throw wrongInputs(expression);
  const [of] = inputs;
  const time: Evaluate = of === undefined ? (row) => row.get('@timestamp') : compile(of, around);
  const round = name === 'dateceil' ? ceilTo : floorTo;
  return (row) => {
    const ms = asNumber(time(row));
    return ms === undefined ? null : new Instant(round(ms, span));
  };
}

function spanOf(expression: Expression | undefined): Duration | undefined {
  return expression?.kind === 'duration' ? expression.span : undefined;
}

function symbolAt(query: string, at: number): string {
  return /^[\w*]+/.exec(query.slice(at))?.[0] ?? query.slice(at, at + 1);
}
