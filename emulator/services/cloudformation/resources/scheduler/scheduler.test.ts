import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trialResource } from '../testing/trial-resource.ts';
import { account, region, trialRole, trialStack, type TrialStack } from '../testing/trial-stack.ts';

let stack: TrialStack;
beforeAll(async () => {
  stack = await trialStack();
});
afterAll(async () => await stack.stop());

const arn = (rest: string): string => `arn:aws:scheduler:${region}:${account}:${rest}`;

describe('AWS::Scheduler::Schedule and its group', () => {
  it('are made, changed in place and removed', async () => {
    const RoleArn = await trialRole(stack, 'clock', 'scheduler.amazonaws.com');
    const group = await trialResource(stack, 'AWS::Scheduler::ScheduleGroup', {
      Name: 'nightly',
      Tags: [{ Key: 'team', Value: 'x' }],
    });
    expect(group.kept()).toMatchObject({
      id: 'nightly',
      attributes: { Arn: arn('schedule-group/nightly'), State: 'ACTIVE' },
    });
    expect(await group.found()).toBe('nightly');
    await group.update({ Name: 'nightly', Tags: [{ Key: 'team', Value: 'y' }] });
    expect(await group.read()).toEqual({ Name: 'nightly', Tags: [{ Key: 'team', Value: 'y' }] });

    const properties = {
      Name: 'report',
      ScheduleExpression: 'cron(0 3 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Seoul',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 },
      StartDate: '2030-01-01T00:00:00Z',
      Target: { Arn: `arn:aws:sqs:${region}:${account}:q`, RoleArn, Input: '{}' },
    };
    const schedule = await trialResource(stack, 'AWS::Scheduler::Schedule', properties);
    expect(schedule.kept()).toMatchObject({
      id: 'report',
      attributes: { Arn: arn('schedule/default/report') },
    });
    expect(await schedule.found()).toBe('report');
    expect(await schedule.read()).toEqual(properties);

    const next = { ...properties, GroupName: 'nightly', State: 'DISABLED' };
    const moved = await schedule.update(next);
    expect(moved.attributes).toEqual({ Arn: arn('schedule/nightly/report') });
    expect(await schedule.read()).toEqual(next);
    const { Schedules } = await stack.call('scheduler', 'ListSchedules', {});
    expect(Schedules?.map(({ GroupName }) => GroupName)).toEqual(['nightly']);

    await schedule.delete();
    expect(await schedule.read()).toBeUndefined();
    await schedule.delete();
    await group.delete();
    expect(await group.read()).toBeUndefined();
    await group.delete();
  });
});
