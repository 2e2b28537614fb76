import {
  CreateAliasCommand,
  GetProvisionedConcurrencyConfigCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect } from 'vitest';
import { archive } from '../services/lambda/testing/archive.ts';
import { refusal } from '../services/lambda/testing/student.ts';
import { prove } from './prove.ts';
import { TrialCloud } from './trial-cloud.ts';

let cloud: TrialCloud;
beforeAll(async () => {
  cloud = await TrialCloud.start();
});
afterAll(async () => cloud.stop());

prove('callback-handler', async () => {
  const code = archive({
    'index.js': `exports.handler = (event, context, callback) => callback(null, 'called');`,
  });
  await cloud.student.make('callback-24', code, { Runtime: 'nodejs24.x' });
  const { FunctionError, value } = await cloud.invoke('callback-24');
  expect([FunctionError, value]).toMatchObject([
    'Unhandled',
    { errorType: 'Runtime.CallbackHandlerDeprecated' },
  ]);
  await cloud.student.make('callback-22', code, { Runtime: 'nodejs22.x' });
  expect((await cloud.invoke('callback-22')).value).toBe('called');
});

prove('reserved-concurrency', async () => {
  await cloud.make('reserved', 'await new Promise((done) => setTimeout(done, event.wait)); return 1;');
  const reserve = async (ReservedConcurrentExecutions: number) =>
    cloud.student.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'reserved', ReservedConcurrentExecutions }),
    );
  await reserve(1);
  const Payload = Buffer.from('{"wait":1500}');
  const sent = [cloud.invoke('reserved', { Payload }), cloud.invoke('reserved', { Payload })];
  const ends = await Promise.allSettled(sent);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await reserve(0);
  expect(await refusal(cloud.invoke('reserved'))).toMatchObject({
    name: 'TooManyRequestsException',
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    $metadata: { httpStatusCode: 429 },
  });
});

prove('provisioned-concurrency', async () => {
  const code = archive({
    'index.mjs': `const born = Date.now();
      export const handler = async () => ({ born, type: process.env.AWS_LAMBDA_INITIALIZATION_TYPE });`,
  });
  const FunctionName = 'provisioned';
  const { lambda } = cloud.student;
  await cloud.student.make(FunctionName, code);
  await lambda.send(new PublishVersionCommand({ FunctionName }));
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }));
  const live = { FunctionName, Qualifier: 'live' };
  await lambda.send(
    new PutProvisionedConcurrencyConfigCommand({ ...live, ProvisionedConcurrentExecutions: 1 }),
  );
  await expect
    .poll(async () => (await lambda.send(new GetProvisionedConcurrencyConfigCommand(live))).Status)
    .toBe('READY');
  const called = Date.now();
  const { value } = await cloud.invoke(FunctionName, { Qualifier: 'live' });
  const { born, type } = value as { born: number; type: string };
  expect(type).toBe('provisioned-concurrency');
  expect(born).toBeLessThan(called);
});
