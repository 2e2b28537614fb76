import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, refusal, region, trialRole, trialStack } from '../testing/trial-stack.ts';
import type { TrialStack } from '../testing/trial-stack.ts';
import { ifThere } from '../translate/gone.ts';
import { logGroup } from './log-group.ts';
import { logStream } from './log-stream.ts';
import { metricFilter } from './metric-filter.ts';
import { subscriptionFilter } from './subscription-filter.ts';

let stack: TrialStack;
beforeAll(async () => {
  stack = await trialStack();
  await stack.call('logs', 'CreateLogGroup', { logGroupName: '/app' });
});
afterAll(async () => await stack.stop());

const isThere = async (logGroupName: string): Promise<boolean> =>
  (await ifThere(stack.call('logs', 'DescribeLogStreams', { logGroupName }))) !== undefined;

describe('AWS::Logs::LogGroup', () => {
  it('keeps events as long as it is told, is changed in place and removed', async () => {
    const work = stack.work('Group', 'group', { stage: 'dev', 'aws:cloudformation:logical-id': 'Group' });
    const properties = { RetentionInDays: 7, Tags: [{ Key: 'team', Value: 'blue' }] };
    const made = await logGroup.create(properties, work);
    expect(made.id).toBe(logGroup.nameOf(properties, work));
    expect(made.attributes['Arn']).toBe(`arn:aws:logs:${region}:${account}:log-group:${made.id}:*`);
    const kept = { ...made, properties };
    expect(await logGroup.read(kept, work)).toEqual(properties);
    const resourceArn = `arn:aws:logs:${region}:${account}:log-group:${made.id}`;
    const { tags } = await stack.call('logs', 'ListTagsForResource', { resourceArn });
    expect(tags).toEqual({ stage: 'dev', team: 'blue', 'aws:cloudformation:logical-id': 'Group' });

    const wanted = { Tags: [{ Key: 'team', Value: 'red' }], DeletionProtectionEnabled: false };
    await logGroup.update(kept, wanted, work);
    expect(await logGroup.read({ ...kept, properties: { ...wanted, RetentionInDays: 1 } }, work)).toEqual(
      wanted,
    );
    await logGroup.delete(kept, work);
    expect(await logGroup.read(kept, work)).toBeUndefined();
    await logGroup.delete(kept, work);
  });

  it('leaves nothing behind where it could not be made, and refuses what this cloud does not have', async () => {
    const wrong = { LogGroupName: '/wrong', RetentionInDays: 2 };
    expect((await refusal(logGroup.create(wrong, stack.work('Wrong')))).message).toContain('retentionInDays');
    expect(await isThere('/wrong')).toBe(false);
    const foreign = { LogGroupName: '/foreign', FieldIndexPolicies: [] };
    expect((await refusal(logGroup.create(foreign, stack.work('Foreign')))).message).toContain(
      'FieldIndexPolicies',
    );
  });
});

describe('AWS::Logs::LogStream', () => {
  it('is made, read and removed', async () => {
    const work = stack.work('Stream');
    const properties = { LogGroupName: '/app', LogStreamName: 'mine' };
    const kept = { ...(await logStream.create(properties, work)), properties };
    expect(kept.id).toBe('mine');
    expect(logStream.nameOf?.(properties, work)).toBe('mine');
    expect(await logStream.read?.(kept, work)).toEqual(properties);
    await logStream.delete(kept, work);
    expect(await logStream.read?.(kept, work)).toBeUndefined();
    await logStream.delete(kept, work);
  });
});

describe('filters of log groups', () => {
  it('make metrics', async () => {
    const work = stack.work('Errors');
    const transformation = { MetricName: 'Errors', MetricNamespace: 'App', MetricValue: '1' };
    const properties = {
      LogGroupName: '/app',
      FilterPattern: '{ $.level = "ERROR" }',
      MetricTransformations: [{ ...transformation, Dimensions: [{ Key: 'Path', Value: '$.path' }] }],
    };
    const kept = { ...(await metricFilter.create(properties, work)), properties };
    expect(kept.id).toBe(metricFilter.nameOf?.(properties, work));
    expect(await metricFilter.read?.(kept, work)).toEqual(properties);
    const { metricFilters } = await stack.call('logs', 'DescribeMetricFilters', { logGroupName: '/app' });
    expect(metricFilters?.[0]?.metricTransformations?.[0]?.dimensions).toEqual({ Path: '$.path' });
    const wanted = {
      ...properties,
      MetricTransformations: [{ ...transformation, DefaultValue: 0, Unit: 'Count' }],
    };
    await metricFilter.update?.(kept, wanted, work);
    expect(await metricFilter.read?.({ ...kept, properties: wanted }, work)).toEqual(wanted);
    await metricFilter.delete(kept, work);
    expect(await metricFilter.read?.(kept, work)).toBeUndefined();
    await metricFilter.delete(kept, work);
  });

  it('send events on', async () => {
    const work = stack.work('Onward');
    await stack.call('kinesis', 'CreateStream', { StreamName: 'onward', ShardCount: 1 });
    const StreamName = 'onward';
    await work.until(20, 'the stream', async () => {
      const { StreamDescriptionSummary } = await stack.call('kinesis', 'DescribeStreamSummary', {
        StreamName,
      });
      return StreamDescriptionSummary?.StreamStatus === 'ACTIVE' ? true : undefined;
    });
    const properties = {
      LogGroupName: '/app',
      FilterName: 'onward',
      FilterPattern: '',
      DestinationArn: `arn:aws:kinesis:${region}:${account}:stream/onward`,
      RoleArn: await trialRole(stack, 'onward', 'logs.amazonaws.com'),
    };
    const kept = { ...(await subscriptionFilter.create(properties, work)), properties };
    expect(kept.id).toBe('onward');
    expect(await subscriptionFilter.read?.(kept, work)).toEqual(properties);
    const wanted = { ...properties, FilterPattern: 'ERROR' };
    await subscriptionFilter.update?.(kept, wanted, work);
    expect(await subscriptionFilter.read?.({ ...kept, properties: wanted }, work)).toEqual(wanted);
    await subscriptionFilter.delete(kept, work);
    expect(await subscriptionFilter.read?.(kept, work)).toBeUndefined();
    await subscriptionFilter.delete(kept, work);
  });

  it('go with their log group', async () => {
    const gone = { LogGroupName: '/gone', FilterPattern: '', MetricTransformations: [] };
    const kept = { id: 'f', attributes: {}, properties: gone };
    await metricFilter.delete(kept, stack.work('Gone'));
    await subscriptionFilter.delete(kept, stack.work('Gone'));
    expect(await metricFilter.read?.(kept, stack.work('Gone'))).toBeUndefined();
  });
});
