import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trialResource } from '../testing/trial-resource.ts';
import { account, refusal, region, trialStack, type TrialStack } from '../testing/trial-stack.ts';
import { subscriptionsOf } from './subscriptions-of.ts';

let stack: TrialStack;
beforeAll(async () => {
  stack = await trialStack();
  for (const QueueName of ['a', 'b']) await stack.call('sqs', 'CreateQueue', { QueueName });
});
afterAll(async () => await stack.stop());

const arnOf = (name: string): string => `arn:aws:sns:${region}:${account}:${name}`;
const queueArn = (name: string): string => `arn:aws:sqs:${region}:${account}:${name}`;
const to = (name: string) => ({ Protocol: 'sqs', Endpoint: queueArn(name) });

describe('AWS::SNS::Topic', () => {
  it('is made with its subscriptions, changed in place and removed', async () => {
    const properties = {
      TopicName: 'news',
      DisplayName: 'News',
      DeliveryStatusLogging: [
        { Protocol: 'lambda', SuccessFeedbackRoleArn: 'arn:aws:iam::111122223333:role/r' },
      ],
      Subscription: [to('a')],
      Tags: [{ Key: 'team', Value: 'x' }],
    };
    const topic = await trialResource(stack, 'AWS::SNS::Topic', properties);
    expect(topic.kept()).toMatchObject({
      id: arnOf('news'),
      attributes: { TopicArn: arnOf('news'), TopicName: 'news' },
    });
    expect(await topic.found()).toBe(arnOf('news'));
    expect(await topic.read()).toEqual(properties);

    const next = { TopicName: 'news', TracingConfig: 'Active', Subscription: [to('b')] };
    await topic.update(next);
    expect(await topic.read()).toEqual(next);
    const there = await subscriptionsOf(arnOf('news'), topic.work);
    expect(there.map(({ Endpoint }) => Endpoint)).toEqual([queueArn('b')]);
    const { Attributes } = await stack.call('sns', 'GetTopicAttributes', { TopicArn: arnOf('news') });
    expect(Attributes?.['DisplayName']).toBe('');

    await topic.delete();
    expect(await topic.read()).toBeUndefined();
    await topic.delete();
  });

  it('leaves nothing behind where a subscription is refused', async () => {
    const Subscription = [{ Protocol: 'sqs', Endpoint: 'nonsense' }];
    const refused = await refusal(
      trialResource(stack, 'AWS::SNS::Topic', { TopicName: 'half', Subscription }),
    );
    expect(refused.message).toContain('SQS endpoint ARN');
    const { Topics = [] } = await stack.call('sns', 'ListTopics', {});
    expect(Topics).toEqual([]);
  });

  it('that is FIFO is called so', async () => {
    const topic = await trialResource(stack, 'AWS::SNS::Topic', { FifoTopic: true }, 'Fifo');
    expect(topic.kept().attributes['TopicName']).toMatch(/^trial-Fifo-[A-Za-z0-9]{12}\.fifo$/);
    await topic.delete();
  });
});

describe('AWS::SNS::Subscription', () => {
  it('is made, changed in place and removed', async () => {
    const topic = await trialResource(stack, 'AWS::SNS::Topic', { TopicName: 'filtered' });
    const base = { TopicArn: arnOf('filtered'), ...to('a') };
    const properties = { ...base, FilterPolicy: { kind: ['order'] }, RawMessageDelivery: 'true' };
    const subscription = await trialResource(stack, 'AWS::SNS::Subscription', properties);
    const { id, attributes } = subscription.kept();
    expect(id).toMatch(/:filtered:[0-9a-f-]{36}$/);
    expect(attributes).toEqual({ Arn: id });
    expect(await subscription.found()).toBe(id);
    expect(await subscription.read()).toEqual({ ...properties, RawMessageDelivery: true });

    const body = { ...base, FilterPolicyScope: 'MessageBody', FilterPolicy: { order: { kind: ['x'] } } };
    await subscription.update(body);
    expect(await subscription.read()).toEqual(body);
    await subscription.update(properties);
    expect(await subscription.read()).toEqual({ ...properties, RawMessageDelivery: true });
    await subscription.update(base);
    const { Attributes } = await stack.call('sns', 'GetSubscriptionAttributes', { SubscriptionArn: id });
    expect(Attributes?.['FilterPolicy']).toBeUndefined();
    expect(Attributes?.['RawMessageDelivery']).toBe('false');

    await subscription.delete();
    expect(await subscription.read()).toBeUndefined();
    expect(await subscription.found()).toBeUndefined();
    await topic.delete();
    await subscription.delete();
  });
});

describe('policies of topics', () => {
  const PolicyDocument = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sns:Publish', Resource: '*' },
    ],
  };
  it.each([
    ['AWS::SNS::TopicPolicy', (topic: string) => ({ Topics: [topic] })],
    ['AWS::SNS::TopicInlinePolicy', (topic: string) => ({ TopicArn: topic })],
  ])('%s', async (type, of) => {
    const topic = await trialResource(stack, 'AWS::SNS::Topic', {}, 'Guarded');
    const properties = { ...of(topic.kept().id), PolicyDocument };
    const policy = await trialResource(stack, type, properties);
    expect(await policy.read()).toEqual(properties);
    const next = { ...properties, PolicyDocument: { ...PolicyDocument, Id: 'changed' } };
    await policy.update(next);
    expect(await policy.read()).toEqual(next);
    await policy.delete();
    const { Attributes } = await stack.call('sns', 'GetTopicAttributes', { TopicArn: topic.kept().id });
    expect(Attributes?.['Policy']).toContain('__default_policy_ID');
    await topic.delete();
    await policy.delete();
  });
});
