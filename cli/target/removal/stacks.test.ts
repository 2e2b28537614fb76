import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { CreateLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { HeadBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCloud, type RunningCloud } from '../../../emulator/start.ts';
import { openTarget } from '../../../grader/targets/open.ts';
import type { Target } from '../../../grader/targets/target.ts';
import { leftOf, removeResources } from './remove-resources.ts';

let cloud: RunningCloud;
let home: string;
let target: Target;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-stacks-'));
  cloud = await startCloud({ port: 0, home, ephemeral: true });
  const key = { accessKeyId: '100000000001', secretAccessKey: 'stacks' };
  target = await openTarget({ name: 'embedded', env: {}, endpoint: cloud.origin, ...key }, 'en');
});
afterAll(async () => {
  target.close();
  await cloud.stop();
  rmSync(home, { recursive: true, force: true });
});

const template = {
  Resources: {
    Inbox: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': '${AWS::StackName}-files' } } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        },
      },
    },
    Worker: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: { 'Fn::Sub': '${AWS::StackName}-worker' },
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: 'exports.handler = async () => 1;' },
      },
    },
  },
};

it('removes a stack with what is in its buckets, and the log groups that Lambda has made', async () => {
  const { pool } = target;
  const [cloudformation, s3, logs] = await Promise.all([
    pool.load('cloudformation'),
    pool.load('s3'),
    pool.load('logs'),
  ]);
  for (const StackName of ['ada-mine', 'ada-others']) {
    const command = {
      StackName,
      TemplateBody: JSON.stringify(template),
      Capabilities: ['CAPABILITY_IAM' as const],
    };
    await cloudformation.send(new CreateStackCommand(command));
    const patience = { client: cloudformation, maxWaitTime: 60, minDelay: 0.1, maxDelay: 1 };
    await waitUntilStackCreateComplete(patience, { StackName });
    await s3.send(new PutObjectCommand({ Bucket: `${StackName}-files`, Key: 'a b', Body: 'c' }));
    await logs.send(new CreateLogGroupCommand({ logGroupName: `/aws/lambda/${StackName}-worker` }));
  }
  const mine = { stacks: ['ada-mine'] };
  expect(await leftOf(pool, mine)).toEqual([{ kind: 'stacks', name: 'ada-mine' }]);
  expect(await removeResources(pool, mine)).toEqual([{ kind: 'stacks', name: 'ada-mine' }]);
  expect(await leftOf(pool, mine)).toEqual([]);
  expect(await removeResources(pool, mine)).toEqual([]);

  await expect(s3.send(new HeadBucketCommand({ Bucket: 'ada-mine-files' }))).rejects.toThrow();
  await s3.send(new HeadBucketCommand({ Bucket: 'ada-others-files' }));
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
  expect(logGroups.map(({ logGroupName }) => logGroupName)).toEqual(['/aws/lambda/ada-others-worker']);
}, 120_000);
