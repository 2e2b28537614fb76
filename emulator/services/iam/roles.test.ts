import {
  AttachRolePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetUserCommand,
  ListInstanceProfilesForRoleCommand,
  ListRoleTagsCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, allowing, basicExecution, lambdaTrust, trusting, trialIam } from './trial-iam.ts';
import type { TrialIam } from './trial-iam.ts';

let trial: TrialIam;
let iam: IAMClient;

beforeAll(async () => {
  trial = await trialIam();
  iam = trial.iam;
});
afterAll(() => trial.stop());

describe('a role', () => {
  it('is made, told, changed and deleted', async () => {
    const { Role: made } = await trial.create('whole', {
      Path: '/team/',
      Description: 'for tests',
      MaxSessionDuration: 7200,
      Tags: [{ Key: 'Owner', Value: '에이다' }],
    });
    expect(made).toMatchObject({
      Path: '/team/',
      RoleName: 'whole',
      Arn: `arn:aws:iam::${account}:role/team/whole`,
      Description: 'for tests',
      MaxSessionDuration: 7200,
      Tags: [{ Key: 'Owner', Value: '에이다' }],
    });
    expect(made?.RoleId).toMatch(/^AROA[A-Z2-7]{17}$/);
    expect(made?.CreateDate).toBeInstanceOf(Date);

    await iam.send(
      new UpdateRoleCommand({ RoleName: 'whole', Description: 'changed', MaxSessionDuration: 3600 }),
    );
    const { Role: told } = await iam.send(new GetRoleCommand({ RoleName: 'WHOLE' }));
    expect(told).toMatchObject({ RoleId: made?.RoleId, Description: 'changed', MaxSessionDuration: 3600 });
    expect(told?.AssumeRolePolicyDocument).not.toContain('{');
    expect(decodeURIComponent(told?.AssumeRolePolicyDocument ?? '')).toBe(lambdaTrust);

    await iam.send(
      new TagRoleCommand({
        RoleName: 'whole',
        Tags: [
          { Key: 'owner', Value: 'x' },
          { Key: 'b', Value: '' },
        ],
      }),
    );
    await iam.send(new UntagRoleCommand({ RoleName: 'whole', TagKeys: ['B'] }));
    const { Tags } = await iam.send(new ListRoleTagsCommand({ RoleName: 'whole' }));
    expect(Tags).toEqual([{ Key: 'owner', Value: 'x' }]);

    const profiles = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName: 'whole' }));
    expect(profiles.InstanceProfiles ?? []).toEqual([]);
    await iam.send(new DeleteRoleCommand({ RoleName: 'whole' }));
    await expect(iam.send(new GetRoleCommand({ RoleName: 'whole' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role with name whole cannot be found.',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('is one in every region, and in its own account alone', async () => {
    await trial.create('global');
    const elsewhere = trial.clientOf(account, 'ap-northeast-2');
    const stranger = trial.clientOf('444455556666');
    expect((await elsewhere.send(new GetRoleCommand({ RoleName: 'global' }))).Role?.RoleName).toBe('global');
    await expect(stranger.send(new GetRoleCommand({ RoleName: 'global' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
    elsewhere.destroy();
    stranger.destroy();
  });

  it('is refused twice, with a bad trust policy, and as service-linked', async () => {
    await trial.create('twice');
    await expect(trial.create('Twice')).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'Role with name Twice already exists.',
      $metadata: { httpStatusCode: 409 },
    });
    await expect(trial.create('bad', { AssumeRolePolicyDocument: '{"Version"' })).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: 'This policy contains invalid Json',
    });
    const ghost = `arn:aws:iam::${account}:role/ghost`;
    await expect(
      trial.create('bad', { AssumeRolePolicyDocument: trusting({ AWS: ghost }) }),
    ).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: `Invalid principal in policy: "AWS":"${ghost}"`,
    });
    await expect(trial.create('bad', { Path: '/aws-service-role/x.amazonaws.com/' })).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
    const long = trusting({ Service: 'lambda.amazonaws.com' }, { Sid: 'a'.repeat(2048) });
    await expect(trial.create('bad', { AssumeRolePolicyDocument: long })).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for ACLSizePerRole: 2048',
    });
    const Tags = [
      { Key: 'a', Value: '1' },
      { Key: 'A', Value: '2' },
    ];
    await expect(trial.create('bad', { Tags })).rejects.toMatchObject({
      message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    });
    await expect(iam.send(new GetRoleCommand({ RoleName: 'bad' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  it('is listed in pages that come and go with roles', async () => {
    const names = ['page-a', 'page-b', 'page-c', 'page-d'];
    for (const name of names) await trial.create(name, { Path: '/pages/' });
    const first = await iam.send(new ListRolesCommand({ PathPrefix: '/pages/', MaxItems: 2 }));
    expect(first).toMatchObject({ IsTruncated: true, Marker: expect.any(String) as string });
    await iam.send(new DeleteRoleCommand({ RoleName: 'page-b' }));
    const second = await iam.send(
      new ListRolesCommand({ PathPrefix: '/pages/', MaxItems: 2, Marker: first.Marker }),
    );
    expect(second.IsTruncated).toBe(false);
    expect([...(first.Roles ?? []), ...(second.Roles ?? [])].map(({ RoleName }) => RoleName)).toEqual(names);
    await expect(iam.send(new ListRolesCommand({ Marker: 'nonsense' }))).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });

  it('cannot be deleted while it holds policies', async () => {
    await trial.create('held');
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'held', PolicyArn: basicExecution }));
    await iam.send(
      new PutRolePolicyCommand({ RoleName: 'held', PolicyName: 'p', PolicyDocument: allowing('s3:*') }),
    );
    const remove = () => iam.send(new DeleteRoleCommand({ RoleName: 'held' }));
    await expect(remove()).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must detach all policies first.',
    });
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'held', PolicyArn: basicExecution }));
    await expect(remove()).rejects.toMatchObject({
      message: 'Cannot delete entity, must delete policies first.',
    });
    await iam.send(new DeleteRolePolicyCommand({ RoleName: 'held', PolicyName: 'p' }));
    await remove();
  });
});

it('knows the root user and no other', async () => {
  expect((await iam.send(new GetUserCommand())).User).toMatchObject({
    UserId: account,
    Arn: `arn:aws:iam::${account}:root`,
  });
  await expect(iam.send(new GetUserCommand({ UserName: 'ada' }))).rejects.toMatchObject({
    message: 'The user with name ada cannot be found.',
  });
});
