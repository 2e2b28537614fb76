import { GetBucketNotificationConfigurationCommand } from '@aws-sdk/client-s3';
import type { Event, NotificationConfiguration } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, trialS3 } from '../trial-s3.ts';
import type { TrialS3 } from '../trial-s3.ts';
import { filter, listenersAt, notify } from './trial.ts';
import type { Listeners } from './trial.ts';

let trial: TrialS3;
let listeners: Listeners;
beforeAll(async () => {
  trial = await trialS3();
  listeners = listenersAt(trial.running.origin);
});
afterAll(async () => {
  listeners.stop();
  await trial.stop();
});

const configuration = async (Bucket: string): Promise<NotificationConfiguration> => {
  const { $metadata, ...told } = await trial.s3.send(
    new GetBucketNotificationConfigurationCommand({ Bucket }),
  );
  expect($metadata.httpStatusCode).toBe(200);
  return told;
};

describe('a configuration', () => {
  const Events: Event[] = ['s3:ObjectCreated:*'];
  const refused = async (given: NotificationConfiguration, more: object = {}) => {
    const error: unknown = await notify(trial.s3, 'checked', given, more).then(
      () => 'taken',
      (reason: unknown) => reason,
    );
    return error as { name: string; message: string; ArgumentName?: string; ArgumentName1?: string };
  };
  let open: string;
  beforeAll(async () => {
    await trial.bucket('checked');
    open = (await listeners.queue('open')).arn;
  });

  it('replaces the one before, and an empty one removes it', async () => {
    await notify(trial.s3, 'checked', { QueueConfigurations: [{ QueueArn: open, Events }] });
    await notify(trial.s3, 'checked', { EventBridgeConfiguration: {} });
    expect(await configuration('checked')).toEqual({ EventBridgeConfiguration: {} });
    await notify(trial.s3, 'checked', {});
    expect(await configuration('checked')).toEqual({});
  });

  it.each<
    [string, { Events: Event[]; Filter?: object }, { Events: Event[]; Filter?: object }, string | undefined]
  >([
    [
      'the same event',
      { Events },
      { Events: ['s3:ObjectCreated:Put'] },
      'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
    ],
    [
      'a filter against none',
      { Events, Filter: filter('a/') },
      { Events },
      'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
    ],
    [
      'a prefix within another',
      { Events, Filter: filter('a/', '.jpg') },
      { Events, Filter: filter('a/b/', 'pg') },
      'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
    ],
    [
      'other suffixes',
      { Events, Filter: filter('a/', '.jpg') },
      { Events, Filter: filter('a/', '.png') },
      undefined,
    ],
    ['other prefixes', { Events, Filter: filter('a/') }, { Events, Filter: filter('b/') }, undefined],
    ['other events', { Events: ['s3:ObjectRemoved:*'] }, { Events }, undefined],
  ])('with two rules for %s', async (_title, first, second, message) => {
    const QueueConfigurations = [first, second].map((rule) => ({ QueueArn: open, ...rule }));
    const outcome = await refused({ QueueConfigurations });
    if (message === undefined) expect(outcome).toBe('taken');
    else expect(outcome).toMatchObject({ name: 'InvalidArgument', message });
  });

  it('is refused in AWS’s words where it is wrong', async () => {
    const queue = (QueueArn: string, more: object = {}) => ({
      QueueConfigurations: [{ QueueArn, Events, ...more }],
    });
    expect(await refused(queue('nonsense'), { SkipDestinationValidation: true })).toMatchObject({
      name: 'InvalidArgument',
      message: 'The ARN could not be parsed',
      ArgumentName: 'Queue',
      ArgumentValue: 'nonsense',
    });
    expect(await refused(queue(open, { Events: ['s3:Nothing'] }))).toMatchObject({
      message: 'The event is not supported for notifications',
    });
    const FilterRules = [{ Name: 'INVALID', Value: 'x' }];
    expect(await refused(queue(open, { Filter: { Key: { FilterRules } } }))).toMatchObject({
      message: 'filter rule name must be either prefix or suffix',
      ArgumentName: 'FilterRule.Name',
      ArgumentValue: 'INVALID',
    });
    expect(await refused(queue(`arn:aws:sqs:eu-west-1:${account}:far`))).toMatchObject({
      message: 'The notification destination service region is not valid for the bucket location constraint',
    });
  });

  it('names every destination that is not there or does not let S3', async () => {
    const closed = (await listeners.queue('closed', false)).arn;
    const closedTopic = await listeners.topic('closed-topic', false);
    const missing = `arn:aws:sqs:us-east-1:${account}:missing`;
    const lambda = `arn:aws:lambda:us-east-1:${account}:function:missing`;
    const Filter = (prefix: string) => ({ Events, Filter: filter(prefix) });
    const given = {
      TopicConfigurations: [{ TopicArn: closedTopic, ...Filter('1') }],
      QueueConfigurations: [
        { QueueArn: closed, ...Filter('2') },
        { QueueArn: missing, ...Filter('3') },
        { QueueArn: open, ...Filter('4') },
      ],
      LambdaFunctionConfigurations: [{ LambdaFunctionArn: lambda, ...Filter('5') }],
    };
    expect(await refused(given)).toMatchObject({
      name: 'InvalidArgument',
      message: 'Unable to validate the following destination configurations',
      ArgumentName1: closedTopic,
      ArgumentValue1:
        'Permissions on the destination topic do not allow S3 to publish notifications from this bucket',
      ArgumentName2: closed,
      ArgumentValue2:
        'Permissions on the destination queue do not allow S3 to publish notifications from this bucket',
      ArgumentName3: missing,
      ArgumentValue3: 'The destination queue does not exist',
      ArgumentName4: `${lambda}, null`,
      ArgumentValue4: `Not authorized to invoke function [${lambda}]`,
    });
    expect(await refused(given, { SkipDestinationValidation: true })).toBe('taken');
    await notify(trial.s3, 'checked', {});
  });
});
