import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Scope } from '../../../service/call.ts';
import { validationError } from '../failures.ts';
import { evaluate } from '../math/evaluate.ts';
import { MathFailure, parseExpression, type Expression } from '../math/expression.ts';
import { searchOf } from '../math/search.ts';
import type { MathValue, TimeSeries } from '../math/values.ts';
import { requestedMetric, type Metric } from '../metric/metric.ts';
import type { MetricStore } from '../metric/store.ts';
import { isPeriod } from './get-statistics.ts';
import { byPeriod } from './periods.ts';
import { needsValues, statisticOf, type Statistic } from './statistic.ts';

interface Common {
  readonly id: string;
  readonly label: string | undefined;
  readonly returned: boolean;
}
/** One metric in one statistic. The period in ms. */
export type MetricQuery = Common & {
  readonly kind: 'metric';
  readonly metric: Metric;
  readonly period: number;
  readonly stat: string;
  readonly statistic: Statistic;
  readonly unit: string | undefined;
};
export type ExpressionQuery = Common & {
  readonly kind: 'expression';
  readonly text: string;
  readonly expression: Expression;
  readonly period: number | undefined;
};
export type Query = MetricQuery | ExpressionQuery;

/**
 * Reads the queries of GetMetricData or of an alarm.
 * @param member how the request names the list, for messages
 * @throws ValidationException
 */
export function readQueries(queries: readonly MetricDataQuery[], member: string): Query[] {
  const ids = new Set<string>();
  const read = queries.map((query, index): Query => {
    const at = `${member}.member.${index + 1}`;
    const { Id: id = '', MetricStat, Expression: text, Label: label, Period } = query;
    if (!/^[a-z]\w*$/.test(id))
      throw validationError(
        `The value ${id} for parameter ${at}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
      );
    if (ids.has(id)) throw validationError(`The values for parameter Id in ${member} are not unique.`);
    ids.add(id);
    const common = { id, label, returned: query.ReturnData ?? true };
    if ((MetricStat === undefined) === (text === undefined))
      throw validationError(
        `Exactly one of the parameters ${at}.MetricStat and ${at}.Expression must be specified.`,
      );
    if (text !== undefined) {
      if (/^\s*SELECT\b/i.test(text))
        throw validationError(
          `Error in expression '${id}': Metrics Insights queries (SELECT) are not supported by this cloud.`,
        );
      if (Period !== undefined && !isPeriod(Period)) throw badPeriod(`${at}.Period`);
      const expression = inExpression(id, () => parseExpression(text));
      return {
        ...common,
        kind: 'expression',
        text,
        expression,
        period: Period === undefined ? undefined : Period * 1000,
      };
    }
    const { Metric: metric, Period: seconds = 60, Stat = '', Unit } = MetricStat ?? {};
    if (!isPeriod(seconds)) throw badPeriod(`${at}.MetricStat.Period`);
    const statistic = statisticOf(Stat);
    if (statistic === undefined)
      throw validationError(`The value ${Stat} for parameter ${at}.MetricStat.Stat is not supported.`);
    return {
      ...common,
      kind: 'metric',
      metric: requestedMetric(metric?.Namespace ?? '', metric?.MetricName ?? '', metric?.Dimensions),
      period: seconds * 1000,
      stat: Stat,
      statistic,
      unit: Unit,
    };
  });
  return read;
}

const badPeriod = (at: string) =>
  validationError(`The parameter ${at} must be 1, 5, 10, 20, 30 or a multiple of 60.`);

function inExpression<T>(id: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof MathFailure)) throw error;
    throw validationError(`Error in expression '${id}': ${error.message}`);
  }
}

/** Where queries are evaluated: times in ms. `sliding`: periods end at `end`, as alarms count them. */
export interface Evaluation {
  readonly store: MetricStore;
  readonly scope: Scope;
  readonly start: number;
  readonly end: number;
  readonly sliding?: boolean;
}

/** The points of one metric. */
export function readMetric(
  { metric, period, stat, statistic, unit, id, label }: MetricQuery,
  { store, scope, start, end, sliding = false }: Evaluation,
): TimeSeries {
  const points = new Map<number, number>();
  const known = store.find(scope, metric);
  const series = [...(known?.units.values() ?? [])].filter(
    (each) => unit === undefined || each.unit === unit,
  );
  const from = sliding ? start : Math.floor(start / period) * period;
  const span = { start: from, end, period, origin: sliding ? end : 0 };
  for (const bucket of byPeriod(series, span, needsValues(stat))) {
    const value = statistic(bucket);
    if (value !== undefined) points.set(bucket.start, value);
  }
  return { label: label ?? (metric.name || id), period, points };
}

/**
 * The values of all queries by id.
 * @throws ValidationException for an expression that cannot be evaluated
 */
export function answerQueries(queries: readonly Query[], evaluation: Evaluation): Map<string, MathValue> {
  const values = new Map<string, MathValue>();
  const byId = new Map(queries.map((query) => [query.id, query]));
  const open = new Set<string>();
  const shortest = queries.flatMap((query) => query.period ?? []);
  const usual = shortest.length === 0 ? 300_000 : Math.max(...shortest);

  const valueOf = (id: string): MathValue => {
    const known = values.get(id);
    if (known !== undefined) return known;
    const query = byId.get(id);
    if (query === undefined) throw new MathFailure(`Undefined id ${id}.`);
    if (open.has(id)) throw new MathFailure(`The id ${id} refers to itself.`);
    open.add(id);
    const value = query.kind === 'metric' ? metricValue(query) : expressionValue(query);
    open.delete(id);
    values.set(id, value);
    return value;
  };
  const metricValue = (query: MetricQuery): MathValue => ({
    kind: 'series',
    series: readMetric(query, evaluation),
  });
  const expressionValue = (query: ExpressionQuery): MathValue => {
    const range = {
      start: evaluation.start,
      end: evaluation.end,
      period: query.period ?? usual,
      origin: evaluation.sliding === true ? evaluation.end : 0,
    };
    const value = evaluate(query.expression, {
      range,
      value: valueOf,
      metrics: (containing) =>
        queries
          .filter(
            ({ kind, id }) => kind === 'metric' && (containing === undefined || id.includes(containing)),
          )
          .flatMap(({ id }) => {
            const found = valueOf(id);
            return found.kind === 'series' ? [found.series] : [];
          }),
      search: (text, stat, seconds) => search(text, stat, seconds ?? range.period / 1000, evaluation),
    });
    return value.kind === 'series'
      ? { kind: 'series', series: { ...value.series, label: query.label ?? query.id } }
      : value;
  };
  for (const { id } of queries) inExpression(id, () => valueOf(id));
  return values;
}

/** "A search expression can return 100 time series at most." */
const MOST_FOUND = 100;

function search(text: string, stat: string, seconds: number, evaluation: Evaluation): TimeSeries[] {
  const statistic = statisticOf(stat);
  if (statistic === undefined) throw new MathFailure(`The statistic ${stat} is not supported.`);
  if (!isPeriod(seconds))
    throw new MathFailure('The period of SEARCH is 1, 5, 10, 20, 30 or a multiple of 60.');
  const fits = searchOf(text);
  const found: TimeSeries[] = [];
  for (const { metric } of evaluation.store.metrics(evaluation.scope)) {
    if (!fits(metric)) continue;
    const label = [...metric.dimensions.map(([, value]) => value), metric.name].join(' ');
    const query: MetricQuery = {
      kind: 'metric',
      id: metric.name,
      label,
      returned: true,
      metric,
      period: seconds * 1000,
      stat,
      statistic,
      unit: undefined,
    };
    const series = readMetric(query, evaluation);
    if (series.points.size > 0) found.push(series);
    if (found.length >= MOST_FOUND) break;
  }
  return found;
}
