import {
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListScheduleGroupsCommand,
  ListSchedulesCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queueArn, refusal } from '../../events/testing/trial-events.ts';
import { TrialScheduler } from '../testing/trial-scheduler.ts';

let trial: TrialScheduler;
let role: string;
beforeAll(async () => {
  trial = await TrialScheduler.start();
  role = await trial.role('worker', 'sqs:SendMessage');
});
afterAll(async () => trial.stop());

const arn = 'arn:aws:scheduler:us-east-1:111111111111';
const far = 'at(2099-01-01T00:00:00)';

describe('schedules', () => {
  it('are made, shown with their defaults, changed, listed and deleted', async () => {
    const made = await trial.schedule('nightly', role, 'rate(1 days)', { State: 'DISABLED' });
    expect(made).toBe(`${arn}:schedule/default/nightly`);
    const { $metadata, CreationDate, LastModificationDate, ...shown } = await trial.scheduler.send(
      new GetScheduleCommand({ Name: 'nightly' }),
    );
    expect($metadata.httpStatusCode).toBe(200);
    expect(CreationDate).toEqual(LastModificationDate);
    // As recorded.
    expect(shown).toEqual({
      ActionAfterCompletion: 'NONE',
      Arn: made,
      FlexibleTimeWindow: { Mode: 'OFF' },
      GroupName: 'default',
      Name: 'nightly',
      ScheduleExpression: 'rate(1 days)',
      ScheduleExpressionTimezone: 'UTC',
      State: 'DISABLED',
      Target: {
        Arn: queueArn('nightly'),
        RoleArn: role,
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
    });
    await trial.scheduler.send(
      new UpdateScheduleCommand({
        Name: 'nightly',
        ScheduleExpression: 'cron(0 3 * * ? *)',
        ScheduleExpressionTimezone: 'Asia/Seoul',
        FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
        Target: { Arn: queueArn('nightly'), RoleArn: role, Input: '{"a":1}' },
      }),
    );
    expect(await trial.scheduler.send(new GetScheduleCommand({ Name: 'nightly' }))).toMatchObject({
      State: 'ENABLED',
      ScheduleExpressionTimezone: 'Asia/Seoul',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
      Target: { Input: '{"a":1}' },
    });
    const { Schedules } = await trial.scheduler.send(new ListSchedulesCommand({ NamePrefix: 'night' }));
    expect(Schedules).toMatchObject([{ Arn: made, State: 'ENABLED', Target: { Arn: queueArn('nightly') } }]);
    await trial.scheduler.send(new DeleteScheduleCommand({ Name: 'nightly' }));
    expect(await refusal(trial.scheduler.send(new GetScheduleCommand({ Name: 'nightly' })))).toBe(
      'ResourceNotFoundException: Schedule nightly does not exist.',
    );
    expect(await refusal(trial.scheduler.send(new DeleteScheduleCommand({ Name: 'nightly' })))).toBe(
      'ResourceNotFoundException: Schedule nightly does not exist.',
    );
  });

  it('are made once for one client token', async () => {
    const make = async (ClientToken: string) => trial.schedule('once', role, far, { ClientToken });
    expect(await make('token-1')).toBe(await make('token-1'));
    expect(await refusal(make('token-2'))).toBe('ConflictException: Schedule once already exists.');
  });

  it.each<[string, Parameters<TrialScheduler['schedule']>[3] & { expression?: string }]>([
    ['Invalid Schedule Expression cron(0 1 * * * *).', { expression: 'cron(0 1 * * * *)' }],
    ['Invalid Schedule Expression rate(10 seconds).', { expression: 'rate(10 seconds)' }],
    ['Invalid Schedule Expression Timezone Mars/Olympus.', { ScheduleExpressionTimezone: 'Mars/Olympus' }],
    [
      'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
      { Target: { RoleArn: 'arn:aws:iam::111111111111:role/nobody' } },
    ],
    [
      "Coldstart's embedded cloud does not have the universal target sqs:sendMessage; the request was refused, nothing was changed.",
      { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage' } },
    ],
    [
      "Coldstart's embedded cloud does not have targets of ecs (arn:aws:ecs:us-east-1:111111111111:cluster/c); the request was refused, nothing was changed.",
      { Target: { Arn: 'arn:aws:ecs:us-east-1:111111111111:cluster/c' } },
    ],
    ['Provided Arn is not in correct format: queue.', { Target: { Arn: 'queue' } }],
    [
      'EventBridgeParameters must be specified for an event bus.',
      { Target: { Arn: 'arn:aws:events:us-east-1:111111111111:event-bus/default' } },
    ],
    [
      'MaximumWindowInMinutes must be specified for a flexible time window.',
      { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } },
    ],
    [
      'The EndDate you specify must be later than the StartDate and in the future.',
      { StartDate: new Date('2098-01-01'), EndDate: new Date('2097-01-01') },
    ],
  ])('%s', async (why, { expression = far, ...more }) => {
    expect(await refusal(trial.schedule('refused', role, expression, more))).toBe(
      `ValidationException: ${why}`,
    );
  });

  it('need a role that the service itself may assume, for their group', async () => {
    const others = await trial.near.role('of-lambda', 'lambda.amazonaws.com', 'sqs:*');
    expect(await refusal(trial.schedule('refused', others, far))).toMatch(
      /must allow AWS EventBridge Scheduler/,
    );
    expect(await refusal(trial.schedule('refused', role, far, { GroupName: 'nowhere' }))).toBe(
      'ResourceNotFoundException: Schedule group nowhere does not exist.',
    );
  });
});

describe('groups', () => {
  it('hold schedules, have tags, and take their schedules with them', async () => {
    const made = await trial.scheduler.send(
      new CreateScheduleGroupCommand({ Name: 'team', Tags: [{ Key: 'a', Value: '1' }] }),
    );
    const ResourceArn = `${arn}:schedule-group/team`;
    expect(made.ScheduleGroupArn).toBe(ResourceArn);
    expect(await refusal(trial.scheduler.send(new CreateScheduleGroupCommand({ Name: 'team' })))).toBe(
      'ConflictException: Schedule group team already exists.',
    );
    await trial.schedule('same', role, far, { GroupName: 'team' });
    await trial.schedule('same', role, far);
    const names = async (GroupName?: string) => {
      const { Schedules = [] } = await trial.scheduler.send(
        new ListSchedulesCommand({ GroupName, NamePrefix: 'same' }),
      );
      return Schedules.map((one) => `${one.GroupName}/${one.Name}`);
    };
    expect([await names(), await names('team')]).toEqual([['default/same', 'team/same'], ['team/same']]);
    await trial.scheduler.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'b', Value: '2' }] }));
    await trial.scheduler.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
    expect((await trial.scheduler.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).toEqual([
      { Key: 'b', Value: '2' },
    ]);
    const { ScheduleGroups } = await trial.scheduler.send(new ListScheduleGroupsCommand({}));
    expect(ScheduleGroups?.map(({ Name, State }) => [Name, State])).toEqual([
      ['default', 'ACTIVE'],
      ['team', 'ACTIVE'],
    ]);
    await trial.scheduler.send(new DeleteScheduleGroupCommand({ Name: 'team' }));
    expect(await names()).toEqual(['default/same']);
    expect(await refusal(trial.scheduler.send(new GetScheduleGroupCommand({ Name: 'team' })))).toBe(
      'ResourceNotFoundException: Schedule group team does not exist.',
    );
    expect(await refusal(trial.scheduler.send(new DeleteScheduleGroupCommand({ Name: 'default' })))).toMatch(
      /^ValidationException: /,
    );
  });

  it('are listed page by page', async () => {
    for (const Name of ['p1', 'p2', 'p3']) await trial.schedule(Name, role, far);
    const first = await trial.scheduler.send(new ListSchedulesCommand({ NamePrefix: 'p', MaxResults: 2 }));
    const rest = await trial.scheduler.send(
      new ListSchedulesCommand({ NamePrefix: 'p', NextToken: first.NextToken }),
    );
    expect([...(first.Schedules ?? []), ...(rest.Schedules ?? [])].map(({ Name }) => Name)).toEqual([
      'p1',
      'p2',
      'p3',
    ]);
    expect(rest.NextToken).toBeUndefined();
  });
});
