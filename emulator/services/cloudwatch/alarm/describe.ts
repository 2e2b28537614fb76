import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Scope } from '../../../service/call.ts';
import type { CloudWatchOperations } from '../client.ts';
import { badToken, validationError } from '../failures.ts';
import { metricKey, requestedMetric } from '../metric/metric.ts';
import { isOfType } from './evaluator.ts';
import {
  alarmArn,
  alarmName,
  queryOf,
  type AlarmRow,
  type CompositeAlarmRow,
  type MetricAlarmRow,
} from './rows.ts';
import { alarmsOf, parseRule } from './rule.ts';
import type { AlarmStore } from './store.ts';

const PAGE = 50;

/** DescribeAlarms, DescribeAlarmsForMetric and DescribeAlarmHistory. */
export function describeAlarmOperations(alarms: AlarmStore) {
  return {
    DescribeAlarms(input, call) {
      const {
        AlarmNames,
        AlarmNamePrefix,
        AlarmTypes,
        StateValue,
        ActionPrefix,
        ChildrenOfAlarmName,
        ParentsOfAlarmName,
      } = input;
      if (AlarmNames !== undefined && AlarmNames.length > 0 && AlarmNamePrefix !== undefined)
        throw validationError('AlarmNames and AlarmNamePrefix cannot be specified together.');
      // "If you omit this parameter, only metric alarms are returned, even if composite alarms exist."
      const related = relatedNames(alarms, call, ChildrenOfAlarmName, ParentsOfAlarmName);
      const found = [...alarms.in(call).values()]
        .filter(
          (row) =>
            (AlarmNames === undefined || AlarmNames.length === 0 || AlarmNames.includes(row.name)) &&
            row.name.startsWith(AlarmNamePrefix ?? '') &&
            (related === undefined ? isOfType(row, AlarmTypes) : related.has(row.name)) &&
            (StateValue === undefined || row.state.value === StateValue) &&
            (ActionPrefix === undefined ||
              Object.values(row.actions).some((arns: readonly string[]) =>
                arns.some((arn) => arn.startsWith(ActionPrefix)),
              )),
        )
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const { page, token } = pageOf(found, input.MaxRecords ?? PAGE, input.NextToken);
      return {
        CompositeAlarms: page.flatMap((row) =>
          row.kind === 'composite' ? [describeComposite(alarms, call, row)] : [],
        ),
        MetricAlarms: page.flatMap((row) => (row.kind === 'metric' ? [describeMetric(call, row)] : [])),
        ...(token === undefined ? {} : { NextToken: token }),
      };
    },

    DescribeAlarmsForMetric(input, call) {
      const wanted = metricKey(
        requestedMetric(input.Namespace ?? '', input.MetricName ?? '', input.Dimensions),
      );
      const stat = input.Statistic ?? input.ExtendedStatistic;
      const found = [...alarms.in(call).values()].filter(
        (row): row is MetricAlarmRow =>
          row.kind === 'metric' &&
          row.queries.some(
            ({ MetricStat }) =>
              MetricStat !== null &&
              metricKey(
                requestedMetric(MetricStat.Namespace, MetricStat.MetricName, [...MetricStat.Dimensions]),
              ) === wanted &&
              (stat === undefined || MetricStat.Stat === stat) &&
              (input.Period === undefined || MetricStat.Period === input.Period) &&
              (input.Unit === undefined || MetricStat.Unit === input.Unit),
          ),
      );
      return { MetricAlarms: found.map((row) => describeMetric(call, row)) };
    },

    DescribeAlarmHistory(input, call) {
      const { AlarmName, HistoryItemType, AlarmTypes = ['MetricAlarm', 'CompositeAlarm'], ScanBy } = input;
      const from = input.StartDate?.getTime() ?? -Infinity;
      const to = input.EndDate?.getTime() ?? Infinity;
      const found = alarms
        .history(call)
        .filter(
          ({ name, type, time, item }) =>
            (AlarmName === undefined || name === AlarmName) &&
            (HistoryItemType === undefined || item === HistoryItemType) &&
            AlarmTypes.includes(type) &&
            time >= from &&
            time <= to,
        );
      const ordered = ScanBy === 'TimestampAscending' ? [...found] : [...found].reverse();
      const { page, token } = pageOf(ordered, input.MaxRecords ?? 100, input.NextToken);
      return {
        AlarmHistoryItems: page.map(({ name, type, time, item, summary, data }) => ({
          AlarmName: name,
          AlarmType: type,
          Timestamp: new Date(time),
          HistoryItemType: item,
          HistorySummary: summary,
          HistoryData: data,
        })),
        ...(token === undefined ? {} : { NextToken: token }),
      };
    },
  } satisfies CloudWatchOperations;
}

function relatedNames(
  alarms: AlarmStore,
  scope: Scope,
  children: string | undefined,
  parents: string | undefined,
): Set<string> | undefined {
  if (children !== undefined) {
    const row = alarms.in(scope).get(alarmName(scope, children));
    if (row?.kind !== 'composite') return new Set();
    return new Set(alarmsOf(parseRule(row.rule)).map((name) => alarmName(scope, name)));
  }
  if (parents === undefined) return undefined;
  const name = alarmName(scope, parents);
  const found = [...alarms.in(scope).values()].filter(
    (row) =>
      row.kind === 'composite' &&
      alarmsOf(parseRule(row.rule)).some((child) => alarmName(scope, child) === name),
  );
  return new Set(found.map((row) => row.name));
}

function pageOf<T>(
  all: readonly T[],
  size: number,
  token: string | undefined,
): { readonly page: readonly T[]; readonly token: string | undefined } {
  const from = token === undefined ? 0 : readToken(token);
  const page = all.slice(from, from + size);
  const next = from + page.length;
  return { page, token: next < all.length ? Buffer.from(`page ${next}`).toString('base64url') : undefined };
}
function readToken(token: string): number {
  const found = /^page (\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString());
  if (found === null) throw badToken();
  return Number(found[1]);
}

function common(scope: Scope, row: AlarmRow) {
  return {
    AlarmName: row.name,
    AlarmArn: alarmArn(scope, row.name),
    ...(row.description === null ? {} : { AlarmDescription: row.description }),
    AlarmConfigurationUpdatedTimestamp: new Date(row.configured),
    ActionsEnabled: row.actionsEnabled,
    OKActions: [...row.actions.OK],
    AlarmActions: [...row.actions.ALARM],
    InsufficientDataActions: [...row.actions.INSUFFICIENT_DATA],
    StateValue: row.state.value,
    StateReason: row.state.reason,
    ...(row.state.data === null ? {} : { StateReasonData: row.state.data }),
    StateUpdatedTimestamp: new Date(row.state.updated),
    StateTransitionedTimestamp: new Date(row.state.transitioned),
  };
}

function describeMetric(scope: Scope, row: MetricAlarmRow): MetricAlarm {
  const stat = row.single ? row.queries[0]?.MetricStat : undefined;
  return {
    ...common(scope, row),
    ...(stat == null
      ? { Metrics: row.queries.map(queryOf) }
      : {
          MetricName: stat.MetricName,
          Namespace: stat.Namespace,
          ...(row.statistic === null ? { ExtendedStatistic: stat.Stat } : { Statistic: row.statistic }),
          Dimensions: stat.Dimensions.map((dimension) => ({ ...dimension })),
          Period: stat.Period,
          ...(stat.Unit === null ? {} : { Unit: stat.Unit }),
        }),
    EvaluationPeriods: row.evaluationPeriods,
    ...(row.datapointsToAlarm === null ? {} : { DatapointsToAlarm: row.datapointsToAlarm }),
    Threshold: row.threshold,
    ComparisonOperator: row.comparison,
    ...(row.treatMissing === null ? {} : { TreatMissingData: row.treatMissing }),
    ...(row.lowSamples === null ? {} : { EvaluateLowSampleCountPercentile: row.lowSamples }),
  };
}

function describeComposite(alarms: AlarmStore, scope: Scope, row: CompositeAlarmRow): CompositeAlarm {
  const suppressor =
    row.suppressor === null ? undefined : alarms.in(scope).get(alarmName(scope, row.suppressor));
  return {
    ...common(scope, row),
    AlarmRule: row.rule,
    ...(row.suppressor === null
      ? {}
      : {
          ActionsSuppressor: row.suppressor,
          ActionsSuppressorWaitPeriod: row.waitPeriod ?? 0,
          ActionsSuppressorExtensionPeriod: row.extensionPeriod ?? 0,
        }),
    ...(suppressor?.state.value === 'ALARM'
      ? { ActionsSuppressedBy: 'Alarm', ActionsSuppressedReason: `Actions suppressed by ${suppressor.name}` }
      : {}),
  };
}
