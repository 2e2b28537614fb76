import type { ClockTimer } from '../../../clock/clock.ts';
import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import { metricKey, requestedMetric } from '../metric/metric.ts';
import type { MetricStore } from '../metric/store.ts';
import { byPeriod } from '../query/periods.ts';
import { answerQueries, readQueries, type MetricQuery, type Query } from '../query/queries.ts';
import { shareOf } from '../query/statistic.ts';
import { decide, EXTRA_PERIODS, type Evaluated, type Verdict } from './decide.ts';
import { alarmName, queryOf, type AlarmRow, type CompositeAlarmRow, type MetricAlarmRow } from './rows.ts';
import { alarmsOf, holds, parseRule } from './rule.ts';
import type { AlarmStore } from './store.ts';

const MINUTE = 60_000;
/** Alarms on periods below a minute are evaluated every 10 seconds, the others every minute. In ms. */
const SHORT = 10_000;
/** How long new data waits for more before the alarms on it are looked at, in ms. */
const GATHER = 50;

/** Evaluates alarms on the cloud's clock, and as soon as data comes in that can only make them worse. */
export class AlarmEvaluator {
  readonly #alarms: AlarmStore;
  readonly #metrics: MetricStore;
  readonly #readings = new Map<string, { readonly row: readonly unknown[]; readonly queries: Query[] }>();
  /** Scope and metric → names of alarms on it. */
  #watched: Map<string, Set<string>> | undefined;
  #tick: ClockTimer | undefined;
  #gathering: ClockTimer | undefined;
  readonly #fresh = new Map<string, { scope: Scope; name: string }>();
  #stopped = false;
  readonly #unlisten: () => void;

  constructor(alarms: AlarmStore, metrics: MetricStore) {
    this.#alarms = alarms;
    this.#metrics = metrics;
    alarms.onChange(() => {
      this.#watched = undefined;
      this.#schedule();
    });
    alarms.onTransition((scope) => this.composites(scope));
    this.#unlisten = metrics.listen((scope, key) => this.#arrived(scope, key));
    this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    this.#tick?.cancel();
    this.#gathering?.cancel();
    this.#unlisten();
  }

  /** Brings composite alarms to what their rules say now. */
  composites({ account, region }: Scope): void {
    const scope = { account, region };
    for (const row of [...this.#alarms.in(scope).values()])
      if (row.kind === 'composite') this.#composite(scope, row);
  }

  #composite(scope: Scope, row: CompositeAlarmRow): void {
    const rule = parseRule(row.rule);
    const stateOf = (alarm: string) => this.#alarms.in(scope).get(alarmName(scope, alarm))?.state.value;
    const value = holds(rule, stateOf) ? 'ALARM' : 'OK';
    if (value === row.state.value) return;
    const triggering = alarmsOf(rule).flatMap((alarm) => {
      const found = this.#alarms.in(scope).get(alarmName(scope, alarm));
      return found === undefined ? [] : [found];
    });
    const last = triggering.sort((a, b) => b.state.transitioned - a.state.transitioned)[0];
    const reason =
      last === undefined
        ? `The rule evaluated to ${value === 'ALARM' ? 'TRUE' : 'FALSE'}.`
        : `arn:aws:cloudwatch:${scope.region}:${scope.account}:alarm:${last.name} transitioned to ${last.state.value} at ${longDate(last.state.transitioned)}`;
    const data = JSON.stringify({
      triggeringAlarms: triggering.map(({ name, state }) => ({
        arn: `arn:aws:cloudwatch:${scope.region}:${scope.account}:alarm:${name}`,
        state: { value: state.value, timestamp: stamp(state.transitioned) },
      })),
    });
    this.#alarms.setState(scope, row, value, reason, data);
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#tick?.cancel();
    this.#tick = undefined;
    let step = Infinity;
    for (const scope of this.#alarms.scopes())
      for (const row of this.#alarms.in(scope).values())
        if (row.kind === 'metric') step = Math.min(step, stepOf(row));
    if (step === Infinity) return;
    const now = this.#alarms.cloud.clock.now();
    const next = (Math.floor(now / step) + 1) * step;
    this.#tick = this.#alarms.cloud.clock.at(next, () => {
      this.#evaluateAll(next);
      this.#schedule();
    });
  }

  #evaluateAll(at: number): void {
    for (const scope of [...this.#alarms.scopes()])
      for (const row of [...this.#alarms.in(scope).values()])
        if (row.kind === 'metric' && at % stepOf(row) === 0) this.#evaluate(scope, row, at, false);
  }

  #arrived({ account, region }: Scope, key: string): void {
    const scope = { account, region };
    const names = this.#index().get(`${account}/${region} ${key}`);
    if (names === undefined || this.#stopped) return;
    for (const name of names) this.#fresh.set(`${account}/${region} ${name}`, { scope, name });
    this.#gathering ??= this.#alarms.cloud.clock.after(GATHER, () => {
      this.#gathering = undefined;
      const fresh = [...this.#fresh.values()];
      this.#fresh.clear();
      for (const { scope: where, name } of fresh) {
        const row = this.#alarms.in(where).get(name);
        if (row?.kind !== 'metric') continue;
        const step = stepOf(row);
        const end = (Math.floor(this.#alarms.cloud.clock.now() / step) + 1) * step;
        this.#evaluate(where, row, end, true);
      }
    });
  }

  #index(): Map<string, Set<string>> {
    if (this.#watched !== undefined) return this.#watched;
    const watched = new Map<string, Set<string>>();
    for (const scope of this.#alarms.scopes())
      for (const row of this.#alarms.in(scope).values())
        if (row.kind === 'metric')
          for (const { MetricStat: stat } of row.queries) {
            if (stat === null) continue;
            const metric = requestedMetric(stat.Namespace, stat.MetricName, [...stat.Dimensions]);
            const key = `${scope.account}/${scope.region} ${metricKey(metric)}`;
            const names = watched.get(key) ?? new Set<string>();
            watched.set(key, names.add(row.name));
          }
    this.#watched = watched;
    return watched;
  }

  /**
   * @param end of the newest period, in ms
   * @param early the period has not ended: only a state that more data cannot take back is taken
   */
  #evaluate(scope: Scope, row: MetricAlarmRow, end: number, early: boolean): void {
    let periods: Evaluated[];
    try {
      periods = this.#periods(scope, row, end);
    } catch (error) {
      if (!(error instanceof ServiceFailure)) throw error;
      periods = [];
    }
    const judgement = {
      evaluationPeriods: row.evaluationPeriods,
      datapointsToAlarm: row.datapointsToAlarm ?? row.evaluationPeriods,
      threshold: row.threshold,
      comparison: row.comparison,
      treatMissing: row.treatMissing ?? 'missing',
    };
    const verdict = decide(periods, judgement, row.state.value);
    const { state } = verdict;
    if (state === undefined || tooFewSamples(row, verdict)) return;
    if (
      early &&
      !(state === 'ALARM' && onlyWorsens(row)) &&
      !(state === 'OK' && row.state.value === 'INSUFFICIENT_DATA')
    )
      return;
    if (state === row.state.value) return;
    const period = periodOf(row);
    this.#alarms.setState(scope, row, state, verdict.reason, reasonData(row, verdict, period, end));
  }

  #periods(scope: Scope, row: MetricAlarmRow, end: number): Evaluated[] {
    const period = periodOf(row);
    const count = row.evaluationPeriods + EXTRA_PERIODS;
    const start = end - count * period;
    const queries = this.#queries(row);
    const evaluation = { store: this.#metrics, scope, start, end, sliding: true };
    const value = answerQueries(queries, evaluation).get(queries.find(({ returned }) => returned)?.id ?? '');
    const samples = new Map<number, number>();
    const [first] = queries;
    if (first?.kind === 'metric' && queries.length === 1)
      for (const bucket of byPeriod(this.#seriesOf(scope, first), { start, end, period, origin: end }, false))
        samples.set(bucket.start, bucket.count);
    return Array.from({ length: count }, (_, index) => {
      const time = end - (index + 1) * period;
      return {
        time,
        value: value?.kind === 'series' ? value.series.points.get(time) : undefined,
        samples: samples.get(time),
      };
    });
  }

  #seriesOf(scope: Scope, { metric, unit }: MetricQuery) {
    const known = this.#metrics.find(scope, metric);
    return [...(known?.units.values() ?? [])].filter((series) => unit === undefined || series.unit === unit);
  }

  #queries(row: MetricAlarmRow): Query[] {
    const known = this.#readings.get(row.name);
    if (known?.row === row.queries) return known.queries;
    const queries = readQueries(row.queries.map(queryOf), 'Metrics');
    this.#readings.set(row.name, { row: row.queries, queries });
    return queries;
  }
}

/** The period of an alarm in ms: of several metrics, the longest. */
export function periodOf({ queries }: MetricAlarmRow): number {
  const periods = queries.flatMap(({ MetricStat, Period, ReturnData }) =>
    MetricStat === null ? (ReturnData && Period !== null ? [Period] : []) : [MetricStat.Period],
  );
  return Math.max(...(periods.length === 0 ? [60] : periods)) * 1000;
}

function stepOf(row: MetricAlarmRow): number {
  return periodOf(row) < MINUTE ? SHORT : MINUTE;
}

/** Whether more data of the same period can only bring the statistic further beyond the threshold. */
function onlyWorsens({ queries, comparison }: MetricAlarmRow): boolean {
  const stat = queries.length === 1 ? queries[0]?.MetricStat?.Stat : undefined;
  return comparison.startsWith('Greater')
    ? stat === 'Sum' || stat === 'SampleCount' || stat === 'Maximum'
    : stat === 'Minimum';
}

/** "If you specify ignore, the alarm state does not change during periods with too few data points." */
function tooFewSamples({ queries, lowSamples }: MetricAlarmRow, { counted }: Verdict): boolean {
  const share = lowSamples === 'ignore' ? shareOf(queries[0]?.MetricStat?.Stat ?? '') : undefined;
  if (share === undefined) return false;
  const needed = 10 / (share >= 0.5 ? 1 - share : share);
  return counted.some(({ samples }) => samples !== undefined && samples < needed);
}

function reasonData(row: MetricAlarmRow, { counted }: Verdict, period: number, end: number): string {
  const stat = row.single ? row.queries[0]?.MetricStat : undefined;
  const oldest = counted.at(-1)?.time;
  return JSON.stringify({
    version: '1.0',
    queryDate: stamp(end),
    ...(oldest === undefined ? {} : { startDate: stamp(oldest) }),
    ...(stat == null ? {} : { statistic: stat.Stat }),
    ...(stat?.Unit == null ? {} : { unit: stat.Unit }),
    period: period / 1000,
    recentDatapoints: counted.map(({ value }) => value).reverse(),
    threshold: row.threshold,
    evaluatedDatapoints: counted.map(({ time, value, samples }) => ({
      timestamp: stamp(time),
      ...(samples === undefined ? {} : { sampleCount: samples }),
      value,
    })),
  });
}

/** `2026-11-23T10:20:00.000+0000` */
export function stamp(time: number): string {
  return new Date(time).toISOString().replace('Z', '+0000');
}

/** `Monday 23 November, 2026 10:20:00 UTC` */
function longDate(time: number): string {
  const date = new Date(time);
  const part = (options: Intl.DateTimeFormatOptions): string =>
    date.toLocaleDateString('en-US', { timeZone: 'UTC', ...options });
  const clock = date.toISOString().slice(11, 19);
  return `${part({ weekday: 'long' })} ${part({ day: '2-digit' })} ${part({ month: 'long' })}, ${part({ year: 'numeric' })} ${clock} UTC`;
}

/** Whether an alarm is of this kind; `undefined` stands for metric alarms, as DescribeAlarms has it. */
export function isOfType(row: AlarmRow, types: readonly string[] | undefined): boolean {
  const type = row.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm';
  return (types ?? ['MetricAlarm']).includes(type);
}
