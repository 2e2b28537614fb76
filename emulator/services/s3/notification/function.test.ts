import { AddPermissionCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { archive } from '../../lambda/testing/archive.ts';
import { account } from '../../lambda/testing/small-cloud.ts';
import { studentAt } from '../../lambda/testing/student.ts';
import { trialS3 } from '../trial-s3.ts';
import type { TrialS3 } from '../trial-s3.ts';
import { notify } from './trial.ts';

let trial: TrialS3;
beforeAll(async () => {
  trial = await trialS3();
});
afterAll(() => trial.stop());

it('a function is invoked for each object once its policy lets the bucket', async () => {
  const s3 = trial.clientOf(account);
  const { lambda, make } = await studentAt(trial.running.origin);
  const FunctionName = 'thumbnailer';
  const source =
    'const seen = []; export const handler = async (event) => { if (event.Records) seen.push(event); return seen; };';
  await make(FunctionName, archive({ 'index.mjs': source }));
  const Bucket = 'uploads';
  await s3.send(new CreateBucketCommand({ Bucket }));
  const LambdaFunctionArn = `arn:aws:lambda:us-east-1:${account}:function:${FunctionName}`;
  const configure = () =>
    notify(s3, Bucket, {
      LambdaFunctionConfigurations: [{ LambdaFunctionArn, Events: ['s3:ObjectCreated:*'] }],
    });
  await expect(configure()).rejects.toMatchObject({
    message: 'Unable to validate the following destination configurations',
    ArgumentValue1: `Not authorized to invoke function [${LambdaFunctionArn}]`,
  });
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 's3',
      Action: 'lambda:InvokeFunction',
      Principal: 's3.amazonaws.com',
      SourceArn: `arn:aws:s3:::${Bucket}`,
      SourceAccount: account,
    }),
  );
  await configure();
  await s3.send(new PutObjectCommand({ Bucket, Key: '사진 1.jpg', Body: 'jpg' }));
  const ended = () =>
    trial.running.cloud.trail
      .read({ account, region: 'us-east-1' })
      .filter((entry) => entry.kind === 'lambda.invocation' && entry.facts.outcome !== undefined).length;
  await expect.poll(ended, { timeout: 15_000 }).toBe(1);
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toMatchObject([
    {
      Records: [
        { eventName: 'ObjectCreated:Put', s3: { object: { key: '%EC%82%AC%EC%A7%84+1.jpg', size: 3 } } },
      ],
    },
  ]);
  s3.destroy();
  lambda.destroy();
}, 60_000);
