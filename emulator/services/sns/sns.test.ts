import {
  AddPermissionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  RemovePermissionCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, queueArn, trialSns } from './trial-sns.ts';
import type { TrialSns } from './trial-sns.ts';

let trial: TrialSns;
beforeAll(async () => {
  trial = await trialSns();
});
afterAll(() => trial.stop());

const topicArn = (name: string) => `arn:aws:sns:us-east-1:${account}:${name}`;

describe('a topic', () => {
  it('is made, told of, listed and deleted', async () => {
    const arn = await trial.topic('life', { DisplayName: 'Life' });
    expect(arn).toBe(topicArn('life'));
    expect(await trial.topic('life', { DisplayName: 'Life' })).toBe(arn);
    await expect(trial.topic('life', { DisplayName: 'Other' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
    });
    const attributes = async () =>
      (await trial.sns.send(new GetTopicAttributesCommand({ TopicArn: arn }))).Attributes;
    expect(await attributes()).toMatchObject({
      TopicArn: arn,
      Owner: account,
      DisplayName: 'Life',
      SubscriptionsConfirmed: '0',
      SubscriptionsDeleted: '0',
      Policy: expect.stringContaining('__default_statement_ID') as string,
    });
    const set = (AttributeName: string, AttributeValue: string) =>
      trial.sns.send(new SetTopicAttributesCommand({ TopicArn: arn, AttributeName, AttributeValue }));
    await set('DisplayName', 'New');
    expect((await attributes())?.['DisplayName']).toBe('New');
    await expect(set('Colour', 'red')).rejects.toMatchObject({ message: 'Invalid parameter: AttributeName' });
    const { Topics } = await trial.sns.send(new ListTopicsCommand({}));
    expect(Topics).toContainEqual({ TopicArn: arn });
    await trial.sns.send(new DeleteTopicCommand({ TopicArn: arn }));
    await trial.sns.send(new DeleteTopicCommand({ TopicArn: arn }));
    await expect(attributes()).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Topic does not exist',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('comes in pages', async () => {
    const made = Array.from({ length: 101 }, (_, index) => `page-${String(index)}`);
    const client = new SNSClient({
      region: 'eu-west-1',
      endpoint: trial.running.origin,
      credentials: { accessKeyId: account, secretAccessKey: 'x' },
    });
    for (const Name of made) await client.send(new CreateTopicCommand({ Name }));
    const first = await client.send(new ListTopicsCommand({}));
    const second = await client.send(new ListTopicsCommand({ NextToken: first.NextToken }));
    expect([first.Topics?.length, second.Topics?.length, second.NextToken]).toEqual([100, 1, undefined]);
    client.destroy();
  });

  it.each([
    ['a.b', {}, 'Invalid parameter: Topic Name'],
    ['a'.repeat(257), {}, 'Invalid parameter: Topic Name'],
    ['a', { FifoTopic: 'true' }, 'Invalid parameter: Fifo Topic names must end with .fifo'],
    ['a', { Policy: 'nonsense' }, 'Invalid parameter: Attributes Reason: Policy Error: null'],
  ])('%s with %j is refused', async (name, attributes, message) => {
    await expect(trial.topic(name, attributes)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message) as string,
    });
  });

  it('has tags', async () => {
    const ResourceArn = await trial.topic('tagged');
    const tag = (...keys: string[]) =>
      trial.sns.send(
        new TagResourceCommand({ ResourceArn, Tags: keys.map((Key) => ({ Key, Value: `v${Key}` })) }),
      );
    await tag('a', 'b');
    await expect(tag('a', 'a')).rejects.toMatchObject({
      message: 'Invalid parameter: Duplicated keys are not allowed.',
    });
    await trial.sns.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
    const { Tags } = await trial.sns.send(new ListTagsForResourceCommand({ ResourceArn }));
    expect(Tags).toEqual([{ Key: 'b', Value: 'vb' }]);
  });

  it('lets another account publish by its policy alone', async () => {
    const TopicArn = await trial.topic('shared');
    const stranger = new SNSClient({
      region: 'us-east-1',
      endpoint: trial.running.origin,
      maxAttempts: 1,
      credentials: { accessKeyId: '444455556666', secretAccessKey: 'x' },
    });
    const ask = () => stranger.send(new PublishCommand({ TopicArn, Message: 'm' }));
    await expect(ask()).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
      $metadata: { httpStatusCode: 403 },
    });
    const allow = (ActionName: string[], Label = 'they') =>
      trial.sns.send(
        new AddPermissionCommand({ TopicArn, Label, AWSAccountId: ['444455556666'], ActionName }),
      );
    await allow(['Publish']);
    await ask();
    await expect(allow(['Publish'])).rejects.toMatchObject({
      message: 'Invalid parameter: Statement already exists',
    });
    await expect(allow(['Fly'], 'x')).rejects.toMatchObject({
      message: 'Invalid parameter: Policy statement action out of service scope!',
    });
    await trial.sns.send(new RemovePermissionCommand({ TopicArn, Label: 'they' }));
    await expect(ask()).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
    stranger.destroy();
  });
});

describe('a subscription', () => {
  it('is made, told of, changed, listed and ended', async () => {
    const TopicArn = await trial.topic('followed');
    const arn = await trial.subscribe(TopicArn, 'follower', { RawMessageDelivery: 'true' });
    expect(await trial.subscribe(TopicArn, 'follower', { RawMessageDelivery: 'true' })).toBe(arn);
    await expect(
      trial.subscribe(TopicArn, 'follower', { RawMessageDelivery: 'false' }),
    ).rejects.toMatchObject({
      message: 'Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
    });
    const attributes = async () =>
      (await trial.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }))).Attributes;
    expect(await attributes()).toEqual({
      ConfirmationWasAuthenticated: 'true',
      Endpoint: queueArn('follower'),
      Owner: account,
      PendingConfirmation: 'false',
      Protocol: 'sqs',
      RawMessageDelivery: 'true',
      SubscriptionArn: arn,
      SubscriptionPrincipal: expect.stringContaining(account) as string,
      TopicArn,
    });
    const set = (AttributeName: string, AttributeValue: string) =>
      trial.sns.send(
        new SetSubscriptionAttributesCommand({ SubscriptionArn: arn, AttributeName, AttributeValue }),
      );
    await set('FilterPolicy', '{"a":["b"]}');
    expect(await attributes()).toMatchObject({
      FilterPolicy: '{"a":["b"]}',
      FilterPolicyScope: 'MessageAttributes',
    });
    // Recorded on AWS.
    for (const [name, value, message] of [
      ['Colour', 'red', 'AttributeName'],
      [
        'RawMessageDelivery',
        'test-ValUe',
        'RawMessageDelivery: Invalid value [test-ValUe]. Must be true or false.',
      ],
      [
        'RedrivePolicy',
        '{"deadLetterTargetArn":"x"}',
        'RedrivePolicy: deadLetterTargetArn is an invalid arn',
      ],
      [
        'FilterPolicyScope',
        'RandomValue',
        'FilterPolicyScope: Invalid value [RandomValue]. Please use either MessageBody or MessageAttributes',
      ],
    ] as const) {
      await expect(set(name, value)).rejects.toMatchObject({ message: `Invalid parameter: ${message}` });
    }
    const told = {
      SubscriptionArn: arn,
      Owner: account,
      Protocol: 'sqs',
      Endpoint: queueArn('follower'),
      TopicArn,
    };
    const byTopic = () => trial.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect((await byTopic()).Subscriptions).toEqual([told]);
    expect((await trial.sns.send(new ListSubscriptionsCommand({}))).Subscriptions).toContainEqual(told);
    await trial.sns.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
    await trial.sns.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
    expect((await byTopic()).Subscriptions).toEqual([]);
    await expect(attributes()).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Subscription does not exist',
    });
  });

  it.each([
    [
      'test-protocol',
      'x',
      'Invalid parameter: Amazon SNS does not support this protocol string: test-protocol',
    ],
    ['email', 'a@b.c', 'A subscription with the protocol email is not built in this cloud.'],
    ['sqs', 'http://queue', 'Invalid parameter: SQS endpoint ARN'],
    ['lambda', 'f', 'Invalid parameter: Lambda endpoint ARN'],
    [
      'sqs',
      queueArn('q.fifo'),
      'Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    ],
  ])('with %s to %s is refused', async (Protocol, Endpoint, message) => {
    const TopicArn = await trial.topic('strict');
    await expect(
      trial.sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint })),
    ).rejects.toMatchObject({ message });
  });
});

describe('a message that SNS refuses', () => {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  it.each([
    [{ Message: '' }, 'Invalid parameter: Empty message'],
    [{ Message: 'x'.repeat(262_145) }, 'Invalid parameter: Message too long'],
    [{ Subject: '' }, 'Invalid parameter: Subject'],
    [
      { TopicArn: 'nonsense' },
      'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1',
    ],
    [{ TopicArn: `arn:aws:sns:eu-west-1:${account}:strict` }, 'Invalid parameter: TopicArn'],
    [{ TopicArn: topicArn('missing') }, 'Topic does not exist'],
    [
      { MessageStructure: 'json', Message: '{' },
      'Invalid parameter: Message Structure - JSON message body failed to parse',
    ],
    [
      { MessageStructure: 'json', Message: '{"sqs":"x"}' },
      'Invalid parameter: Message Structure - No default entry in JSON message body',
    ],
    [
      { MessageAttributes: { 'a^b': text('x') } },
      "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
    ],
    [
      { MessageAttributes: { '.a': text('x') } },
      "Invalid message attribute name starting with character '.' was found.",
    ],
    [
      { MessageAttributes: { attr1: text('') } },
      "The message attribute 'attr1' must contain non-empty message attribute value for message attribute type 'String'.",
    ],
    [
      { MessageAttributes: { attr1: { DataType: 'Binary', StringValue: 'x' } } },
      "The message attribute 'attr1' with type 'Binary' must use field 'Binary'.",
    ],
    [
      { MessageAttributes: { attr1: { DataType: 'Stringprefixed', StringValue: 'x' } } },
      "The message attribute 'attr1' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
    ],
  ])('%j: %s', async (more, message) => {
    const TopicArn = await trial.topic('strict');
    await expect(
      trial.sns.send(new PublishCommand({ TopicArn, Message: 'm', ...more })),
    ).rejects.toMatchObject({ message });
  });

  it.each([
    [['a', 'a'], 'Two or more batch entries in the request have the same Id.'],
    [
      ['message.id'],
      'The Id of a batch entry in the batch request contains an impermissible character: message.id',
    ],
    [
      Array.from({ length: 11 }, (_, index) => String(index)),
      'The batch request contains more entries than permissible.',
    ],
  ])('in a batch with the ids %j', async (ids, message) => {
    const TopicArn = await trial.topic('strict');
    const PublishBatchRequestEntries = ids.map((Id) => ({ Id, Message: 'm' }));
    await expect(
      trial.sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries })),
    ).rejects.toMatchObject({ message });
  });
});
