import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trialResource } from '../testing/trial-resource.ts';
import { account, refusal, region, trialStack, type TrialStack } from '../testing/trial-stack.ts';

let stack: TrialStack;
beforeAll(async () => {
  stack = await trialStack();
});
afterAll(async () => await stack.stop());

const urlOf = (name: string): string => `${stack.running.origin}/${account}/${name}`;
const arnOf = (name: string): string => `arn:aws:sqs:${region}:${account}:${name}`;

describe('AWS::SQS::Queue', () => {
  it('is made, changed in place and removed; what a template drops is as before', async () => {
    const dead = await trialResource(stack, 'AWS::SQS::Queue', { QueueName: 'dead' }, 'Dead');
    const properties = {
      QueueName: 'orders',
      VisibilityTimeout: '60',
      ReceiveMessageWaitTimeSeconds: 5,
      RedrivePolicy: { deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 3 },
      Tags: [{ Key: 'team', Value: 'x' }],
    };
    const queue = await trialResource(stack, 'AWS::SQS::Queue', properties);
    expect(queue.kept()).toMatchObject({
      id: urlOf('orders'),
      attributes: { Arn: arnOf('orders'), QueueName: 'orders', QueueUrl: urlOf('orders') },
    });
    expect(await queue.read()).toEqual({ ...properties, VisibilityTimeout: 60 });
    expect(await queue.found()).toBe(urlOf('orders'));

    const next = { QueueName: 'orders', DelaySeconds: 7, Tags: [{ Key: 'stage', Value: 'y' }] };
    expect(await queue.update(next)).toMatchObject({ id: urlOf('orders') });
    expect(await queue.read()).toEqual(next);
    const { Attributes } = await stack.call('sqs', 'GetQueueAttributes', {
      QueueUrl: urlOf('orders'),
      AttributeNames: ['All'],
    });
    expect(Attributes).toMatchObject({
      VisibilityTimeout: '30',
      DelaySeconds: '7',
      ReceiveMessageWaitTimeSeconds: '0',
    });
    expect(Attributes?.RedrivePolicy).toBeUndefined();

    await queue.delete();
    expect(await queue.read()).toBeUndefined();
    expect(await queue.found()).toBeUndefined();
    await queue.delete();
    await dead.delete();
  });

  it('is told apart from what the template says', async () => {
    const queue = await trialResource(stack, 'AWS::SQS::Queue', { DelaySeconds: 1 }, 'Drifting');
    await stack.call('sqs', 'SetQueueAttributes', {
      QueueUrl: queue.kept().id,
      Attributes: { DelaySeconds: '9' },
    });
    expect(await queue.read()).toEqual({ DelaySeconds: 9 });
    await queue.delete();
  });

  it('has a name of its own, FIFO queues with .fifo', async () => {
    const queue = await trialResource(
      stack,
      'AWS::SQS::Queue',
      { FifoQueue: true, ContentBasedDeduplication: true, Tags: [] },
      'Fifo',
    );
    expect(queue.kept().attributes['QueueName']).toMatch(/^trial-Fifo-[A-Za-z0-9]{12}\.fifo$/);
    await queue.delete();
  });

  it('that is there already is not the stack’s', async () => {
    const queue = await trialResource(stack, 'AWS::SQS::Queue', { QueueName: 'taken' }, 'First');
    expect(
      await refusal(trialResource(stack, 'AWS::SQS::Queue', { QueueName: 'taken' }, 'Second')),
    ).toMatchObject({
      message: "Resource of type 'AWS::SQS::Queue' with identifier 'taken' already exists.",
    });
    await queue.delete();
  });
});

describe('policies of queues', () => {
  const allow = (action: string) => ({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: action, Resource: '*' },
    ],
  });
  const policyOf = async (QueueUrl: string) =>
    (await stack.call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['Policy'] })).Attributes
      ?.Policy;

  it('are given to several queues, and taken from them', async () => {
    const one = await trialResource(stack, 'AWS::SQS::Queue', {}, 'One');
    const two = await trialResource(stack, 'AWS::SQS::Queue', {}, 'Two');
    const [a, b] = [one.kept().id, two.kept().id];
    const properties = { Queues: [a, b], PolicyDocument: allow('sqs:SendMessage') };
    const policy = await trialResource(stack, 'AWS::SQS::QueuePolicy', properties);
    const { id, attributes } = policy.kept();
    expect(id).toMatch(/^trial-QueuePolicy-/);
    expect(attributes).toEqual({ Id: id });
    expect(await policy.found()).toBe(id);
    expect(await policy.read()).toEqual(properties);
    expect(JSON.parse((await policyOf(b)) ?? '')).toEqual(allow('sqs:SendMessage'));

    await policy.update({ Queues: [a], PolicyDocument: allow('sqs:*') });
    expect(JSON.parse((await policyOf(a)) ?? '')).toEqual(allow('sqs:*'));
    expect(await policyOf(b)).toBeUndefined();
    await stack.call('sqs', 'SetQueueAttributes', {
      QueueUrl: a,
      Attributes: { Policy: JSON.stringify(allow('sqs:GetQueueUrl')) },
    });
    expect(await policy.read()).toEqual({ Queues: [a], PolicyDocument: allow('sqs:GetQueueUrl') });

    await policy.delete();
    expect(await policyOf(a)).toBeUndefined();
    expect(await policy.read()).toBeUndefined();
    await one.delete();
    await two.delete();
    await policy.delete();
  });

  it('are of one queue', async () => {
    const queue = await trialResource(stack, 'AWS::SQS::Queue', {}, 'Inline');
    const Queue = queue.kept().id;
    const properties = { Queue, PolicyDocument: allow('sqs:SendMessage') };
    const policy = await trialResource(stack, 'AWS::SQS::QueueInlinePolicy', properties);
    expect(policy.kept().id).toBe(Queue);
    expect(await policy.read()).toEqual(properties);
    await policy.update({ Queue, PolicyDocument: allow('sqs:*') });
    expect(await policy.read()).toEqual({ Queue, PolicyDocument: allow('sqs:*') });
    await policy.delete();
    await queue.delete();
    await policy.delete();
  });
});
