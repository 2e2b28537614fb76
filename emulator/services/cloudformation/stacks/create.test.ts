import { CreateStackCommand, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { queues, refusal, TrialStacks } from '../testing/trial-stacks.ts';

let trial: TrialStacks;
beforeEach(async () => {
  trial = await TrialStacks.start();
});
afterEach(async () => {
  await trial.stop();
});

const create = async (TemplateBody: string, more: object = {}) =>
  await trial.cfn.send(new CreateStackCommand({ StackName: 'shop', TemplateBody, ...more }));

it('makes resources after those that they need, and tells of each', async () => {
  await create(
    queues(
      { Orders: { QueueName: { 'Fn::Sub': '${Letters.QueueName}-orders' } }, Letters: {} },
      {
        Outputs: { Url: { Value: { Ref: 'Letters' } }, Arn: { Value: { 'Fn::GetAtt': ['Orders', 'Arn'] } } },
      },
    ),
    { Tags: [{ Key: 'team', Value: 'blue' }] },
  );
  const stack = await trial.settled('shop');
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  const [letters = '', orders = ''] = [...trial.things.there.keys()];
  expect(letters).toMatch(/^shop-Letters-[A-Za-z0-9]{12}$/);
  expect(orders).toBe(`${letters}-orders`);
  expect(stack.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])).toEqual([
    ['Url', letters],
    ['Arn', `arn:aws:sqs:us-east-1:111111111111:${orders}`],
  ]);
  expect(trial.things.tags.get(letters)).toEqual({
    team: 'blue',
    'aws:cloudformation:stack-name': 'shop',
    'aws:cloudformation:stack-id': stack.StackId,
    'aws:cloudformation:logical-id': 'Letters',
  });
  expect(await trial.events('shop')).toEqual([
    'shop CREATE_IN_PROGRESS: User Initiated',
    'Letters CREATE_IN_PROGRESS',
    'Letters CREATE_IN_PROGRESS: Resource creation Initiated',
    'Letters CREATE_COMPLETE',
    'Orders CREATE_IN_PROGRESS',
    'Orders CREATE_IN_PROGRESS: Resource creation Initiated',
    'Orders CREATE_COMPLETE',
    'shop CREATE_COMPLETE',
  ]);
  const ids = (await trial.rawEvents('shop')).map(({ EventId }) => EventId);
  expect(new Set(ids).size).toBe(ids.length);
});

it('makes what does not hang together at the same time, but no more than sixteen', async () => {
  await create(queues(Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`Q${String(at)}`, {}]))));
  expect((await trial.settled('shop')).StackStatus).toBe('CREATE_COMPLETE');
  expect(trial.things.there.size).toBe(40);
  expect(trial.things.mostAtOnce).toBe(16);
});

it('rolls back when a resource cannot be made', async () => {
  await create(queues({ First: {}, Bad: { QueueName: 'fails', needs: 'First' }, Never: { needs: 'Bad' } }));
  const stack = await trial.settled('shop');
  expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(trial.things.there.size).toBe(0);
  expect((await trial.events('shop')).slice(4)).toEqual([
    'Bad CREATE_IN_PROGRESS',
    'Bad CREATE_FAILED: fails cannot be made',
    'shop ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Bad]. Rollback requested by user.',
    'First DELETE_IN_PROGRESS',
    'Bad DELETE_COMPLETE',
    'First DELETE_COMPLETE',
    'shop ROLLBACK_COMPLETE',
  ]);
});

it('cancels what is being made when another has failed, and removes it', async () => {
  await create(queues({ Slow: { QueueName: 'waits' }, Bad: { QueueName: 'fails' } }));
  while ((await trial.events('shop')).length < 4 || trial.things.waiting === 0)
    await new Promise(setImmediate);
  trial.things.release();
  expect((await trial.settled('shop')).StackStatus).toBe('ROLLBACK_COMPLETE');
  const events = await trial.events('shop');
  expect(events).toContain('Slow CREATE_FAILED: Resource creation cancelled');
  expect(events.find((event) => event.startsWith('shop ROLLBACK_IN_PROGRESS'))).toMatch(
    /failed to create: \[(Slow, Bad|Bad, Slow)\]\. Rollback requested by user\.$/,
  );
  expect(trial.things.there.size).toBe(0);
});

it('leaves a stack as it has failed, or removes it, where that was asked for', async () => {
  const body = queues({ Good: {}, Bad: { QueueName: 'fails', needs: 'Good' } });
  await create(body, { OnFailure: 'DO_NOTHING' });
  expect((await trial.settled('shop')).StackStatus).toBe('CREATE_FAILED');
  expect(trial.things.there.size).toBe(1);
  const { StackId = '' } = await create(body, { StackName: 'other', OnFailure: 'DELETE' });
  expect((await trial.settled(StackId)).StackStatus).toBe('DELETE_COMPLETE');
  expect(trial.things.there.size).toBe(1);
});

it('removes in the other order, keeps what is to be kept, and says what cannot be removed', async () => {
  await create(
    queues({
      One: {},
      Two: { needs: 'One' },
      Kept: { attributes: { DeletionPolicy: 'Retain' } },
      Stays: { QueueName: 'stays', needs: 'Two' },
    }),
  );
  const { StackId = '' } = await trial.settled('shop');
  await trial.cfn.send(new DeleteStackCommand({ StackName: 'shop' }));
  const failed = await trial.settled('shop');
  expect(failed.StackStatus).toBe('DELETE_FAILED');
  expect(failed.StackStatusReason).toBe('The following resource(s) failed to delete: [Stays]. ');
  const again = { StackName: 'shop', RetainResources: ['Stays'] };
  await trial.cfn.send(new DeleteStackCommand(again));
  expect((await trial.settled(StackId)).StackStatus).toBe('DELETE_COMPLETE');
  expect(trial.things.asked.slice(-2)).toEqual(['delete Two', 'delete One']);
  expect([...trial.things.there.keys()]).toEqual([expect.stringMatching(/^shop-Kept-/), 'stays']);
  expect(await trial.events(StackId)).toContain('Kept DELETE_SKIPPED');
  expect(await refusal(trial.stack('shop'))).toBe('ValidationError: Stack with id shop does not exist');
});

it('refuses a name that is taken, a template that is none and types that there are not', async () => {
  await create(queues({ One: {} }));
  expect(await refusal(create(queues({ One: {} })))).toBe(
    'AlreadyExistsException: Stack [shop] already exists',
  );
  const other = { StackName: 'other' };
  expect(await refusal(create('nothing', other))).toMatch(/^ValidationError: Template format error/);
  const strange = JSON.stringify({ Resources: { A: { Type: 'AWS::Moon::Base' } } });
  expect(await refusal(create(strange, other))).toBe(
    'ValidationError: Template format error: Unrecognized resource types: [AWS::Moon::Base]',
  );
  expect(await refusal(create(queues({ One: {} }), { StackName: 'no_name' }))).toContain(
    "Value 'no_name' at 'stackName' failed to satisfy constraint",
  );
  await trial.settled('shop');
});
