import type { Scope } from '../../../service/call.ts';
import { stamp } from './evaluator.ts';
import { alarmArn, type AlarmRow, type AlarmState, type MetricAlarmRow } from './rows.ts';

/** How AWS's notifications name regions. */
const REGIONS: Readonly<Record<string, string>> = {
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'ap-northeast-2': 'Asia Pacific (Seoul)',
  'ap-northeast-3': 'Asia Pacific (Osaka)',
  'ap-south-1': 'Asia Pacific (Mumbai)',
  'ap-southeast-1': 'Asia Pacific (Singapore)',
  'ap-southeast-2': 'Asia Pacific (Sydney)',
  'ca-central-1': 'Canada (Central)',
  'eu-central-1': 'EU (Frankfurt)',
  'eu-north-1': 'EU (Stockholm)',
  'eu-west-1': 'EU (Ireland)',
  'eu-west-2': 'EU (London)',
  'eu-west-3': 'EU (Paris)',
  'sa-east-1': 'South America (São Paulo)',
};

/** What an alarm publishes to an SNS topic: Amazon SNS and CloudWatch User Guide. */
export function notification(
  scope: Scope,
  row: AlarmRow,
  before: AlarmState,
): { readonly subject: string; readonly message: string } {
  const region = REGIONS[scope.region] ?? scope.region;
  const message = {
    AlarmName: row.name,
    AlarmDescription: row.description,
    AWSAccountId: scope.account,
    AlarmConfigurationUpdatedTimestamp: stamp(row.configured),
    NewStateValue: row.state.value,
    NewStateReason: row.state.reason,
    StateChangeTime: stamp(row.state.transitioned),
    Region: region,
    AlarmArn: alarmArn(scope, row.name),
    OldStateValue: before.value,
    OKActions: row.actions.OK,
    AlarmActions: row.actions.ALARM,
    InsufficientDataActions: row.actions.INSUFFICIENT_DATA,
    ...(row.kind === 'metric' ? { Trigger: trigger(row) } : { AlarmRule: row.rule }),
  };
  // A subject of SNS has 100 characters at most.
  const subject = `${row.state.value}: "${row.name}" in ${region}`;
  return {
    subject: subject.length > 99 ? `${subject.slice(0, 96)}...` : subject,
    message: JSON.stringify(message),
  };
}

function trigger(row: MetricAlarmRow): object {
  const judged = {
    EvaluationPeriods: row.evaluationPeriods,
    ...(row.datapointsToAlarm === null ? {} : { DatapointsToAlarm: row.datapointsToAlarm }),
    ComparisonOperator: row.comparison,
    Threshold: row.threshold,
    TreatMissingData: row.treatMissing ?? 'missing',
    EvaluateLowSampleCountPercentile: row.lowSamples ?? '',
  };
  const stat = row.single ? row.queries[0]?.MetricStat : undefined;
  if (stat == null)
    return {
      ...judged,
      Period: row.queries[0]?.MetricStat?.Period ?? 60,
      Metrics: row.queries.map(({ Id, Expression, Label, ReturnData, MetricStat }) => ({
        ...(Expression === null ? {} : { Expression }),
        Id,
        ...(Label === null ? {} : { Label }),
        ...(MetricStat === null
          ? {}
          : {
              MetricStat: {
                Metric: {
                  Dimensions: dimensions(MetricStat.Dimensions),
                  MetricName: MetricStat.MetricName,
                  Namespace: MetricStat.Namespace,
                },
                Period: MetricStat.Period,
                Stat: MetricStat.Stat,
              },
            }),
        ReturnData,
      })),
    };
  return {
    MetricName: stat.MetricName,
    Namespace: stat.Namespace,
    ...(row.statistic === null
      ? { StatisticType: 'ExtendedStatistic', ExtendedStatistic: stat.Stat }
      : {
          StatisticType: 'Statistic',
          Statistic: row.statistic.toUpperCase().replace('SAMPLECOUNT', 'SAMPLE_COUNT'),
        }),
    Unit: stat.Unit,
    Dimensions: dimensions(stat.Dimensions),
    Period: stat.Period,
    ...judged,
  };
}

function dimensions(all: readonly { readonly Name: string; readonly Value: string }[]): object[] {
  return all.map(({ Name, Value }) => ({ value: Value, name: Name }));
}

/** What an event of EventBridge and the payload of a Lambda action say of an alarm. */
export function alarmData(row: AlarmRow, before: AlarmState): object {
  return {
    alarmName: row.name,
    state: stateData(row.state),
    previousState: stateData(before),
    configuration: {
      ...(row.description === null ? {} : { description: row.description }),
      ...(row.kind === 'composite'
        ? { alarmRule: row.rule }
        : {
            metrics: row.queries.map(({ Id, Expression, Label, ReturnData, MetricStat }, index) => ({
              // An alarm on one metric has no id of its own; AWS makes one up.
              id: row.single ? `m${index + 1}` : Id,
              ...(MetricStat === null
                ? {}
                : {
                    metricStat: {
                      metric: {
                        namespace: MetricStat.Namespace,
                        name: MetricStat.MetricName,
                        dimensions: Object.fromEntries(
                          MetricStat.Dimensions.map(({ Name, Value }) => [Name, Value]),
                        ),
                      },
                      period: MetricStat.Period,
                      stat: MetricStat.Stat,
                      ...(MetricStat.Unit === null ? {} : { unit: MetricStat.Unit }),
                    },
                  }),
              ...(Expression === null ? {} : { expression: Expression }),
              ...(Label === null ? {} : { label: Label }),
              returnData: ReturnData,
            })),
          }),
    },
  };
}

function stateData({ value, reason, data, transitioned }: AlarmState): object {
  return { value, reason, ...(data === null ? {} : { reasonData: data }), timestamp: stamp(transitioned) };
}

/** The payload of a Lambda action: CloudWatch User Guide, "Invoke a Lambda function from an alarm". */
export function lambdaPayload(scope: Scope, row: AlarmRow, before: AlarmState): string {
  return JSON.stringify({
    source: 'aws.cloudwatch',
    alarmArn: alarmArn(scope, row.name),
    accountId: scope.account,
    time: stamp(row.state.transitioned),
    region: scope.region,
    alarmData: alarmData(row, before),
  });
}
