import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trialResource } from '../testing/trial-resource.ts';
import { account, refusal, region, trialStack, type TrialStack } from '../testing/trial-stack.ts';

let stack: TrialStack;
beforeAll(async () => {
  stack = await trialStack();
});
afterAll(async () => await stack.stop());

const arn = (name: string): string => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;

describe('alarms', () => {
  it('on metrics and on one another are made, changed in place and removed', async () => {
    const properties = {
      AlarmName: 'errors',
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: 'f' }],
      Statistic: 'Sum',
      Period: '60',
      EvaluationPeriods: 1,
      Threshold: '0',
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [`arn:aws:sns:${region}:${account}:t`],
      Tags: [{ Key: 'team', Value: 'x' }],
    };
    const alarm = await trialResource(stack, 'AWS::CloudWatch::Alarm', properties);
    expect(alarm.kept()).toMatchObject({ id: 'errors', attributes: { Arn: arn('errors') } });
    expect(await alarm.found()).toBe('errors');
    expect(await alarm.read()).toEqual({ ...properties, Period: 60, Threshold: 0 });
    const spare = ['AlarmActions', 'Tags'];
    const left = Object.entries({ ...properties, Period: 120, Threshold: 5 });
    const next = Object.fromEntries(left.filter(([name]) => !spare.includes(name)));
    await alarm.update(next);
    expect(await alarm.read()).toEqual(next);
    expect((await refusal(trialResource(stack, 'AWS::CloudWatch::Alarm', next, 'Second'))).message).toBe(
      "Resource of type 'AWS::CloudWatch::Alarm' with identifier 'errors' already exists.",
    );

    const both = { AlarmName: 'both', AlarmRule: 'ALARM("errors")', ActionsEnabled: false };
    const composite = await trialResource(stack, 'AWS::CloudWatch::CompositeAlarm', both);
    expect(composite.kept()).toMatchObject({ id: 'both', attributes: { Arn: arn('both') } });
    expect(await composite.read()).toEqual(both);
    await composite.update({ ...both, AlarmDescription: 'all of it' });
    expect(await composite.read()).toEqual({ ...both, AlarmDescription: 'all of it' });

    for (const one of [composite, alarm]) {
      await one.delete();
      expect(await one.read()).toBeUndefined();
      await one.delete();
    }
  });
});

describe('AWS::CloudWatch::Dashboard', () => {
  it('is made, changed in place and removed', async () => {
    const dashboard = await trialResource(stack, 'AWS::CloudWatch::Dashboard', {
      DashboardBody: '{"widgets":[]}',
    });
    expect(dashboard.kept().id).toMatch(/^trial-Dashboard-/);
    expect(await dashboard.read()).toEqual({ DashboardBody: '{"widgets":[]}' });
    await dashboard.update({ DashboardBody: '{"start":"-PT1H","widgets":[]}' });
    expect(await dashboard.read()).toEqual({ DashboardBody: '{"start":"-PT1H","widgets":[]}' });
    await dashboard.delete();
    expect(await dashboard.read()).toBeUndefined();
    await dashboard.delete();
  });
});
