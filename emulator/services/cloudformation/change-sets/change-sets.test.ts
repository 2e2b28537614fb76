import {
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  ListChangeSetsCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
  type ChangeSetType,
} from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { queues, refusal, TrialStacks } from '../testing/trial-stacks.ts';

let trial: TrialStacks;
beforeEach(async () => {
  trial = await TrialStacks.start();
});
afterEach(async () => {
  await trial.stop();
});

const propose = async (
  name: string,
  ChangeSetType: ChangeSetType,
  TemplateBody: string,
  more: object = {},
) => {
  const asked = { StackName: 'shop', ChangeSetName: name, ChangeSetType, TemplateBody, ...more };
  await trial.cfn.send(new CreateChangeSetCommand(asked));
  return await trial.cfn.send(new DescribeChangeSetCommand({ StackName: 'shop', ChangeSetName: name }));
};
const execute = async (name: string) => {
  await trial.cfn.send(new ExecuteChangeSetCommand({ StackName: 'shop', ChangeSetName: name }));
  return await trial.settled('shop');
};

it('makes a stack by way of a change set, with the waiters of the SDK', async () => {
  const first = await propose('first', 'CREATE', queues({ Letters: {}, Orders: { needs: 'Letters' } }));
  expect(first).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' });
  expect(
    first.Changes?.map(({ ResourceChange: change }) => [change?.Action, change?.LogicalResourceId]),
  ).toEqual([
    ['Add', 'Letters'],
    ['Add', 'Orders'],
  ]);
  expect((await trial.stack('shop'))?.StackStatus).toBe('REVIEW_IN_PROGRESS');
  const named = { StackName: 'shop', ChangeSetName: 'first' };
  await waitUntilChangeSetCreateComplete({ client: trial.cfn, maxWaitTime: 10, minDelay: 1 }, named);
  await trial.cfn.send(new ExecuteChangeSetCommand(named));
  await waitUntilStackCreateComplete(
    { client: trial.cfn, maxWaitTime: 10, minDelay: 1 },
    { StackName: 'shop' },
  );
  expect(trial.things.there.size).toBe(2);
  const { Summaries } = await trial.cfn.send(new ListChangeSetsCommand({ StackName: 'shop' }));
  expect(Summaries).toMatchObject([{ ChangeSetName: 'first', ExecutionStatus: 'EXECUTE_COMPLETE' }]);
  expect(await refusal(execute('first'))).toMatch(/^InvalidChangeSetStatus/);
});

it('tells what changes, why, and what is made anew', async () => {
  const parameters = { Parameters: { Wait: { Type: 'Number', Default: '1' } } };
  await propose(
    'first',
    'CREATE',
    queues(
      {
        Source: { QueueName: 'one' },
        Reader: { QueueName: { 'Fn::Sub': '${Source}-reader' } },
        Slow: { DelaySeconds: { Ref: 'Wait' } },
        Gone: {},
      },
      parameters,
    ),
  );
  await execute('first');
  const second = await propose(
    'second',
    'UPDATE',
    queues(
      {
        Source: { QueueName: 'two' },
        Reader: { QueueName: { 'Fn::Sub': '${Source}-reader' } },
        Slow: { DelaySeconds: { Ref: 'Wait' } },
      },
      parameters,
    ),
    { Parameters: [{ ParameterKey: 'Wait', ParameterValue: '2' }] },
  );
  const changes = (second.Changes ?? []).map(({ ResourceChange: change }) => [
    change?.Action,
    change?.LogicalResourceId,
    change?.Replacement,
    change?.Details?.[0]?.ChangeSource,
    change?.Details?.[0]?.CausingEntity,
  ]);
  expect(changes).toEqual([
    ['Remove', 'Gone', undefined, undefined, undefined],
    ['Modify', 'Reader', 'True', 'ResourceReference', 'Source'],
    ['Modify', 'Slow', 'False', 'ParameterReference', 'Wait'],
    ['Modify', 'Source', 'True', 'DirectModification', undefined],
  ]);
  expect((await execute('second')).StackStatus).toBe('UPDATE_COMPLETE');
  expect([...trial.things.there.keys()].sort()).toEqual([
    expect.stringMatching(/^shop-Slow-/),
    'two',
    'two-reader',
  ]);
});

it('says that there is nothing to change, as tools expect it', async () => {
  const body = queues({ Letters: {} });
  await propose('first', 'CREATE', body);
  await execute('first');
  const second = await propose('second', 'UPDATE', body);
  expect(second).toMatchObject({
    Status: 'FAILED',
    ExecutionStatus: 'UNAVAILABLE',
    StatusReason:
      "The submitted information didn't contain changes. Submit different information to create a change set.",
  });
  expect(await refusal(propose('third', 'CREATE', body))).toBe(
    'ValidationError: Stack [shop] already exists and cannot be created again with the changeSet [third].',
  );
  expect(await refusal(propose('third', 'UPDATE', body, { StackName: 'nowhere' }))).toBe(
    'ValidationError: Stack [nowhere] does not exist',
  );
  const missing = { StackName: 'shop', ChangeSetName: 'nothing' };
  expect(await refusal(trial.cfn.send(new DescribeChangeSetCommand(missing)))).toMatch(
    /^ChangeSetNotFound\w*: ChangeSet \[nothing\] does not exist$/,
  );
});

it('runs the SAM transform, and keeps the template as it was and as it came out', async () => {
  const body = JSON.stringify({
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: { Visits: { Type: 'AWS::Serverless::SimpleTable' }, Letters: { Type: 'AWS::SQS::Queue' } },
  });
  const { StatusReason, Changes } = await propose('first', 'CREATE', body);
  expect(StatusReason).toBeUndefined();
  expect(Changes?.map(({ ResourceChange: change }) => change?.ResourceType)).toEqual([
    'AWS::SQS::Queue',
    'AWS::DynamoDB::Table',
  ]);
  const named = { StackName: 'shop', ChangeSetName: 'first' };
  const original = await trial.cfn.send(new GetTemplateCommand(named));
  expect(original.TemplateBody).toBe(body);
  const processed = await trial.cfn.send(new GetTemplateCommand({ ...named, TemplateStage: 'Processed' }));
  expect(processed.TemplateBody).toContain('AWS::DynamoDB::Table');
  const broken = JSON.stringify({
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: { F: { Type: 'AWS::Serverless::Function', Properties: { Runtime: 'nodejs24.x' } } },
  });
  const failed = await propose('second', 'CREATE', broken);
  expect(failed.Status).toBe('FAILED');
  expect(failed.StatusReason).toMatch(
    /^Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document/,
  );
});
