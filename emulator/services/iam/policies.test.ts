import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  SetDefaultPolicyVersionCommand,
  paginateListPolicies,
} from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IamPort } from './port.ts';
import { account, allowing, basicExecution, trialIam } from './trial-iam.ts';
import type { TrialIam } from './trial-iam.ts';

let trial: TrialIam;
let iam: IAMClient;
let port: IamPort;

beforeAll(async () => {
  trial = await trialIam();
  iam = trial.iam;
  port = await trial.running.cloud.port('iam');
});
afterAll(() => trial.stop());

describe('policies of a role', () => {
  it('are put, told and taken away', async () => {
    await trial.create('inline');
    const document = allowing(['logs:PutLogEvents'], 'arn:aws:logs:*:*:*');
    await iam.send(
      new PutRolePolicyCommand({ RoleName: 'inline', PolicyName: 'logs', PolicyDocument: document }),
    );
    const told = await iam.send(new GetRolePolicyCommand({ RoleName: 'inline', PolicyName: 'logs' }));
    expect(decodeURIComponent(told.PolicyDocument ?? '')).toBe(document);
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName: 'inline' }))).PolicyNames).toEqual([
      'logs',
    ]);
    await expect(
      iam.send(new GetRolePolicyCommand({ RoleName: 'inline', PolicyName: 'no' })),
    ).rejects.toMatchObject({ message: 'The role policy with name no cannot be found.' });
    const big = allowing('s3:*', `arn:aws:s3:::${'b'.repeat(10_240)}`);
    await expect(
      iam.send(new PutRolePolicyCommand({ RoleName: 'inline', PolicyName: 'big', PolicyDocument: big })),
    ).rejects.toMatchObject({ message: 'Maximum policy size of 10240 bytes exceeded for role inline' });
    await expect(
      iam.send(new PutRolePolicyCommand({ RoleName: 'inline', PolicyName: 'x', PolicyDocument: '{}' })),
    ).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: 'Syntax errors in policy.',
    });
  });

  it('are attached by ARN', async () => {
    await trial.create('attached');
    const attach = (PolicyArn: string) =>
      iam.send(new AttachRolePolicyCommand({ RoleName: 'attached', PolicyArn }));
    await attach(basicExecution);
    await attach(basicExecution);
    const { AttachedPolicies } = await iam.send(
      new ListAttachedRolePoliciesCommand({ RoleName: 'attached' }),
    );
    expect(AttachedPolicies).toEqual([
      { PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: basicExecution },
    ]);
    await expect(attach('AWSLambdaBasicExecutionRole-x-x')).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Invalid ARN:  Could not be parsed!',
    });
    const absent = `arn:aws:iam::${account}:policy/absent`;
    await expect(attach(absent)).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${absent} does not exist or is not attachable.`,
    });
    await expect(
      iam.send(new DetachRolePolicyCommand({ RoleName: 'attached', PolicyArn: absent })),
    ).rejects.toMatchObject({ message: `Policy ${absent} was not found.` });
  });
});

describe('managed policies', () => {
  it('have versions, of which one counts', async () => {
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'mine', PolicyDocument: allowing('s3:GetObject') }),
    );
    const PolicyArn = Policy?.Arn ?? '';
    expect(Policy?.PolicyId).toMatch(/^ANPA[A-Z2-7]{17}$/);
    await expect(
      iam.send(new CreatePolicyCommand({ PolicyName: 'Mine', PolicyDocument: allowing('s3:GetObject') })),
    ).rejects.toMatchObject({
      message: 'A policy called Mine already exists. Duplicate names are not allowed.',
    });

    await trial.create('versions');
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'versions', PolicyArn }));
    const may = (action: string) => port.roleAllows(account, 'versions', action, 'arn:aws:s3:::b/k');
    expect([may('s3:GetObject'), may('s3:PutObject')]).toEqual([true, false]);
    const version = (SetAsDefault: boolean) =>
      iam.send(
        new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allowing('s3:PutObject'), SetAsDefault }),
      );
    expect((await version(true)).PolicyVersion).toMatchObject({ VersionId: 'v2', IsDefaultVersion: true });
    expect([may('s3:GetObject'), may('s3:PutObject')]).toEqual([false, true]);
    await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
    expect(may('s3:GetObject')).toBe(true);

    await version(false);
    await version(false);
    await version(false);
    await expect(version(false)).rejects.toMatchObject({ name: 'LimitExceededException' });
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v5' }));
    expect((await version(false)).PolicyVersion?.VersionId).toBe('v6');
    const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
    expect(Versions.map(({ VersionId }) => VersionId)).toEqual(['v6', 'v4', 'v3', 'v2', 'v1']);
    await expect(
      iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' })),
    ).rejects.toMatchObject({
      message: 'Cannot delete the default version of a policy.',
    });

    expect((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy?.AttachmentCount).toBe(1);
    const { PolicyRoles } = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
    expect(PolicyRoles).toMatchObject([{ RoleName: 'versions' }]);
    const remove = () => iam.send(new DeletePolicyCommand({ PolicyArn }));
    await expect(remove()).rejects.toMatchObject({ message: 'Cannot delete a policy attached to entities.' });
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'versions', PolicyArn }));
    await expect(remove()).rejects.toThrow('This policy has more than one version.');
    for (const VersionId of ['v2', 'v3', 'v4', 'v6']) {
      await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
    }
    await remove();
    await expect(iam.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      message: `Policy ${PolicyArn} was not found.`,
    });
  });

  it('of AWS can be read and not changed', async () => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: basicExecution }));
    expect(Policy).toMatchObject({ PolicyName: 'AWSLambdaBasicExecutionRole', Path: '/service-role/' });
    const { PolicyVersion } = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn: basicExecution, VersionId: Policy?.DefaultVersionId }),
    );
    const document = JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? '')) as {
      Statement: { Action: string[] }[];
    };
    expect(document.Statement[0]?.Action).toEqual([
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]);
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn: basicExecution }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it('are all listed, page by page, and all can be read by the evaluator', async () => {
    const names: string[] = [];
    for await (const page of paginateListPolicies({ client: iam, pageSize: 20 }, { Scope: 'AWS' })) {
      for (const { PolicyName, Arn } of page.Policies ?? []) {
        names.push(PolicyName ?? '');
        await trial.create(`with-${PolicyName ?? ''}`.slice(0, 64));
        await iam.send(
          new AttachRolePolicyCommand({ RoleName: `with-${PolicyName ?? ''}`.slice(0, 64), PolicyArn: Arn }),
        );
        expect(port.roleAllows(account, `with-${PolicyName ?? ''}`.slice(0, 64), 'none:Such', '*')).toBe(
          PolicyName === 'AdministratorAccess' || PolicyName === 'PowerUserAccess',
        );
      }
    }
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([
        'AWSLambdaRole',
        'AWSLambdaSQSQueueExecutionRole',
        'AWSLambdaDynamoDBExecutionRole',
        'AWSLambdaKinesisExecutionRole',
        'AWSLambdaVPCAccessExecutionRole',
        'AmazonAPIGatewayPushToCloudWatchLogs',
        'AmazonDynamoDBFullAccess',
        'AWSXRayDaemonWriteAccess',
        'ReadOnlyAccess',
      ]),
    );
  });
});
