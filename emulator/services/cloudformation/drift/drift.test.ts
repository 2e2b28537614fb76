import {
  CreateStackCommand,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
} from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { queues, TrialStacks } from '../testing/trial-stacks.ts';
import { differences } from './compare.ts';

let trial: TrialStacks;
beforeEach(async () => {
  trial = await TrialStacks.start();
});
afterEach(async () => {
  await trial.stop();
});

it('tells what was changed and what was removed behind the back of the stack', async () => {
  const StackName = 'shop';
  const TemplateBody = queues({
    Same: { QueueName: 'same' },
    Changed: { QueueName: 'changed', DelaySeconds: '1' },
    Gone: { QueueName: 'gone' },
  });
  await trial.cfn.send(new CreateStackCommand({ StackName, TemplateBody }));
  await trial.settled(StackName);
  trial.things.there.set('changed', { QueueName: 'changed', DelaySeconds: 2, MessageRetentionPeriod: 60 });
  trial.things.there.delete('gone');
  const { StackDriftDetectionId } = await trial.cfn.send(new DetectStackDriftCommand({ StackName }));
  expect(
    await trial.cfn.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId })),
  ).toMatchObject({
    DetectionStatus: 'DETECTION_COMPLETE',
    StackDriftStatus: 'DRIFTED',
    DriftedStackResourceCount: 2,
  });
  const { StackResourceDrifts = [] } = await trial.cfn.send(
    new DescribeStackResourceDriftsCommand({ StackName }),
  );
  const by = new Map(StackResourceDrifts.map((drift) => [drift.LogicalResourceId, drift]));
  expect(by.get('Same')?.StackResourceDriftStatus).toBe('IN_SYNC');
  expect(by.get('Gone')?.StackResourceDriftStatus).toBe('DELETED');
  expect(by.get('Changed')).toMatchObject({
    StackResourceDriftStatus: 'MODIFIED',
    PropertyDifferences: [
      { PropertyPath: '/DelaySeconds', ExpectedValue: '1', ActualValue: '2', DifferenceType: 'NOT_EQUAL' },
    ],
  });
  expect((await trial.stack(StackName))?.DriftInformation?.StackDriftStatus).toBe('DRIFTED');
});

it('compares lists whatever their order', () => {
  const tags = [
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: '2' },
  ];
  const of = (Tags: typeof tags) => differences('AWS::SQS::Queue', { Tags: tags }, { Tags });
  expect(of([...tags].reverse())).toEqual([]);
  expect(of([...tags, { Key: 'c', Value: '3' }])).toMatchObject([
    { PropertyPath: '/Tags/2', DifferenceType: 'ADD' },
  ]);
  expect(of(tags.slice(1))).toMatchObject([{ PropertyPath: '/Tags/0', DifferenceType: 'REMOVE' }]);
});
