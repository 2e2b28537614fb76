import type { ComparisonOperator, MetricDataQuery, StateValue, Statistic } from '@aws-sdk/client-cloudwatch';
import type { Scope } from '../../../service/call.ts';

/** The actions of each state: ARNs. */
export interface AlarmActions {
  readonly OK: readonly string[];
  readonly ALARM: readonly string[];
  readonly INSUFFICIENT_DATA: readonly string[];
}

/** A state and how it came about. Times are ms since 1970. */
export interface AlarmState {
  readonly value: StateValue;
  readonly reason: string;
  /** JSON, or null where there is none. */
  readonly data: string | null;
  /** When the reason or the data changed last. */
  readonly updated: number;
  /** When the value changed last. */
  readonly transitioned: number;
}

interface CommonRow {
  readonly name: string;
  readonly description: string | null;
  readonly actionsEnabled: boolean;
  readonly actions: AlarmActions;
  /** ms since 1970 */
  readonly configured: number;
  readonly state: AlarmState;
  readonly tags: Readonly<Record<string, string>>;
}

/** A query as it is kept: what the SDK's type says, in plain JSON. */
export interface StoredQuery {
  readonly Id: string;
  readonly Expression: string | null;
  readonly Label: string | null;
  readonly ReturnData: boolean;
  readonly Period: number | null;
  readonly MetricStat: {
    readonly Namespace: string;
    readonly MetricName: string;
    readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
    readonly Period: number;
    readonly Stat: string;
    readonly Unit: NonNullable<MetricDataQuery['MetricStat']>['Unit'] | null;
  } | null;
}

export interface MetricAlarmRow extends CommonRow {
  readonly kind: 'metric';
  /** What is measured: one metric, as the older members of the request say, or queries. */
  readonly queries: readonly StoredQuery[];
  /** Whether the request named a metric, rather than queries. */
  readonly single: boolean;
  /** Of the single metric, where it is one of the five. */
  readonly statistic: Statistic | null;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number | null;
  readonly threshold: number;
  readonly comparison: ComparisonOperator;
  readonly treatMissing: string | null;
  readonly lowSamples: string | null;
}

export interface CompositeAlarmRow extends CommonRow {
  readonly kind: 'composite';
  readonly rule: string;
  readonly suppressor: string | null;
  readonly waitPeriod: number | null;
  readonly extensionPeriod: number | null;
}

export type AlarmRow = MetricAlarmRow | CompositeAlarmRow;

export interface HistoryRow {
  readonly name: string;
  readonly type: 'MetricAlarm' | 'CompositeAlarm';
  readonly time: number;
  readonly item: 'ConfigurationUpdate' | 'StateUpdate' | 'Action';
  readonly summary: string;
  readonly data: string;
}

export function alarmArn({ account, region }: Scope, name: string): string {
  return `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
}

/** The name of an alarm that is given by name or by ARN. */
export function alarmName(scope: Scope, nameOrArn: string): string {
  const prefix = alarmArn(scope, '');
  return nameOrArn.startsWith(prefix) ? nameOrArn.slice(prefix.length) : nameOrArn;
}

/** A query as the SDK writes it. */
export function queryOf(stored: StoredQuery): MetricDataQuery {
  const { Id, Expression, Label, ReturnData, Period, MetricStat } = stored;
  return {
    Id,
    ...(MetricStat === null
      ? {}
      : {
          MetricStat: {
            Metric: {
              Namespace: MetricStat.Namespace,
              MetricName: MetricStat.MetricName,
              Dimensions: MetricStat.Dimensions.map((dimension) => ({ ...dimension })),
            },
            Period: MetricStat.Period,
            Stat: MetricStat.Stat,
            ...(MetricStat.Unit === null ? {} : { Unit: MetricStat.Unit }),
          },
        }),
    ...(Expression === null ? {} : { Expression }),
    ...(Label === null ? {} : { Label }),
    ReturnData,
    ...(Period === null ? {} : { Period }),
  };
}

export function storedQuery(query: MetricDataQuery): StoredQuery {
  const { Id = '', Expression, Label, ReturnData = true, Period, MetricStat } = query;
  return {
    Id,
    Expression: Expression ?? null,
    Label: Label ?? null,
    ReturnData,
    Period: Period ?? null,
    MetricStat:
      MetricStat === undefined
        ? null
        : {
            Namespace: MetricStat.Metric?.Namespace ?? '',
            MetricName: MetricStat.Metric?.MetricName ?? '',
            Dimensions: (MetricStat.Metric?.Dimensions ?? []).map(({ Name = '', Value = '' }) => ({
              Name,
              Value,
            })),
            Period: MetricStat.Period ?? 60,
            Stat: MetricStat.Stat ?? '',
            Unit: MetricStat.Unit ?? null,
          },
  };
}
