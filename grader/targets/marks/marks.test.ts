import {
  CreateStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CreatePolicyCommand, CreateRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, GetBucketTaggingCommand } from '@aws-sdk/client-s3';
import { CreateTopicCommand, ListTagsForResourceCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ListQueueTagsCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCloud, type RunningCloud } from '../../../emulator/start.ts';
import { openTarget } from '../open.ts';
import type { Target } from '../target.ts';
import { boundedTemplate, unboundedIn } from './bounded-template.ts';
import { marksOf, tagsFor } from './marks.ts';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const nothing = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});
const expires = '2027-01-31T18:00:00Z';

describe('marks', () => {
  it('are read from what a student has been told; what is empty is absent', () => {
    expect(marksOf({ LAB_PREFIX: 'ada-', LAB_EXPIRES: expires, LAB_BOUNDARY: 'arn' })).toEqual({
      student: 'ada',
      expires,
      boundary: 'arn',
    });
    expect(marksOf({ LAB_PREFIX: '', LAB_BOUNDARY: '' })).toEqual({});
  });

  it('name the lab by what a thing is called', () => {
    const lab = (name: string) => tagsFor({}, name)['coldstart:lab'];
    expect(['lab01-greeter', 'ada-lab02-orders-111122223333', '/lab03/ada-checkout'].map(lab)).toEqual([
      'lab01',
      'lab02',
      'lab03',
    ]);
    expect(['ada-lab2-x', 'collab01-x', 'ada-mine'].map(lab)).toEqual([undefined, undefined, undefined]);
  });
});

describe('a boundary in a template', () => {
  const functionWith = (properties: object) => ({
    Type: 'AWS::Serverless::Function',
    Properties: { CodeUri: 'src', ...properties },
  });
  const template = {
    Resources: {
      Plain: { Type: 'AWS::IAM::Role', Properties: {} },
      Bound: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: 'mine' } },
      Own: functionWith({ Role: 'arn' }),
      Made: functionWith({
        Events: {
          Daily: { Type: 'ScheduleV2', Properties: { ScheduleExpression: 'rate(1 day)' } },
          Given: { Type: 'ScheduleV2', Properties: { RoleArn: 'arn' } },
          Web: { Type: 'HttpApi' },
        },
      }),
      Table: { Type: 'AWS::Serverless::SimpleTable' },
    },
  };

  it('is missing wherever a role is made without one', () => {
    expect(unboundedIn(template).map((path) => path.slice(1).join('.'))).toEqual([
      'Plain.Properties.PermissionsBoundary',
      'Made.Properties.PermissionsBoundary',
      'Made.Properties.Events.Daily.Properties.PermissionsBoundary',
    ]);
    expect(unboundedIn('no template')).toEqual([]);
  });

  it('is put there, and nothing else is changed', () => {
    const bounded = boundedTemplate(JSON.stringify(template), 'arn:b');
    expect(unboundedIn(JSON.parse(bounded))).toEqual([]);
    expect(bounded.split('arn:b')).toHaveLength(4);
    expect(bounded.replaceAll(/,?"PermissionsBoundary":"arn:b"/g, '')).toBe(JSON.stringify(template));
    for (const text of ['Resources: {}', '{ Resources: {} }', bounded])
      expect(boundedTemplate(text, 'arn:b')).toBe(text);
  });
});

describe('on an account that is shared', () => {
  let cloud: RunningCloud;
  let account: Target;
  /** Of the same student, who was given more time. */
  let later: Target;
  let boundary: string;
  beforeAll(async () => {
    cloud = await startCloud({ port: 0, home: 'unused', ephemeral: true });
    const standIn = { endpoint: cloud.origin, accessKeyId: '322222222222', secretAccessKey: 'x' };
    const plain = await openTarget({ name: 'aws', env: {}, standIn }, 'en');
    const iam = await plain.pool.load('iam');
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'bound', PolicyDocument: nothing }),
    );
    boundary = Policy?.Arn ?? '';
    plain.close();
    const env = { LAB_PREFIX: 'ada-', LAB_EXPIRES: expires, LAB_BOUNDARY: boundary };
    account = await openTarget({ name: 'aws', env, standIn }, 'en');
    const prolonged = { ...env, LAB_EXPIRES: '2028-01-31T18:00:00Z' };
    later = await openTarget({ name: 'aws', env: prolonged, standIn }, 'en');
  });
  afterAll(async () => {
    account.close();
    later.close();
    await cloud.stop();
  });
  const marked = (lab: string) => [
    { Key: 'coldstart:lab', Value: lab },
    { Key: 'coldstart:student', Value: 'ada' },
    { Key: 'coldstart:expires', Value: expires },
  ];

  it('a role carries them, and keeps the tags that it was given', async () => {
    const iam = await account.pool.load('iam');
    const RoleName = 'ada-lab01-greeter-role';
    const Tags = [
      { Key: 'coldstart:lab', Value: 'mine' },
      { Key: 'team', Value: 'red' },
    ];
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, Tags }));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(boundary);
    expect(Role?.Tags).toEqual([...Tags, ...marked('').slice(1)]);
  });

  it('a bucket, a queue and a topic carry them; a topic with other tags is still found', async () => {
    const [s3, sqs, sns] = await Promise.all([
      account.pool.load('s3'),
      account.pool.load('sqs'),
      account.pool.load('sns'),
    ]);
    const Bucket = 'ada-lab02-orders-322222222222';
    await s3.send(new CreateBucketCommand({ Bucket }));
    expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(marked('lab02'));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'ada-lab02-orders' }));
    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual(
      Object.fromEntries(marked('lab02').map(({ Key, Value }) => [Key, Value])),
    );
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'ada-news' }));
    const again = await (await later.pool.load('sns')).send(new CreateTopicCommand({ Name: 'ada-news' }));
    expect(again.TopicArn).toBe(TopicArn);
    const { Tags } = await sns.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }));
    expect(Tags).toEqual(marked('').slice(1));
  });

  it('a stack hands them on, with the boundary of its roles, also of those that an update brings', async () => {
    const [cloudformation, iam] = await Promise.all([
      account.pool.load('cloudformation'),
      account.pool.load('iam'),
    ]);
    const StackName = 'ada-lab09-trial';
    const role = {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: JSON.parse(trust) as object },
    };
    const settings = { StackName, Capabilities: ['CAPABILITY_IAM' as const] };
    const body = (names: readonly string[]) => ({
      TemplateBody: JSON.stringify({
        Resources: Object.fromEntries(names.map((name) => [name, role])),
        Outputs: Object.fromEntries(names.map((name) => [name, { Value: { Ref: name } }])),
      }),
    });
    await cloudformation.send(new CreateStackCommand({ ...settings, ...body(['One']) }));
    const complete = async (status: string) => {
      const { Stacks: [stack] = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
      return stack?.StackStatus === status ? stack : undefined;
    };
    await expect.poll(() => complete('CREATE_COMPLETE'), { timeout: 20_000 }).toBeDefined();
    await cloudformation.send(new UpdateStackCommand({ ...settings, ...body(['One', 'Two']) }));
    await expect.poll(() => complete('UPDATE_COMPLETE'), { timeout: 20_000 }).toBeDefined();
    const stack = await complete('UPDATE_COMPLETE');
    expect(stack?.Tags).toEqual(marked('lab09'));
    expect(stack?.Outputs).toHaveLength(2);
    for (const { OutputValue } of stack?.Outputs ?? []) {
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: OutputValue }));
      expect(Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(boundary);
      expect(Role?.Tags).toEqual(expect.arrayContaining(marked('lab09')));
    }
  }, 60_000);
});
