import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { account, refusal, TrialStacks } from '../testing/trial-stacks.ts';

let trial: TrialStacks;
let iam: IAMClient;
beforeEach(async () => {
  trial = await TrialStacks.start();
  iam = new IAMClient(trial.settings());
});
afterEach(async () => {
  iam.destroy();
  await trial.stop();
});

const topic = JSON.stringify({ Resources: { News: { Type: 'AWS::SNS::Topic' } } });

/** A role that somebody may take, with what it may do. @returns its ARN */
async function role(RoleName: string, Principal: object, Action: string, Resource: string): Promise<string> {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
  };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] };
  await iam.send(
    new PutRolePolicyCommand({ RoleName, PolicyName: 'may', PolicyDocument: JSON.stringify(policy) }),
  );
  return Role?.Arn ?? '';
}

it('a role session may do with the stacks that its policy names, and no more', async () => {
  const arn = await role(
    'reader',
    { AWS: `arn:aws:iam::${account}:root` },
    'cloudformation:DescribeStacks',
    `arn:aws:cloudformation:us-east-1:${account}:stack/mine/*`,
  );
  for (const StackName of ['mine', 'other'])
    await trial.cfn.send(new CreateStackCommand({ StackName, TemplateBody: topic }));
  const sts = new STSClient(trial.settings());
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: 'me' }));
  sts.destroy();
  const session = new CloudFormationClient({
    ...trial.settings(),
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  });
  expect((await session.send(new DescribeStacksCommand({ StackName: 'mine' }))).Stacks).toHaveLength(1);
  expect(await refusal(session.send(new DescribeStacksCommand({ StackName: 'other' })))).toMatch(
    /is not authorized to perform: cloudformation:DescribeStacks on resource: arn:aws:cloudformation:us-east-1:111111111111:stack\/other\//,
  );
  session.destroy();
});

it('a service role makes and removes what it may; what it may not fails, and goes back', async () => {
  const service = { Service: 'cloudformation.amazonaws.com' };
  const able = await role('able', service, 'sns:*', '*');
  const unable = await role('unable', service, 'sns:DeleteTopic', '*');
  const make = async (StackName: string, RoleARN: string) => {
    await trial.cfn.send(new CreateStackCommand({ StackName, TemplateBody: topic, RoleARN }));
    return (await trial.settled(StackName)).StackStatus;
  };
  const sns = new SNSClient(trial.settings());
  const topics = async () => (await sns.send(new ListTopicsCommand({}))).Topics?.length ?? 0;

  expect(await make('with', able)).toBe('CREATE_COMPLETE');
  expect(await topics()).toBe(1);
  expect(await make('without', unable)).toBe('ROLLBACK_COMPLETE');
  expect(await trial.events('without')).toContainEqual(
    expect.stringMatching(
      /^News CREATE_FAILED: .*assumed-role\/unable\/.* is not authorized to perform: sns:\w+/i,
    ),
  );
  const id = (await trial.stack('with'))?.StackId ?? '';
  await trial.cfn.send(new DeleteStackCommand({ StackName: 'with' }));
  expect((await trial.settled(id)).StackStatus).toBe('DELETE_COMPLETE');
  expect(await topics()).toBe(0);
  sns.destroy();
});
