import { GetScheduleCommand, paginateListSchedules } from '@aws-sdk/client-scheduler';
import type { Context } from '../checks/context.ts';
import { findRules } from './rule.ts';

/** What runs a function by the clock: a schedule of EventBridge Scheduler, or a rule with a schedule. */
export interface FoundSchedule {
  readonly by: 'scheduler' | 'rule';
  readonly name: string;
  readonly arn: string;
  readonly enabled: boolean;
  readonly expression: string;
  /** Minutes by which a tick may be late, as configured. */
  readonly windowMinutes: number;
  /** What the function is given, where the schedule says it. */
  readonly input: string | undefined;
  /** The role in whose name the function is called; a rule has none, and the function's policy lets it in. */
  readonly roleArn: string | undefined;
}

export async function findSchedules(
  context: Context,
  functionArn: string,
): Promise<readonly FoundSchedule[]> {
  const { scheduler } = context.clients;
  const found: FoundSchedule[] = [];
  for await (const { Schedules = [] } of paginateListSchedules({ client: scheduler }, {})) {
    for (const { Name, GroupName, Target } of Schedules) {
      if (Target?.Arn !== functionArn) continue;
      const schedule = await scheduler.send(new GetScheduleCommand({ Name, GroupName }));
      found.push({
        by: 'scheduler',
        name: Name ?? '',
        arn: schedule.Arn ?? '',
        enabled: schedule.State !== 'DISABLED',
        expression: schedule.ScheduleExpression ?? '',
        windowMinutes: schedule.FlexibleTimeWindow?.MaximumWindowInMinutes ?? 0,
        input: schedule.Target?.Input,
        roleArn: schedule.Target?.RoleArn,
      });
    }
  }
  for (const { rule, target } of await findRules(context, functionArn)) {
    if (rule.ScheduleExpression === undefined || rule.ScheduleExpression === '') continue;
    found.push({
      by: 'rule',
      name: rule.Name ?? '',
      arn: rule.Arn ?? '',
      enabled: rule.State !== 'DISABLED',
      expression: rule.ScheduleExpression,
      windowMinutes: 0,
      input: target.Input,
      roleArn: undefined,
    });
  }
  return found;
}

/** Minutes between two ticks, for what asks for a few of them; undefined for everything else. */
export function minutesOf(expression: string): number | undefined {
  const rate = /^rate\((\d+) minutes?\)$/.exec(expression.trim())?.[1];
  if (rate !== undefined) return Number(rate);
  const minutes = /^cron\((\S+) \* \* \* \? \*\)$|^cron\((\S+) \* \? \* \* \*\)$/.exec(expression.trim());
  const field = minutes?.[1] ?? minutes?.[2];
  if (field === '*') return 1;
  const step = /^(?:\*|0)\/(\d+)$/.exec(field ?? '')?.[1];
  return step === undefined ? undefined : Number(step);
}
