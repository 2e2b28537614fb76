import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventBusCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queueArn, refusal, TrialEvents } from '../testing/trial-events.ts';

let trial: TrialEvents;
beforeAll(async () => (trial = await TrialEvents.start()));
afterAll(async () => trial.stop());

const EventPattern = '{"source":["shop"]}';
const arn = 'arn:aws:events:us-east-1:111111111111';

describe('buses', () => {
  it('are made, described, changed, listed and deleted', async () => {
    const made = await trial.events.send(new CreateEventBusCommand({ Name: 'own', Description: 'mine' }));
    expect(made).toMatchObject({ EventBusArn: `${arn}:event-bus/own`, Description: 'mine' });
    await trial.events.send(new UpdateEventBusCommand({ Name: 'own', Description: 'ours' }));
    const described = await trial.events.send(new DescribeEventBusCommand({ Name: `${arn}:event-bus/own` }));
    expect(described).toMatchObject({ Name: 'own', Arn: `${arn}:event-bus/own`, Description: 'ours' });
    expect(described.Policy).toBeUndefined();
    const { EventBuses } = await trial.events.send(new ListEventBusesCommand({}));
    expect(EventBuses?.map(({ Name }) => Name)).toEqual(['default', 'own']);
    const first = await trial.events.send(new ListEventBusesCommand({ Limit: 1 }));
    const { NextToken } = first;
    expect(first.EventBuses).toHaveLength(1);
    expect(
      (await trial.events.send(new ListEventBusesCommand({ NextToken }))).EventBuses?.map(({ Name }) => Name),
    ).toEqual(['own']);
    expect(await refusal(trial.events.send(new CreateEventBusCommand({ Name: 'own' })))).toBe(
      'ResourceAlreadyExistsException: Event bus own already exists.',
    );
    await trial.events.send(new PutRuleCommand({ Name: 'r', EventBusName: 'own', EventPattern }));
    expect(await refusal(trial.events.send(new DeleteEventBusCommand({ Name: 'own' })))).toBe(
      "ValidationException: Event bus own can't be deleted since it has rules.",
    );
    await trial.events.send(new DeleteRuleCommand({ Name: 'r', EventBusName: 'own' }));
    await trial.events.send(new DeleteEventBusCommand({ Name: 'own' }));
    await trial.events.send(new DeleteEventBusCommand({ Name: 'own' }));
    expect(await refusal(trial.events.send(new DescribeEventBusCommand({ Name: 'own' })))).toBe(
      'ResourceNotFoundException: Event bus own does not exist.',
    );
    expect(await refusal(trial.events.send(new DeleteEventBusCommand({ Name: 'default' })))).toBe(
      'ValidationException: Cannot delete event bus default.',
    );
  });

  it('have permissions', async () => {
    const policy = async () => {
      const { Policy } = await trial.events.send(new DescribeEventBusCommand({}));
      return Policy === undefined ? undefined : (JSON.parse(Policy) as unknown);
    };
    const Action = 'events:PutEvents';
    await trial.events.send(
      new PutPermissionCommand({ Action, Principal: '222222222222', StatementId: 'a' }),
    );
    await trial.events.send(new PutPermissionCommand({ Action, Principal: '*', StatementId: 'b' }));
    const common = { Effect: 'Allow', Action, Resource: `${arn}:event-bus/default` };
    expect(await policy()).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'a', ...common, Principal: { AWS: 'arn:aws:iam::222222222222:root' } },
        { Sid: 'b', ...common, Principal: '*' },
      ],
    });
    expect(await refusal(trial.events.send(new RemovePermissionCommand({ StatementId: 'c' })))).toBe(
      'ResourceNotFoundException: Statement with the provided id does not exist.',
    );
    await trial.events.send(new RemovePermissionCommand({ StatementId: 'a' }));
    await trial.events.send(new RemovePermissionCommand({ RemoveAllPermissions: true }));
    expect(await policy()).toBeUndefined();
  });
});

describe('rules', () => {
  it('are put, described, listed, switched and deleted', async () => {
    const put = await trial.events.send(
      new PutRuleCommand({ Name: 'rule-a', EventPattern, Description: 'd' }),
    );
    expect(put.RuleArn).toBe(`${arn}:rule/rule-a`);
    await trial.events.send(new CreateEventBusCommand({ Name: 'bus' }));
    const own = await trial.events.send(
      new PutRuleCommand({ Name: 'rule-b', EventPattern, EventBusName: 'bus' }),
    );
    expect(own.RuleArn).toBe(`${arn}:rule/bus/rule-b`);
    const shown = {
      Name: 'rule-a',
      Arn: `${arn}:rule/rule-a`,
      EventBusName: 'default',
      EventPattern,
      State: 'ENABLED',
      Description: 'd',
    };
    expect(await trial.events.send(new DescribeRuleCommand({ Name: 'rule-a' }))).toMatchObject({
      ...shown,
      CreatedBy: '111111111111',
    });
    expect((await trial.events.send(new ListRulesCommand({ NamePrefix: 'rule' }))).Rules).toEqual([shown]);
    const state = async () => (await trial.events.send(new DescribeRuleCommand({ Name: 'rule-a' }))).State;
    await trial.events.send(new DisableRuleCommand({ Name: 'rule-a' }));
    expect(await state()).toBe('DISABLED');
    await trial.events.send(new EnableRuleCommand({ Name: 'rule-a' }));
    expect(await state()).toBe('ENABLED');
    await trial.events.send(new DeleteRuleCommand({ Name: 'rule-a' }));
    await trial.events.send(new DeleteRuleCommand({ Name: 'rule-a' }));
    expect(await refusal(state())).toBe(
      'ResourceNotFoundException: Rule rule-a does not exist on EventBus default.',
    );
  });

  it('are refused in AWS’s words', async () => {
    const put = async (rule: object) =>
      refusal(trial.events.send(new PutRuleCommand({ Name: 'x', ...rule })));
    expect(await put({})).toBe(
      'ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified.',
    );
    expect(await put({ EventPattern: '{"resources": []}' })).toMatch(
      /^InvalidEventPatternException: Event pattern is not valid\. Reason: Empty arrays are not allowed\n at /,
    );
    expect(await put({ ScheduleExpression: 'rate(1 minutes)' })).toBe(
      'ValidationException: Parameter ScheduleExpression is not valid.',
    );
    await trial.events.send(new CreateEventBusCommand({ Name: 'no-schedules' }));
    expect(await put({ ScheduleExpression: 'rate(1 minute)', EventBusName: 'no-schedules' })).toBe(
      'ValidationException: ScheduleExpression is supported only on the default event bus.',
    );
    expect(await put({ EventPattern, EventBusName: 'nowhere' })).toBe(
      'ResourceNotFoundException: Event bus nowhere does not exist.',
    );
  });

  it('have tags', async () => {
    await trial.events.send(
      new PutRuleCommand({ Name: 'tagged', EventPattern, Tags: [{ Key: 'a', Value: '1' }] }),
    );
    const ResourceARN = `${arn}:rule/tagged`;
    await trial.events.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'b', Value: '2' }] }));
    await trial.events.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['a'] }));
    expect((await trial.events.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual([
      { Key: 'b', Value: '2' },
    ]);
  });
});

describe('targets', () => {
  const Rule = 'with-targets';
  beforeAll(async () => trial.events.send(new PutRuleCommand({ Name: Rule, EventPattern })));
  const put = async (...Targets: Target[]) => trial.events.send(new PutTargetsCommand({ Rule, Targets }));
  const one = { Id: 'one', Arn: queueArn('q') };

  it('are put, replaced, listed and removed; a rule with any stays', async () => {
    const full: Target = {
      ...one,
      InputTransformer: { InputPathsMap: { n: '$.detail.n' }, InputTemplate: '{"n": <n>}' },
      RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 },
      DeadLetterConfig: { Arn: queueArn('dead') },
    };
    expect(await put({ ...one, Input: '{}' }, { Id: 'two', Arn: queueArn('q2') })).toMatchObject({
      FailedEntryCount: 0,
      FailedEntries: [],
    });
    await put(full);
    const { Targets } = await trial.events.send(new ListTargetsByRuleCommand({ Rule }));
    expect(Targets).toEqual([full, { Id: 'two', Arn: queueArn('q2') }]);
    const byTarget = await trial.events.send(new ListRuleNamesByTargetCommand({ TargetArn: queueArn('q2') }));
    expect(byTarget.RuleNames).toEqual([Rule]);
    expect(await refusal(trial.events.send(new DeleteRuleCommand({ Name: Rule })))).toBe(
      "ValidationException: Rule can't be deleted since it has targets.",
    );
    await trial.events.send(new PutRuleCommand({ Name: Rule, EventPattern: '{"source":["other"]}' }));
    const removed = await trial.events.send(new RemoveTargetsCommand({ Rule, Ids: ['two', 'three'] }));
    expect(removed.FailedEntries?.map(({ TargetId }) => TargetId)).toEqual(['three']);
    expect((await trial.events.send(new ListTargetsByRuleCommand({ Rule }))).Targets).toEqual([full]);
  });

  it('are five at most', async () => {
    const six = Array.from({ length: 6 }, (_, at) => ({ Id: `t${at}`, Arn: queueArn('q') }));
    expect(await refusal(put(...six))).toBe(
      'LimitExceededException: The requested resource exceeds the maximum number allowed.',
    );
  });

  it.each<[Partial<Target>, string | RegExp]>([
    [{ Arn: 'no-arn' }, 'Parameter no-arn is not valid. Reason: Provided Arn is not in correct format.'],
    [
      { Arn: 'arn:aws:states:us-east-1:111111111111:stateMachine:m' },
      /does not have targets of states .*refused/,
    ],
    [{ EcsParameters: { TaskDefinitionArn: 'x' } }, /does not have targets with EcsParameters/],
    [
      { Input: '{}', InputPath: '$.a' },
      'Only one of Input, InputPath, or InputTransformer must be provided for target one.',
    ],
    [
      { Input: 'Hello' },
      'JSON syntax error in input for target one : [Source: (String)"Hello"; line: 1, column: 6].',
    ],
    [
      { InputTransformer: { InputPathsMap: {}, InputTemplate: '"<notdefinedkey>"' } },
      'InputTemplate for target one contains invalid placeholder notdefinedkey.',
    ],
    [{ InputTransformer: { InputTemplate: '{"a": b}' } }, /^Invalid InputTemplate for target one : /],
    [
      { Arn: 'arn:aws:kinesis:us-east-1:111111111111:stream/s' },
      'RoleArn is required for target arn:aws:kinesis:us-east-1:111111111111:stream/s.',
    ],
    [{ Arn: queueArn('q.fifo') }, 'Parameter(s) MessageGroupId must be specified for target: one.'],
  ])('%j is refused', async (more, why) => {
    const said = await refusal(put({ ...one, ...more }));
    if (typeof why === 'string') expect(said).toBe(`ValidationException: ${why}`);
    else expect(said.replace('ValidationException: ', '')).toMatch(why);
  });
});
