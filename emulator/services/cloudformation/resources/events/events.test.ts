import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trialResource } from '../testing/trial-resource.ts';
import { account, refusal, region, trialStack, type TrialStack } from '../testing/trial-stack.ts';
import { rule as ruleType } from './rule.ts';

let stack: TrialStack;
beforeAll(async () => {
  stack = await trialStack();
});
afterAll(async () => await stack.stop());

const arn = (rest: string): string => `arn:aws:events:${region}:${account}:${rest}`;
const target = (Id: string) => ({ Id, Arn: `arn:aws:sqs:${region}:${account}:${Id}` });

describe('AWS::Events::Rule', () => {
  it('is made with its targets, changed in place and removed', async () => {
    const properties = {
      Name: 'orders',
      EventPattern: { source: ['shop'] },
      State: 'ENABLED',
      Targets: [{ ...target('b'), RetryPolicy: { MaximumRetryAttempts: 1 } }, target('a')],
      Tags: [{ Key: 'team', Value: 'x' }],
    };
    const rule = await trialResource(stack, 'AWS::Events::Rule', properties);
    expect(rule.kept()).toMatchObject({
      id: 'orders',
      attributes: { Arn: arn('rule/orders'), RuleName: 'orders' },
    });
    expect(await rule.found()).toBe('orders');
    expect(await rule.read()).toEqual(properties);
    const next = { Name: 'orders', ScheduleExpression: 'rate(1 hour)', Targets: [target('c')] };
    await rule.update(next);
    expect(await rule.read()).toEqual(next);
    expect((await refusal(trialResource(stack, 'AWS::Events::Rule', next, 'Second'))).message).toBe(
      "Resource of type 'AWS::Events::Rule' with identifier 'orders' already exists.",
    );
    await rule.delete();
    expect(await rule.read()).toBeUndefined();
    await rule.delete();
  });

  it('leaves nothing behind where a target is refused', async () => {
    const Targets = Array.from({ length: 6 }, (_, at) => target(`t${at}`));
    const refused = await refusal(
      trialResource(stack, 'AWS::Events::Rule', {
        Name: 'crowded',
        EventPattern: '{"source":["x"]}',
        Targets,
      }),
    );
    expect(refused.code).toBe('LimitExceededException');
    const { Rules } = await stack.call('events', 'ListRules', {});
    expect(Rules).toEqual([]);
  });

  it('moves to another bus by being made anew', () => {
    expect(ruleType.replaces?.({}, { EventBusName: 'default' })).toBe(false);
    expect(ruleType.replaces?.({}, { EventBusName: arn('event-bus/other') })).toBe(true);
  });
});

describe('AWS::Events::EventBus', () => {
  it('is made, changed in place, has rules of its own and is removed', async () => {
    const Policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'others',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::444455556666:root' },
          Action: 'events:PutEvents',
          Resource: arn('event-bus/shop'),
        },
      ],
    };
    const properties = { Name: 'shop', Description: 'orders', Policy, Tags: [{ Key: 'a', Value: 'b' }] };
    const bus = await trialResource(stack, 'AWS::Events::EventBus', properties);
    expect(bus.kept()).toMatchObject({
      id: 'shop',
      attributes: { Arn: arn('event-bus/shop'), Name: 'shop', Policy },
    });
    expect(await bus.read()).toEqual(properties);

    const rule = await trialResource(stack, 'AWS::Events::Rule', {
      EventBusName: arn('event-bus/shop'),
      EventPattern: { source: ['x'] },
    });
    const { id, attributes } = rule.kept();
    expect(id).toMatch(/^shop\|trial-Rule-/);
    expect(attributes['Arn']).toBe(arn(`rule/shop/${id.slice('shop|'.length)}`));
    await rule.delete();

    await bus.update({ Name: 'shop', Description: 'changed' });
    expect(await bus.read()).toEqual({ Name: 'shop', Description: 'changed' });

    const statement = {
      EventBusName: 'shop',
      StatementId: 'mine',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::444455556666:root' },
        Action: 'events:PutEvents',
        Resource: arn('event-bus/shop'),
      },
    };
    const policy = await trialResource(stack, 'AWS::Events::EventBusPolicy', statement);
    expect(policy.kept().id).toBe('shop|mine');
    expect(await policy.read()).toEqual(statement);
    await policy.update({
      EventBusName: 'shop',
      StatementId: 'mine',
      Action: 'events:PutEvents',
      Principal: '*',
    });
    expect((await stack.call('events', 'DescribeEventBus', { Name: 'shop' })).Policy).toContain('"*"');
    await policy.delete();
    expect(await policy.read()).toBeUndefined();
    await bus.delete();
    expect(await bus.read()).toBeUndefined();
    await bus.delete();
    await policy.delete();
  });
});
