import {
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  DescribeStackResourcesCommand,
  DeleteStackCommand,
  SetStackPolicyCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
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

const create = async (TemplateBody: string, StackName = 'shop', more: object = {}) => {
  await trial.cfn.send(new CreateStackCommand({ StackName, TemplateBody, ...more }));
  return await trial.settled(StackName);
};
const update = async (TemplateBody: string, StackName = 'shop', more: object = {}) => {
  await trial.cfn.send(new UpdateStackCommand({ StackName, TemplateBody, ...more }));
  return await trial.settled(StackName);
};
const since = async (event: string) => {
  const events = await trial.events('shop');
  return events.slice(events.lastIndexOf(event) + 1);
};

it('changes in place, replaces before it removes, and removes what the template has no more', async () => {
  await create(queues({ Stays: { DelaySeconds: 1 }, Named: { QueueName: 'old' }, Gone: {} }));
  const stack = await update(
    queues({ Stays: { DelaySeconds: 2 }, Named: { QueueName: 'new', needs: 'Stays' } }),
  );
  expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
  expect(await since('shop UPDATE_IN_PROGRESS: User Initiated')).toEqual([
    'Stays UPDATE_IN_PROGRESS',
    'Stays UPDATE_COMPLETE',
    'Named UPDATE_IN_PROGRESS: Requested update requires the creation of a new physical resource; hence creating one.',
    'Named UPDATE_IN_PROGRESS: Resource creation Initiated',
    'Named UPDATE_COMPLETE',
    'shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'Named DELETE_IN_PROGRESS',
    'Gone DELETE_IN_PROGRESS',
    'Named DELETE_COMPLETE',
    'Gone DELETE_COMPLETE',
    'shop UPDATE_COMPLETE',
  ]);
  expect([...trial.things.there.keys()]).toEqual([expect.stringMatching(/^shop-Stays-/), 'new']);
  const { StackResources } = await trial.cfn.send(new DescribeStackResourcesCommand({ StackName: 'shop' }));
  expect(StackResources?.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(['Stays', 'Named']);
});

it('has nothing to do where nothing is other than it is', async () => {
  const body = queues({ One: {} });
  await create(body);
  expect(await refusal(update(body))).toBe('ValidationError: No updates are to be performed.');
  expect(await refusal(update(body, 'nowhere'))).toBe('ValidationError: Stack [nowhere] does not exist');
  expect((await update(body, 'shop', { Tags: [{ Key: 'team', Value: 'red' }] })).StackStatus).toBe(
    'UPDATE_COMPLETE',
  );
  expect([...trial.things.tags.values()][0]).toMatchObject({ team: 'red' });
});

it('undoes an update that has failed, to the last property', async () => {
  await create(queues({ Changed: { DelaySeconds: 1 }, Replaced: { QueueName: 'old' } }));
  const before = new Map(trial.things.there);
  const stack = await update(
    queues({
      Changed: { DelaySeconds: 2 },
      Replaced: { QueueName: 'new', needs: 'Changed' },
      Added: { needs: 'Replaced' },
      Bad: { QueueName: 'fails', needs: 'Added' },
    }),
  );
  expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(new Map(trial.things.there)).toEqual(before);
  const events = await since('Bad CREATE_FAILED: fails cannot be made');
  expect(events[0]).toBe(
    'shop UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Bad]. ',
  );
  expect(events).toContain('shop UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  expect(events.at(-1)).toBe('shop UPDATE_ROLLBACK_COMPLETE');
  // What it is after that can be updated.
  expect((await update(queues({ Changed: { DelaySeconds: 3 } }))).StackStatus).toBe('UPDATE_COMPLETE');
  expect([...trial.things.there.values()]).toEqual([{ DelaySeconds: 3 }]);
});

it('can be left as it has failed, and be tried again', async () => {
  await create(queues({ One: { DelaySeconds: 1 } }));
  const broken = queues({ One: { DelaySeconds: 2 }, Bad: { QueueName: 'fails', needs: 'One' } });
  const failed = await update(broken, 'shop', { DisableRollback: true });
  expect(failed.StackStatus).toBe('UPDATE_FAILED');
  const mended = await update(
    queues({ One: { DelaySeconds: 2 }, Bad: { QueueName: 'works', needs: 'One' } }),
  );
  expect(mended.StackStatus).toBe('UPDATE_COMPLETE');
  expect(trial.things.there.size).toBe(2);
});

it('goes on with a rollback that has failed, without what is left alone', async () => {
  // 13 cannot be gone back to.
  await create(queues({ One: { DelaySeconds: 13 } }));
  const stack = await update(queues({ One: { DelaySeconds: 2 }, Bad: { QueueName: 'fails', needs: 'One' } }));
  expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
  expect(stack.StackStatusReason).toBe('The following resource(s) failed to update: [One]. ');
  expect(await refusal(update(queues({ One: {} })))).toContain(
    'is in UPDATE_ROLLBACK_FAILED state and can not be updated.',
  );
  await trial.cfn.send(new ContinueUpdateRollbackCommand({ StackName: 'shop', ResourcesToSkip: ['One'] }));
  expect((await trial.settled('shop')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
});

it('keeps exports that others use', async () => {
  const output = (Name: string) => ({ Outputs: { Q: { Value: { Ref: 'One' }, Export: { Name } } } });
  await create(queues({ One: {} }, output('letters')));
  const user = queues({
    Two: { QueueName: { 'Fn::Join': ['-', [{ 'Fn::ImportValue': 'letters' }, 'two']] } },
  });
  expect((await create(user, 'user')).StackStatus).toBe('CREATE_COMPLETE');
  const other = await update(queues({ One: {} }, output('post')));
  expect(other.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await trial.events('shop')).toContain(
    'shop UPDATE_ROLLBACK_IN_PROGRESS: Export letters cannot be deleted as it is in use by user',
  );
  await trial.cfn.send(new DeleteStackCommand({ StackName: 'shop' }));
  expect(await trial.settled('shop')).toMatchObject({
    StackStatus: 'DELETE_FAILED',
    StackStatusReason: 'Export letters cannot be deleted as it is in use by user',
  });
  expect(trial.things.there.size).toBe(2);
});

it('keeps what a policy keeps, and stacks that are protected', async () => {
  await create(queues({ One: { DelaySeconds: 1 } }), 'shop', { EnableTerminationProtection: true });
  expect(await refusal(trial.cfn.send(new DeleteStackCommand({ StackName: 'shop' })))).toBe(
    'ValidationError: Stack [shop] cannot be deleted while TerminationProtection is enabled',
  );
  const StackPolicyBody = JSON.stringify({
    Statement: [
      { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'Update:Modify', Principal: '*', Resource: 'LogicalResourceId/O*' },
    ],
  });
  await trial.cfn.send(new SetStackPolicyCommand({ StackName: 'shop', StackPolicyBody }));
  expect((await update(queues({ One: { DelaySeconds: 2 } }))).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await trial.events('shop')).toContain(
    'One UPDATE_FAILED: Action denied by stack policy: Statement [#2] does not allow [Update:*] for resource [LogicalResourceId/One];',
  );
  const open = { StackPolicyDuringUpdateBody: StackPolicyBody.replace('"Deny"', '"Allow"') };
  expect((await update(queues({ One: { DelaySeconds: 2 } }), 'shop', open)).StackStatus).toBe(
    'UPDATE_COMPLETE',
  );
  await trial.cfn.send(
    new UpdateTerminationProtectionCommand({ StackName: 'shop', EnableTerminationProtection: false }),
  );
  await trial.cfn.send(new DeleteStackCommand({ StackName: 'shop' }));
});
