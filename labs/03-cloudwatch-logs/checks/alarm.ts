import { DescribeAlarmsCommand, type MetricAlarm, type MetricStat } from '@aws-sdk/client-cloudwatch';
import { alarming, names } from '../names.ts';
import { shown } from '../../wording/wording.ts';
import type { Context, LabCheck } from './context.ts';
import { metricOf } from './metric.ts';

const minute = 60;

const alarm: LabCheck = {
  id: 'alarm',
  title: (text) => text.alarm.title,
  points: 10,
  needs: ['metric'],
  verifiedOn: ['embedded'],
  requires: ['metricAlarms'],
  // Two changes of state, each after minutes on a real account, and minutes between them.
  budgetSeconds: 1200,
  hints: (text) => text.alarm.hints,
  async run(context) {
    const { text } = context;
    // Where the metric was not seen to count, an alarm has nothing to follow.
    context.from('metric');
    const found = await checkConfiguration(context);
    const evidence = (state: MetricAlarm | undefined) => [
      {
        label: 'DescribeAlarms',
        value: shown({ StateValue: state?.StateValue, StateReason: state?.StateReason }),
      },
    ];
    // This run's declined payments are already counted.
    const loud = await stateBecomes(context, 'ALARM');
    if (loud?.StateValue !== 'ALARM')
      context.fail({
        ...text.alarm.silent(loud?.StateValue ?? '?'),
        expected: 'ALARM',
        actual: loud?.StateValue ?? '?',
        evidence: evidence(loud),
      });
    // An alarm looks back over its periods, and over some more for late data.
    await quietly(context, (found.periods + 4) * minute);
    let quiet = await stateBecomes(context, 'OK');
    // Where time passes by itself, several periods can be longer than one deadline.
    if (quiet?.StateValue !== 'OK' && found.periods > 1) quiet = await stateBecomes(context, 'OK');
    if (quiet?.StateValue === 'OK') return;
    const stuck = quiet?.StateValue === 'ALARM';
    context.fail({
      ...(stuck ? text.alarm.stuck : text.alarm.unknown),
      expected: 'OK',
      actual: quiet?.StateValue ?? '?',
      evidence: [
        ...evidence(quiet),
        { label: 'TreatMissingData', value: found.alarm.TreatMissingData ?? 'missing' },
      ],
    });
  },
  async configuration(context) {
    await checkConfiguration(context);
  },
};

/**
 * Lets time pass in which nobody declines. An alarm that leaves a minute without a line open may be `OK` before: by
 * the payments of the copy, which were fewer, and fell into the minute after.
 */
async function quietly(context: Context, seconds: number): Promise<void> {
  await context.pass(seconds);
  if (context.target === 'embedded') return;
  const end = performance.now() + seconds * 1000;
  const over = () => performance.now() >= end;
  while (!over()) await context.until('metrics', () => Promise.resolve(over() || undefined));
}

async function stateBecomes(context: Context, wanted: string): Promise<MetricAlarm | undefined> {
  let last: MetricAlarm | undefined;
  await context.until('metrics', async () => {
    last = await readAlarm(context);
    return last?.StateValue === wanted ? true : undefined;
  });
  return last;
}

async function readAlarm(context: Context): Promise<MetricAlarm | undefined> {
  const { MetricAlarms = [] } = await context.clients.cloudwatch.send(
    new DescribeAlarmsCommand({ AlarmNames: [context.name(names.alarm)], AlarmTypes: ['MetricAlarm'] }),
  );
  return MetricAlarms[0];
}

const comparisons: Readonly<Partial<Record<string, (value: number, threshold: number) => boolean>>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** What can be read off the alarm; how it acts shows afterwards. */
async function checkConfiguration(context: Context): Promise<{ alarm: MetricAlarm; periods: number }> {
  const { text } = context;
  const name = context.name(names.alarm);
  const found = await readAlarm(context);
  if (found === undefined) return context.fail({ ...text.alarm.none(name), expected: name });
  const stat = statOf(found);
  const metric = metricOf(context);
  const { Threshold = Number.NaN, ComparisonOperator = '', EvaluationPeriods: periods = 1 } = found;
  const evidence = [
    {
      label: 'DescribeAlarms',
      value: shown({
        ...stat,
        Threshold,
        ComparisonOperator,
        EvaluationPeriods: periods,
        DatapointsToAlarm: found.DatapointsToAlarm,
        TreatMissingData: found.TreatMissingData,
      }),
    },
  ];
  // With metric math the alarm is judged by what it does alone.
  if (stat !== undefined) {
    const watched = `${stat.Metric?.Namespace ?? ''} / ${stat.Metric?.MetricName ?? ''}`;
    const sentence = text.alarm.otherMetric(watched);
    context.expect(watched, { ...sentence, evidence }).toBe(`${metric.namespace} / ${metric.name}`);
    const dimensions = stat.Metric?.Dimensions ?? [];
    if (dimensions.length > 0) context.fail({ ...text.alarm.dimensions, evidence });
    const statistic = stat.Stat ?? '';
    // Each declined payment is one sample of the value 1: their number is their sum.
    context
      .expect(statistic, { ...text.alarm.statistic(statistic), evidence })
      .toBeOneOf(['Sum', 'SampleCount']);
    const period = stat.Period ?? 0;
    context.expect(period, { ...text.alarm.period(period), evidence }).toBe(minute);
    const breaches = comparisons[ComparisonOperator] ?? (() => false);
    const right = breaches(alarming, Threshold) && !breaches(alarming - 1, Threshold);
    if (!right)
      context.fail({
        ...text.alarm.threshold(ComparisonOperator, Threshold),
        expected: `≥ ${alarming}`,
        actual: `${ComparisonOperator} ${Threshold}`,
        evidence,
      });
  }
  const needed = found.DatapointsToAlarm ?? periods;
  if (needed > 1)
    context.fail({ ...text.alarm.patient(needed), expected: '1', actual: String(needed), evidence });
  return { alarm: found, periods };
}

/** The one metric that an alarm watches; undefined where it calculates with several. */
function statOf(alarm: MetricAlarm): MetricStat | undefined {
  const { Namespace, MetricName, Dimensions, Statistic, Period, Metrics = [] } = alarm;
  if (Metrics.length === 0) return { Metric: { Namespace, MetricName, Dimensions }, Stat: Statistic, Period };
  const [first] = Metrics;
  return Metrics.length === 1 ? first?.MetricStat : undefined;
}

export const alarmChecks = { alarm };
