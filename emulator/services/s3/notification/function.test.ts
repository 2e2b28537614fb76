import { AddPermissionCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Event } from '@aws-sdk/client-s3';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { archive } from '../../lambda/testing/archive.ts';
import { account } from '../../lambda/testing/small-cloud.ts';
import { studentAt } from '../../lambda/testing/student.ts';
import type { Student } from '../../lambda/testing/student.ts';
import { trialS3 } from '../trial-s3.ts';
import type { TrialS3 } from '../trial-s3.ts';
import { notify } from './trial.ts';

let trial: TrialS3;
let student: Student;
beforeAll(async () => {
  trial = await trialS3();
  student = await studentAt(trial.running.origin);
});
afterAll(async () => {
  student.lambda.destroy();
  await trial.stop();
});

it('a function is invoked for each object once its policy lets the bucket', async () => {
  const s3 = trial.clientOf(account);
  const { lambda, make } = student;
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
}, 60_000);

it('a function that writes to the bucket that invokes it is stopped after 16 times', async () => {
  const s3 = trial.clientOf(account);
  const { lambda, make, Role } = student;
  const FunctionName = 'looping';
  // As the SDK does it: the trace header of the invocation goes along.
  const source = `export const handler = async ({ Records: [{ s3 }] }) => {
    const date = new Date().toISOString().replace(/[-:]/g, '').slice(0, 15) + 'Z';
    const credential = [process.env.AWS_ACCESS_KEY_ID, date.slice(0, 8), 'us-east-1/s3/aws4_request'].join('/');
    const answer = await fetch(process.env.AWS_ENDPOINT_URL + '/' + s3.bucket.name + '/' + s3.object.key + 'x', {
      method: 'PUT',
      body: 'again',
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=' + credential + ', SignedHeaders=host;x-amz-date, Signature=' + 'a'.repeat(64),
        'x-amz-date': date,
        'x-amz-security-token': process.env.AWS_SESSION_TOKEN,
        'x-amzn-trace-id': process.env._X_AMZN_TRACE_ID,
      },
    });
    if (!answer.ok) throw new Error(await answer.text());
  };`;
  await make(FunctionName, archive({ 'index.mjs': source }));
  const iam = new IAMClient({
    endpoint: trial.running.origin,
    region: 'us-east-1',
    credentials: { accessKeyId: account, secretAccessKey: 'x' },
  });
  const Statement = [{ Effect: 'Allow', Action: 's3:PutObject', Resource: '*' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  const RoleName = Role.split('/').at(-1) ?? '';
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'put', PolicyDocument }));
  iam.destroy();
  const Bucket = 'loop';
  await s3.send(new CreateBucketCommand({ Bucket }));
  const permission = { StatementId: 's3', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' };
  await lambda.send(new AddPermissionCommand({ FunctionName, ...permission, SourceAccount: account }));
  const LambdaFunctionArn = `arn:aws:lambda:us-east-1:${account}:function:${FunctionName}`;
  const Events: Event[] = ['s3:ObjectCreated:*'];
  await notify(s3, Bucket, { LambdaFunctionConfigurations: [{ LambdaFunctionArn, Events }] });
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '1' }));
  const keys = async () => (await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount;
  const dropped = () =>
    trial.running.cloud.trail
      .read({ account, region: 'us-east-1' })
      .filter(
        (entry) => entry.kind === 'decision' && entry.facts.why.includes('RecursiveInvocationsDropped'),
      );
  await expect.poll(dropped, { timeout: 30_000 }).toHaveLength(1);
  expect(await keys()).toBe(17);
  s3.destroy();
}, 90_000);
