import type { MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Scope } from '../../../service/call.ts';
import type { CloudWatchOperations } from '../client.ts';
import { validationError } from '../failures.ts';
import { isPeriod } from '../query/get-statistics.ts';
import { readQueries } from '../query/queries.ts';
import { needsValues, statisticOf } from '../query/statistic.ts';
import { readActions, readTags } from './checks.ts';
import type { AlarmEvaluator } from './evaluator.ts';
import { alarmName, storedQuery, type AlarmRow, type AlarmState, type MetricAlarmRow } from './rows.ts';
import { alarmsOf, parseRule } from './rule.ts';
import type { AlarmStore } from './store.ts';

const DAY = 86_400;
const MOST_QUERIES = 10;
const TREATMENTS = ['breaching', 'notBreaching', 'ignore', 'missing'];

/** PutMetricAlarm and PutCompositeAlarm. */
export function putAlarmOperations(alarms: AlarmStore, evaluator: AlarmEvaluator) {
  const begin = (): AlarmState => {
    const now = alarms.cloud.clock.now();
    const reason = 'Unchecked: Initial alarm creation';
    return { value: 'INSUFFICIENT_DATA', reason, data: null, updated: now, transitioned: now };
  };
  /** An update leaves the state and the tags as they are. */
  const keep = (scope: Scope, row: AlarmRow): void => {
    const known = alarms.in(scope).get(row.name);
    if (known !== undefined && known.kind !== row.kind)
      throw validationError(`An alarm of another type has the name ${row.name}.`);
    if (known === undefined) alarms.configure(scope, row, 'created');
    else alarms.configure(scope, { ...row, state: known.state, tags: known.tags }, 'updated');
  };
  return {
    PutMetricAlarm(input, call) {
      refuseForeign(input);
      const { queries, single } = readMeasured(input);
      const row: MetricAlarmRow = {
        kind: 'metric',
        name: input.AlarmName ?? '',
        description: input.AlarmDescription ?? null,
        actionsEnabled: input.ActionsEnabled ?? true,
        actions: readActions(call, input),
        configured: alarms.cloud.clock.now(),
        state: begin(),
        tags: readTags(input.Tags),
        queries: queries.map(storedQuery),
        single,
        statistic: input.Statistic ?? null,
        ...readJudgement(input, queries),
      };
      keep(call, row);
      return {};
    },

    PutCompositeAlarm(input, call) {
      const { AlarmName: name = '', AlarmRule: text = '' } = input;
      const named = alarmsOf(parseRule(text)).map((alarm) => alarmName(call, alarm));
      const missing = named.filter((alarm) => !alarms.in(call).has(alarm) && alarm !== name);
      if (missing.length > 0)
        throw validationError(
          `Could not save the composite alarm as alarms [${missing.join(', ')}] in the alarm rule do not exist`,
        );
      if (leadsTo(alarms, call, named, name))
        throw validationError('Could not save the composite alarm as the alarm rule contains a cycle.');
      if (
        input.ActionsSuppressor !== undefined &&
        (input.ActionsSuppressorWaitPeriod === undefined ||
          input.ActionsSuppressorExtensionPeriod === undefined)
      )
        throw validationError(
          'ActionsSuppressorWaitPeriod and ActionsSuppressorExtensionPeriod must be specified with ActionsSuppressor.',
        );
      keep(call, {
        kind: 'composite',
        name,
        description: input.AlarmDescription ?? null,
        actionsEnabled: input.ActionsEnabled ?? true,
        actions: readActions(call, input),
        configured: alarms.cloud.clock.now(),
        state: begin(),
        tags: readTags(input.Tags),
        rule: text,
        suppressor: input.ActionsSuppressor ?? null,
        waitPeriod: input.ActionsSuppressorWaitPeriod ?? null,
        extensionPeriod: input.ActionsSuppressorExtensionPeriod ?? null,
      });
      evaluator.composites(call);
      return {};
    },
  } satisfies CloudWatchOperations;
}

/** Whether alarms, through the rules of composite ones, come to depend on one. */
function leadsTo(alarms: AlarmStore, scope: Scope, from: readonly string[], target: string): boolean {
  const open = [...from];
  const seen = new Set<string>();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === target) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    const row = alarms.in(scope).get(name);
    if (row?.kind === 'composite')
      open.push(...alarmsOf(parseRule(row.rule)).map((alarm) => alarmName(scope, alarm)));
  }
  return false;
}

/* Said aloud rather than kept without effect. */
function refuseForeign(input: PutMetricAlarmInput): void {
  const { ThresholdMetricId, EvaluationCriteria, EvaluationInterval, ComparisonOperator = '' } = input;
  if (ThresholdMetricId !== undefined || /UpperThreshold|LowerThreshold/.test(ComparisonOperator))
    throw validationError('Alarms on anomaly detection (ThresholdMetricId) are not supported by this cloud.');
  if (EvaluationCriteria !== undefined || EvaluationInterval !== undefined)
    throw validationError('Alarms on PromQL (EvaluationCriteria) are not supported by this cloud.');
}

function readMeasured(input: PutMetricAlarmInput): { queries: MetricDataQuery[]; single: boolean } {
  const { MetricName, Namespace, Metrics = [], Statistic, ExtendedStatistic, Period } = input;
  if (Metrics.length > 0) {
    for (const [member, value] of Object.entries({
      MetricName,
      Namespace,
      Statistic,
      ExtendedStatistic,
      Period,
      Dimensions: input.Dimensions?.[0],
      Unit: input.Unit,
    }))
      if (value !== undefined)
        throw validationError(
          `If you use the Metrics parameter, you cannot include the ${member} parameter.`,
        );
    if (Metrics.length > MOST_QUERIES)
      throw validationError(`The collection Metrics must not have a size greater than ${MOST_QUERIES}.`);
    const read = readQueries(Metrics, 'Metrics');
    if (read.filter(({ returned }) => returned).length !== 1)
      throw validationError('Exactly one element of the metrics list should return data.');
    return { queries: Metrics, single: false };
  }
  if (MetricName === undefined) throw validationError('MetricName must not be null.');
  if (Namespace === undefined) throw validationError('Namespace must not be null.');
  if ((Statistic === undefined) === (ExtendedStatistic === undefined))
    throw validationError('Exactly one of Statistic and ExtendedStatistic must be specified.');
  if (
    ExtendedStatistic !== undefined &&
    (!needsValues(ExtendedStatistic) || statisticOf(ExtendedStatistic) === undefined)
  )
    throw validationError(`The value ${ExtendedStatistic} for parameter ExtendedStatistic is not supported.`);
  if (Period === undefined) throw validationError('Period must not be null.');
  if (!isPeriod(Period) || [1, 5].includes(Period))
    throw validationError('Period must be 10, 20, 30 or a multiple of 60');
  const Stat = Statistic ?? ExtendedStatistic ?? '';
  return {
    single: true,
    queries: [
      {
        Id: 'm1',
        MetricStat: {
          Metric: { Namespace, MetricName, Dimensions: input.Dimensions ?? [] },
          Period,
          Stat,
          ...(input.Unit === undefined ? {} : { Unit: input.Unit }),
        },
        ReturnData: true,
      },
    ],
  };
}

function readJudgement(input: PutMetricAlarmInput, queries: readonly MetricDataQuery[]) {
  const { EvaluationPeriods, DatapointsToAlarm, Threshold, ComparisonOperator, TreatMissingData } = input;
  if (Threshold === undefined) throw validationError('Threshold must not be null.');
  if (ComparisonOperator === undefined) throw validationError('ComparisonOperator must not be null.');
  if (EvaluationPeriods === undefined) throw validationError('EvaluationPeriods must not be null.');
  if (DatapointsToAlarm !== undefined && DatapointsToAlarm > EvaluationPeriods)
    throw validationError('DatapointsToAlarm must be less than or equal to EvaluationPeriods.');
  if (TreatMissingData !== undefined && !TREATMENTS.includes(TreatMissingData))
    throw validationError(
      `Value '${TreatMissingData}' at 'treatMissingData' failed to satisfy constraint: Member must satisfy enum value set: [${TREATMENTS.join(', ')}]`,
    );
  const lowSamples = input.EvaluateLowSampleCountPercentile;
  if (lowSamples !== undefined && lowSamples !== 'evaluate' && lowSamples !== 'ignore')
    throw validationError(`Option ${lowSamples} is not supported. Only evaluate and ignore are.`);
  const longest = Math.max(...queries.map(({ MetricStat, Period }) => MetricStat?.Period ?? Period ?? 60));
  // Up to a day; of periods of an hour and longer, up to a week.
  if (longest * EvaluationPeriods > (longest >= 3_600 ? 7 * DAY : DAY))
    throw validationError(
      'Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).',
    );
  return {
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: DatapointsToAlarm ?? null,
    threshold: Threshold,
    comparison: ComparisonOperator,
    treatMissing: TreatMissingData ?? null,
    lowSamples: lowSamples ?? null,
  };
}
