import { DescribeTimeToLiveCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refusal, trialDynamodb, type TrialDynamodb } from '../testing/trial.ts';

let trial: TrialDynamodb;
beforeAll(async () => {
  trial = await trialDynamodb();
});
afterAll(async () => {
  await trial.stop();
});
const S = (text: string) => ({ S: text });
const switchTo = async (TableName: string, Enabled: boolean, AttributeName = 'expires') =>
  await trial.db.send(
    new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }),
  );

it('removes items when their time has come, and tells the stream who did it', async () => {
  const { LatestStreamArn = '' } = await trial.table('mortal', {
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'OLD_IMAGE' },
  });
  const { clock } = trial.running.cloud;
  const at = (seconds: number) => ({ N: String(Math.floor(clock.now() / 1000) + seconds) });
  await trial.put('mortal', { id: S('early'), expires: at(60) });
  await switchTo('mortal', true);
  await trial.put(
    'mortal',
    { id: S('late'), expires: at(7200) },
    { id: S('text'), expires: S('1') },
    { id: S('never') },
    // What expired more than five years ago is taken for a mistake.
    { id: S('ancient'), expires: { N: '1000000000' } },
  );
  await clock.advance(3_600_000);
  const ids = async () => (await trial.scan({ TableName: 'mortal' })).map(({ id }) => id?.S).sort();
  expect(await ids()).toEqual(['ancient', 'late', 'never', 'text']);
  const records = await trial.records(LatestStreamArn);
  expect(records.at(-1)).toMatchObject({
    eventName: 'REMOVE',
    userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
    dynamodb: { Keys: { id: S('early') }, OldImage: { id: S('early') } },
  });
  // A time that was moved counts, the old one does not.
  await trial.update(
    'mortal',
    { id: S('late') },
    {
      UpdateExpression: 'SET expires = :t',
      ExpressionAttributeValues: { ':t': at(86_400) },
    },
  );
  await clock.advance(7_200_000);
  expect(await ids()).toContain('late');
  await clock.advance(86_400_000);
  expect(await ids()).toEqual(['ancient', 'never', 'text']);
});

it('removes many in turns', async () => {
  await trial.table('crowd');
  await switchTo('crowd', true);
  const expires = { N: String(Math.floor(trial.running.cloud.clock.now() / 1000) + 5) };
  for (let index = 0; index < 250; index += 1) await trial.put('crowd', { id: S(String(index)), expires });
  await trial.running.cloud.clock.advance(10_000);
  expect(await trial.scan({ TableName: 'crowd' })).toEqual([]);
});

it('is switched on once and off once', async () => {
  await trial.table('switched');
  const state = async () =>
    (await trial.db.send(new DescribeTimeToLiveCommand({ TableName: 'switched' }))).TimeToLiveDescription;
  expect(await state()).toEqual({ TimeToLiveStatus: 'DISABLED' });
  expect(await refusal(switchTo('switched', false))).toBe(
    'ValidationException: TimeToLive is already disabled',
  );
  await switchTo('switched', true);
  expect(await state()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
  expect(await refusal(switchTo('switched', true))).toBe(
    'ValidationException: TimeToLive is already enabled',
  );
  expect(await refusal(switchTo('switched', true, 'other'))).toBe(
    'ValidationException: TimeToLive is active on a different AttributeName: current AttributeName is expires',
  );
  await switchTo('switched', false);
  expect(await state()).toEqual({ TimeToLiveStatus: 'DISABLED' });
});
