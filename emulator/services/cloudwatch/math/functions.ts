import { MathFailure } from './expression.ts';
import { allTimes, many, mapped, one, scalar, seriesOf, type MathValue, type TimeSeries } from './values.ts';

/** Where an expression is evaluated. Times in ms. */
export interface MathRange {
  readonly start: number;
  readonly end: number;
  /** Of the expression, where it names none of its own: that of the metrics. */
  readonly period: number;
  /** A time at which a period begins: 0, unless periods slide. */
  readonly origin?: number;
}

type Function = (inputs: readonly MathValue[], range: MathRange) => MathValue;

/**
 * Functions of metric math that read their inputs' values only; METRICS, SEARCH and IF are the evaluator's.
 * Source: CloudWatch User Guide, "Metric math syntax and functions".
 */
export const functions: Readonly<Record<string, Function>> = {
  ABS: each(Math.abs),
  CEIL: each(Math.ceil),
  FLOOR: each(Math.floor),
  LOG: each(Math.log),
  LOG10: each(Math.log10),
  AVG: over((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
  SUM: over((values) => values.reduce((sum, value) => sum + value, 0)),
  MIN: over((values) => Math.min(...values)),
  MAX: over((values) => Math.max(...values)),
  STDDEV: over(deviation),
  METRIC_COUNT: ([input]) => scalar(input?.kind === 'array' ? input.series.length : 1),
  DATAPOINT_COUNT: over((values) => values.length),
  FIRST: atEnd(
    (series) => series[0],
    (points) => points[0],
  ),
  LAST: atEnd(
    (series) => series.at(-1),
    (points) => points.at(-1),
  ),
  DIFF: neighbours((value, before) => value - before),
  DIFF_TIME: neighbours((_value, _before, seconds) => seconds),
  RATE: neighbours((value, before, seconds) => (value - before) / seconds),
  RUNNING_SUM: onSeries((series) => {
    let sum = 0;
    return mapped(series, (value) => (sum += value));
  }),
  PERIOD: ([input]) => scalar(theSeries(input, 'PERIOD').period / 1000),
  REMOVE_EMPTY: ([input]) =>
    input?.kind === 'array' ? many(input.series.filter(({ points }) => points.size > 0)) : required(input),
  TIME_SERIES: ([input], range) => {
    if (input?.kind !== 'scalar') throw new MathFailure('TIME_SERIES takes a number.');
    const { value } = input;
    return one(
      seriesOf(
        { ...EMPTY, period: range.period },
        grid(range).map((time) => [time, value] as const),
      ),
    );
  },
  FILL: ([input, filling], range) => {
    const fill = (series: TimeSeries): TimeSeries => filled(series, filling, range);
    return input?.kind === 'array' ? many(input.series.map(fill)) : one(fill(theSeries(input, 'FILL')));
  },
  SORT: sort,
  SLICE: ([input, from, to]) => {
    if (input?.kind !== 'array') throw new MathFailure('SLICE takes an array of time series.');
    return many(
      input.series.slice(numberOf(from, 'SLICE'), to === undefined ? undefined : numberOf(to, 'SLICE')),
    );
  },
  EPOCH: ofTime((date) => Math.floor(date.getTime() / 1000)),
  MINUTE: ofTime((date) => date.getUTCMinutes()),
  HOUR: ofTime((date) => date.getUTCHours()),
  // Monday is 1.
  DAY: ofTime((date) => date.getUTCDay() || 7),
  DATE: ofTime((date) => date.getUTCDate()),
  MONTH: ofTime((date) => date.getUTCMonth() + 1),
  YEAR: ofTime((date) => date.getUTCFullYear()),
};

const EMPTY: TimeSeries = { label: '', period: 60_000, points: new Map() };

/** The beginnings of all periods of a range. */
export function grid({ start, end, period, origin = 0 }: MathRange): number[] {
  const times: number[] = [];
  for (let time = Math.floor((start - origin) / period) * period + origin; time < end; time += period)
    times.push(time);
  return times;
}

function required(input: MathValue | undefined): MathValue {
  if (input === undefined) throw new MathFailure('A function lacks what it works on.');
  return input;
}
function theSeries(input: MathValue | undefined, name: string): TimeSeries {
  if (input?.kind !== 'series') throw new MathFailure(`${name} takes a time series.`);
  return input.series;
}
function numberOf(input: MathValue | undefined, name: string): number {
  if (input?.kind !== 'scalar') throw new MathFailure(`${name} takes a number here.`);
  return input.value;
}

function onSeries(change: (series: TimeSeries) => TimeSeries): Function {
  return ([input]) =>
    input?.kind === 'array' ? many(input.series.map(change)) : one(change(theSeries(input, 'This function')));
}

function each(change: (value: number) => number): Function {
  const changed = onSeries((series) => mapped(series, (value) => change(value)));
  return (inputs, range) =>
    inputs[0]?.kind === 'scalar' ? scalar(change(inputs[0].value)) : changed(inputs, range);
}

/** Of one series, over its values, a number; of an array, at every time, a series. */
function over(reduce: (values: readonly number[]) => number): Function {
  return (inputs) => {
    // Several inputs are an array of them: MAX([m1, m2]) is also written MAX(m1, m2) by many.
    const [input] = inputs;
    if (inputs.length > 1 || input?.kind === 'array') {
      const series = inputs.flatMap((each) =>
        each.kind === 'array' ? [...each.series] : each.kind === 'series' ? [each.series] : [],
      );
      const numbers = inputs.flatMap((each) => (each.kind === 'scalar' ? [each.value] : []));
      const like = { ...(series[0] ?? EMPTY), label: '' };
      return one(
        seriesOf(
          like,
          allTimes(series).map((time) => {
            const values = series.flatMap(({ points }) => points.get(time) ?? []);
            return [time, reduce([...values, ...numbers])] as const;
          }),
        ),
      );
    }
    if (input?.kind === 'scalar') return scalar(reduce([input.value]));
    return scalar(reduce([...theSeries(input, 'This function').points.values()]));
  };
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function atEnd(
  ofArray: (series: readonly TimeSeries[]) => TimeSeries | undefined,
  ofPoints: (values: readonly number[]) => number | undefined,
): Function {
  return ([input]) => {
    if (input?.kind === 'array') return one(ofArray(input.series) ?? EMPTY);
    return scalar(ofPoints([...theSeries(input, 'This function').points.values()]) ?? NaN);
  };
}

function neighbours(change: (value: number, before: number, seconds: number) => number): Function {
  return onSeries((series) => {
    const points = [...series.points];
    return seriesOf(
      series,
      points.slice(1).map(([time, value], index) => {
        const [earlier, before] = points[index] ?? [time, value];
        return [time, change(value, before, (time - earlier) / 1000)] as const;
      }),
    );
  });
}

function ofTime(read: (date: Date) => number): Function {
  return onSeries((series) => mapped(series, (_value, time) => read(new Date(time))));
}

function filled(series: TimeSeries, filling: MathValue | undefined, range: MathRange): TimeSeries {
  const times = grid({ ...range, period: series.period });
  const known = [...series.points];
  let next = 0;
  return seriesOf(
    series,
    times.map((time) => {
      const value = series.points.get(time);
      while ((known[next]?.[0] ?? Infinity) <= time) next += 1;
      if (value !== undefined) return [time, value] as const;
      if (filling?.kind === 'scalar') return [time, filling.value] as const;
      if (filling?.kind === 'series') return [time, filling.series.points.get(time) ?? NaN] as const;
      const word = filling?.kind === 'text' ? filling.value.toUpperCase() : '';
      const [before, after] = [known[next - 1], known[next]];
      if (word === 'REPEAT') return [time, before?.[1] ?? NaN] as const;
      if (word !== 'LINEAR')
        throw new MathFailure('FILL fills with a number, a time series, REPEAT or LINEAR.');
      if (before === undefined || after === undefined)
        return [time, before?.[1] ?? after?.[1] ?? NaN] as const;
      const share = (time - before[0]) / (after[0] - before[0]);
      return [time, before[1] + (after[1] - before[1]) * share] as const;
    }),
  );
}

const ORDERS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length),
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
  STDDEV: deviation,
};

function sort([input, by, direction, count]: readonly MathValue[]): MathValue {
  if (input?.kind !== 'array') throw new MathFailure('SORT takes an array of time series.');
  const order = by?.kind === 'text' ? ORDERS[by.value.toUpperCase()] : undefined;
  const way = direction?.kind === 'text' ? direction.value.toUpperCase() : undefined;
  if (order === undefined || (way !== 'ASC' && way !== 'DESC'))
    throw new MathFailure('SORT takes AVG, MIN, MAX, SUM or STDDEV, then ASC or DESC.');
  const sign = way === 'ASC' ? 1 : -1;
  const sorted = [...input.series].sort(
    (a, b) => sign * (order([...a.points.values()]) - order([...b.points.values()])),
  );
  return many(count === undefined ? sorted : sorted.slice(0, numberOf(count, 'SORT')));
}
