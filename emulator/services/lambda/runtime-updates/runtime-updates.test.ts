import { afterEach, beforeEach, expect, it } from 'vitest';
import { SmallCloud } from '../testing/small-cloud.ts';

let small: SmallCloud;
beforeEach(async () => {
  small = new SmallCloud();
  await small.ready('f');
});
afterEach(() => small.end());

const get = async (Qualifier?: string) =>
  (await small.call('GetRuntimeManagementConfig', { FunctionName: 'f', Qualifier })).UpdateRuntimeOn;

it('each version has a setting of its own, which goes with it', async () => {
  await small.call('PublishVersion', { FunctionName: 'f' });
  expect(await get()).toBe('Auto');
  await small.call('PutRuntimeManagementConfig', { FunctionName: 'f', UpdateRuntimeOn: 'FunctionUpdate' });
  await small.call('PutRuntimeManagementConfig', {
    FunctionName: 'f',
    Qualifier: '1',
    UpdateRuntimeOn: 'Manual',
    RuntimeVersionArn: 'arn:aws:lambda:us-east-1::runtime:own',
  });
  expect([await get(), await get('1')]).toEqual(['FunctionUpdate', 'Manual']);
  expect(await small.call('GetRuntimeManagementConfig', { FunctionName: 'f', Qualifier: '1' })).toMatchObject(
    { RuntimeVersionArn: 'arn:aws:lambda:us-east-1::runtime:own' },
  );
  const bare = { FunctionName: 'f', UpdateRuntimeOn: 'Manual' } as const;
  expect((await small.refusal('PutRuntimeManagementConfig', bare)).code).toBe(
    'InvalidParameterValueException',
  );
  await small.call('DeleteFunction', { FunctionName: 'f' });
  await small.ready('f');
  expect(await get()).toBe('Auto');
});
