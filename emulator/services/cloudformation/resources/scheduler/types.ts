import type { ResourceType } from '../resource-type.ts';
import { scheduleGroup } from './schedule-group.ts';
import { schedule } from './schedule.ts';

export const schedulerTypes = {
  'AWS::Scheduler::Schedule': schedule,
  'AWS::Scheduler::ScheduleGroup': scheduleGroup,
} satisfies Record<string, ResourceType>;
