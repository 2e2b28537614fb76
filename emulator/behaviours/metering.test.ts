import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  type CreateUsagePlanCommandInput,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect } from 'vitest';
import { saying } from '../services/apigateway/testing/trial-api.ts';
import { prove } from './prove.ts';
import { seen, TrialCloud, type TrialStage } from './trial-cloud.ts';

let cloud: TrialCloud;
let stage: TrialStage;
beforeAll(async () => {
  cloud = await TrialCloud.start();
  stage = await cloud.serve({ 'GET /': { ...saying('{}'), method: { apiKeyRequired: true } } });
});
afterAll(async () => cloud.stop());

/** A key, with a plan for the stage where one is given. @returns how to ask with it */
async function key(plan?: Omit<CreateUsagePlanCommandInput, 'name'>) {
  const { client } = cloud.gateway;
  const { id, value = '' } = await client.send(new CreateApiKeyCommand({ name: 'k', enabled: true }));
  if (plan !== undefined) {
    const apiStages = [{ apiId: stage.restApiId, stage: 'dev' }];
    const made = await client.send(new CreateUsagePlanCommand({ name: 'p', apiStages, ...plan }));
    await client.send(new CreateUsagePlanKeyCommand({ usagePlanId: made.id, keyId: id, keyType: 'API_KEY' }));
  }
  return async () => stage.ask('/', { headers: { 'x-api-key': value } });
}

prove('api-key', async () => {
  const forbidden = [403, { message: 'Forbidden' }, 'ForbiddenException'];
  expect(seen(await stage.ask('/'))).toEqual(forbidden);
  const withoutPlan = await key();
  expect(seen(await withoutPlan())).toEqual(forbidden);
  const withPlan = await key({});
  expect((await withPlan()).status).toBe(200);
});

prove('throttle', async () => {
  const ask = await key({ throttle: { rateLimit: 0.001, burstLimit: 2 } });
  expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
  expect(seen(await ask())).toEqual([429, { message: 'Too Many Requests' }, 'TooManyRequestsException']);
  await cloud.pass(1_000_000);
  expect([(await ask()).status, (await ask()).status]).toEqual([200, 429]);
});

prove('quota', async () => {
  const ask = await key({ quota: { limit: 2, period: 'DAY' } });
  expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
  const refused = await ask();
  expect(seen(refused)).toEqual([429, { message: 'Limit Exceeded' }, 'LimitExceededException']);
  expect(refused.headers['retry-after']).toBeUndefined();
  await cloud.pass(86_400_000);
  expect((await ask()).status).toBe(200);
});
