import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../state/state.ts';
import { account, refusal, trialStack, trusting } from '../testing/trial-stack.ts';
import type { TrialStack } from '../testing/trial-stack.ts';
import { ifThere } from '../translate/gone.ts';
import { managedPolicy } from './managed-policy.ts';
import { policy } from './policy.ts';
import { role } from './role.ts';
import { rolePolicy } from './role-policy.ts';

const allowing = (Action: string): Json => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const reader = 'arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess';
const trust = trusting('lambda.amazonaws.com');

let stack: TrialStack;
beforeAll(async () => {
  stack = await trialStack();
});
afterAll(async () => await stack.stop());

const inlineOf = async (RoleName: string): Promise<string[]> =>
  (await stack.call('iam', 'ListRolePolicies', { RoleName })).PolicyNames ?? [];
const attachedTo = async (RoleName: string): Promise<(string | undefined)[]> =>
  ((await stack.call('iam', 'ListAttachedRolePolicies', { RoleName })).AttachedPolicies ?? []).map(
    ({ PolicyArn }) => PolicyArn,
  );
const isThere = async (RoleName: string): Promise<boolean> =>
  (await ifThere(stack.call('iam', 'GetRole', { RoleName }))) !== undefined;

describe('AWS::IAM::Role', () => {
  const properties = {
    AssumeRolePolicyDocument: trust,
    Path: '/apps/',
    ManagedPolicyArns: [basic],
    Policies: [{ PolicyName: 'write', PolicyDocument: allowing('s3:PutObject') }],
    Tags: [{ Key: 'team', Value: 'blue' }],
  };

  it('is made with its policies, tells its ARN, is changed in place and removed', async () => {
    const work = stack.work('Worker', 'worker', { stage: 'dev', 'aws:cloudformation:stack-name': 'trial' });
    const made = await role.create(properties, work);
    expect(made.id).toBe(role.nameOf(properties, work));
    expect(made.id).toMatch(/^trial-Worker-/);
    expect(made.attributes['Arn']).toBe(`arn:aws:iam::${account}:role/apps/${made.id}`);
    expect(made.attributes['RoleId']).toMatch(/^AROA/);
    expect(await inlineOf(made.id)).toEqual(['write']);
    const { Tags } = await stack.call('iam', 'ListRoleTags', { RoleName: made.id });
    expect(Tags).toEqual([
      { Key: 'stage', Value: 'dev' },
      { Key: 'team', Value: 'blue' },
    ]);

    const kept = { ...made, properties };
    const wanted = {
      AssumeRolePolicyDocument: trusting('events.amazonaws.com'),
      Path: '/apps/',
      Description: 'another',
      MaxSessionDuration: 7200,
      ManagedPolicyArns: [reader],
      Policies: [{ PolicyName: 'read', PolicyDocument: allowing('s3:GetObject') }],
    };
    const changed = await role.update(kept, wanted, work);
    expect(changed).toEqual(made);
    expect(await inlineOf(made.id)).toEqual(['read']);
    expect(await attachedTo(made.id)).toEqual([reader]);
    expect(await role.read({ ...changed, properties: wanted }, work)).toEqual(wanted);

    await role.delete({ ...changed, properties: wanted }, work);
    expect(await isThere(made.id)).toBe(false);
    expect(await role.read({ ...changed, properties: wanted }, work)).toBeUndefined();
    await role.delete({ ...changed, properties: wanted }, work);
  });

  it('tells of what was changed behind the stack', async () => {
    const work = stack.work('Drifting');
    const kept = { ...(await role.create(properties, work)), properties };
    await stack.call('iam', 'AttachRolePolicy', { RoleName: kept.id, PolicyArn: reader });
    const now = await role.read(kept, work);
    expect(now?.['ManagedPolicyArns']).toEqual([basic, reader]);
    expect((await refusal(role.delete(kept, work))).code).toBe('DeleteConflictException');
    await stack.call('iam', 'DetachRolePolicy', { RoleName: kept.id, PolicyArn: reader });
    await role.delete(kept, work);
  });

  it('leaves nothing behind where it could not be made', async () => {
    const work = stack.work('Broken');
    const wrong = { ...properties, Policies: [{ PolicyName: 'wrong', PolicyDocument: { Version: '1' } }] };
    expect((await refusal(role.create(wrong, work))).code).toBe('MalformedPolicyDocumentException');
    expect(await isThere(role.nameOf(wrong, work))).toBe(false);
  });

  it('keeps the policies that it had where new ones are refused, and those that others put', async () => {
    const work = stack.work('Careful');
    const kept = { ...(await role.create(properties, work)), properties };
    const other = { PolicyName: 'other', RoleName: kept.id, PolicyDocument: allowing('sqs:*') };
    const placed = { ...(await rolePolicy.create(other, work)), properties: other };
    const wrong = {
      ...properties,
      Policies: [
        { PolicyName: 'new', PolicyDocument: allowing('s3:*') },
        { PolicyName: 'wrong', PolicyDocument: {} },
      ],
    };
    await refusal(role.update(kept, wrong, work));
    expect((await inlineOf(kept.id)).sort()).toEqual(['other', 'write']);
    await role.update(kept, { AssumeRolePolicyDocument: trust, Path: '/apps/' }, work);
    expect(await inlineOf(kept.id)).toEqual(['other']);
    expect(await attachedTo(kept.id)).toEqual([]);
    await rolePolicy.delete(placed, work);
    await role.delete(kept, work);
  });

  it('is found by its name after the cloud has ended in the middle', async () => {
    const work = stack.work('Halfway');
    const id = role.nameOf(properties, work);
    await stack.call('iam', 'CreateRole', { RoleName: id, AssumeRolePolicyDocument: JSON.stringify(trust) });
    await role.delete({ id, attributes: {}, properties }, work);
    expect(await isThere(id)).toBe(false);
  });
});

describe('AWS::IAM::Policy and AWS::IAM::RolePolicy', () => {
  it('stand in their roles, move and go', async () => {
    const work = stack.work('Policy');
    const owners = [];
    for (const name of ['One', 'Two'])
      owners.push(await role.create({ AssumeRolePolicyDocument: trust, RoleName: name }, stack.work(name)));
    const before = { PolicyName: 'p', PolicyDocument: allowing('s3:*'), Roles: ['One'] };
    const made = await policy.create(before, work);
    expect(made.id).toMatch(/^trial-Policy-/);
    expect(await inlineOf('One')).toEqual(['p']);
    const after = { PolicyName: 'q', PolicyDocument: allowing('sns:*'), Roles: ['One', 'Two'] };
    await policy.update?.({ ...made, properties: before }, after, work);
    expect(await inlineOf('One')).toEqual(['q']);
    expect(await inlineOf('Two')).toEqual(['q']);
    await policy.delete({ ...made, properties: after }, work);
    await policy.delete({ ...made, properties: after }, work);
    expect(await inlineOf('One')).toEqual([]);
    for (const owner of owners)
      await role.delete({ ...owner, properties: { AssumeRolePolicyDocument: trust } }, work);
    await policy.delete({ ...made, properties: after }, work);
  });

  it('are refused for users, which this cloud does not have', async () => {
    const wrong = { PolicyName: 'p', PolicyDocument: allowing('s3:*'), Users: ['ada'] };
    expect((await refusal(policy.create(wrong, stack.work('Users')))).message).toContain('no IAM users');
  });

  it('of one role is read and found by both names', async () => {
    const work = stack.work('Single');
    const owner = await role.create({ AssumeRolePolicyDocument: trust }, stack.work('Owner'));
    const properties = { PolicyName: 'p', RoleName: owner.id, PolicyDocument: allowing('s3:*') };
    const made = await rolePolicy.create(properties, work);
    expect(made.id).toBe(`p|${owner.id}`);
    expect(rolePolicy.nameOf?.(properties, work)).toBe(made.id);
    const wanted = { ...properties, PolicyDocument: allowing('sqs:*') };
    await rolePolicy.update?.({ ...made, properties }, wanted, work);
    expect(await rolePolicy.read?.({ ...made, properties: wanted }, work)).toEqual(wanted);
    await rolePolicy.delete({ ...made, properties: wanted }, work);
    expect(await rolePolicy.read?.({ ...made, properties: wanted }, work)).toBeUndefined();
    await rolePolicy.delete({ ...made, properties: wanted }, work);
    await role.delete({ ...owner, properties: { AssumeRolePolicyDocument: trust } }, work);
  });
});

describe('AWS::IAM::ManagedPolicy', () => {
  it('is made, attached, gets new versions without an end, is read and removed', async () => {
    const work = stack.work('Managed');
    const owner = await role.create({ AssumeRolePolicyDocument: trust }, stack.work('Attached'));
    const properties = { PolicyDocument: allowing('s3:GetObject'), Roles: [owner.id], Path: '/apps/' };
    const made = await managedPolicy.create(properties, work);
    expect(made.id).toBe(managedPolicy.nameOf(properties, work));
    expect(made.attributes).toMatchObject({ PolicyArn: made.id, DefaultVersionId: 'v1', AttachmentCount: 1 });
    expect(await attachedTo(owner.id)).toEqual([made.id]);
    let kept = { ...made, properties };
    for (const action of ['s3:a', 's3:b', 's3:c', 's3:d', 's3:e', 's3:f']) {
      const wanted = { ...properties, PolicyDocument: allowing(action) };
      kept = { ...(await managedPolicy.update(kept, wanted, work)), properties: wanted };
    }
    expect(kept.attributes['DefaultVersionId']).toBe('v7');
    expect(await managedPolicy.update(kept, kept.properties, work)).toMatchObject({
      attributes: { DefaultVersionId: 'v7' },
    });
    expect(await managedPolicy.read(kept, work)).toEqual(kept.properties);
    const alone = { PolicyDocument: kept.properties.PolicyDocument, Path: '/apps/' };
    await managedPolicy.update(kept, alone, work);
    expect(await attachedTo(owner.id)).toEqual([]);
    await managedPolicy.delete({ ...kept, properties: alone }, work);
    await managedPolicy.delete({ ...kept, properties: alone }, work);
    expect(await managedPolicy.read(kept, work)).toBeUndefined();
    await role.delete({ ...owner, properties: { AssumeRolePolicyDocument: trust } }, work);
  });

  it('leaves nothing behind where a role is not there', async () => {
    const work = stack.work('Lost');
    const properties = { PolicyDocument: allowing('s3:*'), Roles: ['nobody'] };
    expect((await refusal(managedPolicy.create(properties, work))).code).toBe('NoSuchEntityException');
    const id = managedPolicy.nameOf(properties, work);
    expect(await ifThere(stack.call('iam', 'GetPolicy', { PolicyArn: id }))).toBeUndefined();
  });
});
