import { MathFailure, type Expression, type Operator } from './expression.ts';
import { functions, type MathRange } from './functions.ts';
import { many, mapped, one, scalar, seriesOf, type MathValue, type TimeSeries } from './values.ts';

/** What an expression may refer to. */
export interface MathScope {
  /** The value of another query of the request. @throws MathFailure for an id that is not there */
  value(id: string): MathValue;
  /** The metrics (not the expressions) of the request whose id holds a text, or all. */
  metrics(containing: string | undefined): readonly TimeSeries[];
  /** What `SEARCH` finds. @throws MathFailure for a search that is not supported here */
  search(query: string, statistic: string, period: number | undefined): readonly TimeSeries[];
  readonly range: MathRange;
}

/** Functions of AWS's that this cloud has nothing for. They are refused, never answered with something else. */
const MISSING = [
  'ANOMALY_DETECTION_BAND',
  'DB_PERF_INSIGHTS',
  'INSIGHT_RULE_METRIC',
  'LAMBDA',
  'SERVICE_QUOTA',
];
const WORDS = new Set(['REPEAT', 'LINEAR', 'AVG', 'SUM', 'MIN', 'MAX', 'STDDEV', 'ASC', 'DESC']);

/** @throws MathFailure */
export function evaluate(expression: Expression, scope: MathScope): MathValue {
  switch (expression.kind) {
    case 'number':
      return scalar(expression.value);
    case 'text':
      return { kind: 'text', value: expression.value };
    case 'id':
      // REPEAT in FILL(m1, REPEAT) looks like an id; ids begin with a small letter.
      if (WORDS.has(expression.id)) return { kind: 'text', value: expression.id };
      return scope.value(expression.id);
    case 'negative':
      return operate('-', scalar(0), evaluate(expression.of, scope));
    case 'operation':
      return operate(
        expression.operator,
        evaluate(expression.left, scope),
        evaluate(expression.right, scope),
      );
    case 'list':
      return many(expression.items.flatMap((item) => seriesIn(evaluate(item, scope))));
    case 'call':
      return call(expression.name.toUpperCase(), expression.inputs, scope);
  }
}

function call(name: string, inputs: readonly Expression[], scope: MathScope): MathValue {
  if (MISSING.includes(name)) throw new MathFailure(`The function ${name} is not supported by this cloud.`);
  const values = inputs.map((input) => evaluate(input, scope));
  if (name === 'METRICS') {
    const [filter] = values;
    if (filter !== undefined && filter.kind !== 'text') throw new MathFailure('METRICS takes a text.');
    return many(scope.metrics(filter?.value));
  }
  if (name === 'SEARCH') {
    const [query, statistic, period] = values;
    if (query?.kind !== 'text' || statistic?.kind !== 'text')
      throw new MathFailure('SEARCH takes a search and a statistic, both as text.');
    return many(
      scope.search(query.value, statistic.value, period?.kind === 'scalar' ? period.value : undefined),
    );
  }
  if (name === 'IF') return condition(values);
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (known === undefined) throw new MathFailure(`Unknown function ${name}.`);
  return known(values, scope.range);
}

function seriesIn(value: MathValue): readonly TimeSeries[] {
  if (value.kind === 'series') return [value.series];
  if (value.kind === 'array') return value.series;
  throw new MathFailure('An array holds time series.');
}

const OPERATIONS: Readonly<Record<Operator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
  AND: (a, b) => Number(a !== 0 && b !== 0),
  OR: (a, b) => Number(a !== 0 || b !== 0),
};

function operate(operator: Operator, left: MathValue, right: MathValue): MathValue {
  const apply = OPERATIONS[operator];
  if (left.kind === 'text' || right.kind === 'text')
    throw new MathFailure(`Unsupported operand type(s) for ${operator}: String.`);
  if (left.kind === 'scalar' && right.kind === 'scalar') return scalar(apply(left.value, right.value));
  if (left.kind === 'array' && right.kind === 'array')
    throw new MathFailure(`Unsupported operand type(s) for ${operator}: two arrays of time series.`);
  if (left.kind === 'array') return many(left.series.map((series) => combined(apply, one(series), right)));
  if (right.kind === 'array') return many(right.series.map((series) => combined(apply, left, one(series))));
  return one(combined(apply, left, right));
}

/** Where one of two series has no value, there is none: AWS fills nothing in. */
function combined(apply: (a: number, b: number) => number, left: MathValue, right: MathValue): TimeSeries {
  if (left.kind === 'series' && right.kind === 'series') {
    const wide = left.series.period >= right.series.period ? left.series : right.series;
    return seriesOf(
      { ...wide, label: left.series.label },
      [...wide.points.keys()].map((time) => {
        const [a, b] = [left.series.points.get(time), right.series.points.get(time)];
        return [time, a === undefined || b === undefined ? NaN : apply(a, b)] as const;
      }),
    );
  }
  if (left.kind === 'series' && right.kind === 'scalar')
    return mapped(left.series, (value) => apply(value, right.value));
  if (right.kind === 'series' && left.kind === 'scalar')
    return mapped(right.series, (value) => apply(left.value, value));
  throw new MathFailure('An operation works on numbers and time series.');
}

function condition([test, then, otherwise]: readonly MathValue[]): MathValue {
  if (test === undefined || then === undefined) throw new MathFailure('IF takes a condition and a value.');
  if (test.kind === 'scalar') {
    const chosen = test.value !== 0 ? then : otherwise;
    return chosen ?? many([]);
  }
  if (test.kind !== 'series') throw new MathFailure('The condition of IF is a number or a time series.');
  const pick = (value: MathValue | undefined, time: number): number => {
    if (value === undefined) return NaN;
    if (value.kind === 'scalar') return value.value;
    if (value.kind === 'series') return value.series.points.get(time) ?? NaN;
    throw new MathFailure('The values of IF are numbers or time series.');
  };
  return one(mapped(test.series, (value, time) => pick(value !== 0 ? then : otherwise, time)));
}
