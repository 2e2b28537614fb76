import type { ResourceType } from '../resource-type.ts';
import { logGroup } from './log-group.ts';
import { logStream } from './log-stream.ts';
import { metricFilter } from './metric-filter.ts';
import { subscriptionFilter } from './subscription-filter.ts';

/** The resource types of CloudWatch Logs. */
export const logsTypes = {
  'AWS::Logs::LogGroup': logGroup,
  'AWS::Logs::LogStream': logStream,
  'AWS::Logs::MetricFilter': metricFilter,
  'AWS::Logs::SubscriptionFilter': subscriptionFilter,
} satisfies Record<string, ResourceType>;
