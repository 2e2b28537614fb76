import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trialResource } from '../testing/trial-resource.ts';
import { account, region, trialStack, type TrialStack } from '../testing/trial-stack.ts';

let stack: TrialStack;
beforeAll(async () => {
  stack = await trialStack();
});
afterAll(async () => await stack.stop());

describe('AWS::Kinesis::Stream', () => {
  it('is made, changed in place and removed', async () => {
    const properties = {
      Name: 'clicks',
      ShardCount: '1',
      RetentionPeriodHours: 48,
      Tags: [{ Key: 'team', Value: 'x' }],
    };
    const stream = await trialResource(stack, 'AWS::Kinesis::Stream', properties);
    expect(stream.kept()).toMatchObject({
      id: 'clicks',
      attributes: { Arn: `arn:aws:kinesis:${region}:${account}:stream/clicks` },
    });
    expect(await stream.found()).toBe('clicks');
    expect(await stream.read()).toEqual({ ...properties, ShardCount: 1 });
    const next = { Name: 'clicks', ShardCount: 2, Tags: [{ Key: 'team', Value: 'y' }] };
    await stream.update(next);
    expect(await stream.read()).toEqual(next);
    const { StreamDescriptionSummary: now } = await stack.call('kinesis', 'DescribeStreamSummary', {
      StreamName: 'clicks',
    });
    expect(now?.RetentionPeriodHours).toBe(24);
    await stream.update({ Name: 'clicks', StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
    expect(await stream.read()).toMatchObject({ StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
    await stream.delete();
    expect(await stream.read()).toBeUndefined();
    await stream.delete();
  });
});
