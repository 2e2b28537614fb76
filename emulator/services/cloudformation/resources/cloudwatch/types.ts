import type { ResourceType } from '../resource-type.ts';
import { alarm, compositeAlarm } from './alarm.ts';
import { dashboard } from './dashboard.ts';

export const cloudwatchTypes = {
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::CompositeAlarm': compositeAlarm,
  'AWS::CloudWatch::Dashboard': dashboard,
} satisfies Record<string, ResourceType>;
