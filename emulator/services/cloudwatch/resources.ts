import type { Call, Scope } from '../../service/call.ts';
import { alarmArn } from './alarm/rows.ts';

/*
 * The resource that a call names, for policy decisions: metrics have none, alarms and dashboards do. Source:
 * Service Authorization Reference, Amazon CloudWatch.
 */
const alarm = ({ AlarmName }: { readonly AlarmName: string | undefined }, scope: Scope): string =>
  alarmArn(scope, AlarmName ?? '*');
const alarms = ({ AlarmNames }: { readonly AlarmNames?: string[] | undefined }, scope: Scope): string =>
  alarmArn(scope, AlarmNames?.length === 1 ? (AlarmNames[0] ?? '*') : '*');
const dashboard = (
  { DashboardName }: { readonly DashboardName: string | undefined },
  { account }: Scope,
): string => `arn:aws:cloudwatch::${account}:dashboard/${DashboardName ?? '*'}`;
const arn = ({ ResourceARN }: { readonly ResourceARN: string | undefined }): string => ResourceARN ?? '*';
const none = (): string => '*';

export const namedResources = {
  PutMetricData: none,
  GetMetricData: none,
  GetMetricStatistics: none,
  ListMetrics: none,
  PutMetricAlarm: alarm,
  PutCompositeAlarm: alarm,
  SetAlarmState: alarm,
  DeleteAlarms: alarms,
  EnableAlarmActions: alarms,
  DisableAlarmActions: alarms,
  DescribeAlarms: (_input: unknown, scope: Scope): string => alarmArn(scope, '*'),
  DescribeAlarmsForMetric: none,
  DescribeAlarmHistory: (_input: unknown, scope: Scope): string => alarmArn(scope, '*'),
  PutDashboard: dashboard,
  GetDashboard: dashboard,
  TagResource: arn,
  UntagResource: arn,
  ListTagsForResource: arn,
};

/** A metric is no resource: policies tell metrics apart by `cloudwatch:namespace`, which only PutMetricData has. */
export const namespaceKey = (
  { operation }: Pick<Call, 'operation'>,
  { Namespace: namespace }: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> =>
  operation === 'PutMetricData' && typeof namespace === 'string' ? { 'cloudwatch:namespace': namespace } : {};
