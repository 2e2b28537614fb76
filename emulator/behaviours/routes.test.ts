import { afterAll, beforeAll, expect } from 'vitest';
import { proxying, saying } from '../services/apigateway/testing/trial-api.ts';
import { prove } from './prove.ts';
import { seen, TrialCloud, type TrialStage } from './trial-cloud.ts';

let cloud: TrialCloud;
let stage: TrialStage;
beforeAll(async () => {
  cloud = await TrialCloud.start();
  const told = await cloud.make('told', 'return { statusCode: 200, body: event.pathParameters.proxy };');
  stage = await cloud.serve(
    {
      'GET /notes': saying('{"at":"notes"}'),
      'ANY /shop/{proxy+}': proxying(told),
      'GET /shop/cart': saying('{}'),
    },
    ['told'],
  );
});
afterAll(async () => cloud.stop());

prove('unmatched-route', async () => {
  expect((await stage.ask('/notes')).json).toEqual({ at: 'notes' });
  const missing = [403, { message: 'Missing Authentication Token' }, 'MissingAuthenticationTokenException'];
  expect(seen(await stage.ask('/none'))).toEqual(missing);
  expect(seen(await stage.ask('/notes', { method: 'DELETE' }))).toEqual(missing);
});

prove('method-falls-through', async () => {
  expect((await stage.ask('/shop/cart')).text).toBe('{}');
  const { status, text } = await stage.ask('/shop/cart', { method: 'DELETE' });
  expect([status, text]).toEqual([200, 'cart']);
});
