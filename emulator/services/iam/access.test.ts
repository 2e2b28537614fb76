import {
  DeleteRolePermissionsBoundaryCommand,
  GetRoleCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IamPort } from './port.ts';
import { account, allowing, lambdaTrust, trusting, trialIam } from './trial-iam.ts';
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

describe('what others ask of IAM', () => {
  it('who may take a role', async () => {
    await trial.create('for-lambda');
    await trial.create('for-api', {
      AssumeRolePolicyDocument: trusting({ Service: ['apigateway.amazonaws.com'] }),
    });
    const source = { StringEquals: { 'aws:SourceAccount': account } };
    const conditional = trusting({ Service: 'lambda.amazonaws.com' }, { Condition: source });
    await trial.create('conditional', { AssumeRolePolicyDocument: conditional });
    const may = (role: string, more?: Record<string, string>) =>
      port.mayAssume(account, role, 'lambda.amazonaws.com', more);
    expect(may('for-lambda')).toBe(true);
    expect(may('for-api')).toBe(false);
    expect(may('absent')).toBe(false);
    expect(may('conditional')).toBe(false);
    expect(may('conditional', { 'aws:SourceAccount': account })).toBe(true);
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'for-api', PolicyDocument: lambdaTrust }));
    expect(may('for-api')).toBe(true);
  });

  it('a role by name and by its whole ARN', async () => {
    await trial.create('found', { Path: '/a/b/' });
    expect(port.role(account, 'found')?.arn).toBe(`arn:aws:iam::${account}:role/a/b/found`);
    expect(port.role(account, `arn:aws:iam::${account}:role/a/b/found`)?.name).toBe('found');
    expect(port.role(account, `arn:aws:iam::${account}:role/found`)).toBeUndefined();
    expect(port.role('444455556666', 'found')).toBeUndefined();
  });

  it('a boundary limits what policies allow', async () => {
    await trial.create('bounded', { PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' });
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: 'bounded',
        PolicyName: 'all',
        PolicyDocument: allowing(['s3:*', 'sqs:*']),
      }),
    );
    const may = (action: string) => port.roleAllows(account, 'bounded', action, '*');
    expect(['s3:GetObject', 's3:PutObject', 'sqs:SendMessage'].map(may)).toEqual([true, false, false]);
    const other = 'arn:aws:iam::aws:policy/AmazonSQSFullAccess';
    await iam.send(
      new PutRolePermissionsBoundaryCommand({ RoleName: 'bounded', PermissionsBoundary: other }),
    );
    expect(['s3:GetObject', 'sqs:SendMessage'].map(may)).toEqual([false, true]);
    await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'bounded' }));
    expect(['s3:PutObject', 'sqs:SendMessage'].map(may)).toEqual([true, true]);
  });

  it('a session of a role, which the role then remembers', async () => {
    await trial.create('used');
    const before = await iam.send(new GetRoleCommand({ RoleName: 'used' }));
    expect(before.Role?.RoleLastUsed?.LastUsedDate).toBeUndefined();
    const session = port.session({ account, region: 'eu-west-1' }, 'used', 'fn', 900);
    const principal = trial.running.cloud.identity.principalOf(session.accessKeyId, session.sessionToken);
    expect(principal).toMatchObject({ kind: 'role', roleName: 'used', sessionName: 'fn', account });
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'used' }));
    expect(Role?.RoleLastUsed).toMatchObject({ Region: 'eu-west-1', LastUsedDate: expect.any(Date) as Date });
  });
});

describe('simulation', () => {
  it('answers for a role as calls would be decided', async () => {
    const { Role } = await trial.create('simulated');
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: 'simulated',
        PolicyName: 'some',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::b/*' },
            { Effect: 'Deny', Action: 's3:Delete*', Resource: '*' },
            {
              Effect: 'Allow',
              Action: 'sqs:*',
              Resource: '*',
              Condition: { Bool: { 'aws:SecureTransport': 'true' } },
            },
          ],
        }),
      }),
    );
    const { EvaluationResults = [] } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: Role?.Arn,
        ActionNames: ['s3:GetObject', 's3:DeleteObject', 'iam:GetRole', 'sqs:SendMessage'],
        ResourceArns: ['arn:aws:s3:::b/k'],
      }),
    );
    expect(EvaluationResults.map(({ EvalDecision }) => EvalDecision)).toEqual([
      'allowed',
      'explicitDeny',
      'implicitDeny',
      'implicitDeny',
    ]);
    expect(EvaluationResults[0]).toMatchObject({
      MatchedStatements: [{ SourcePolicyId: 'some' }],
      MissingContextValues: ['aws:SecureTransport'],
    });
    await expect(
      iam.send(
        new SimulatePrincipalPolicyCommand({ PolicySourceArn: `${Role?.Arn ?? ''}x`, ActionNames: ['s3:x'] }),
      ),
    ).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  it('answers for documents', async () => {
    const { EvaluationResults } = await iam.send(
      new SimulateCustomPolicyCommand({
        PolicyInputList: [allowing('sqs:*')],
        ActionNames: ['sqs:SendMessage'],
        PermissionsBoundaryPolicyInputList: [allowing('sqs:Receive*')],
      }),
    );
    expect(EvaluationResults).toMatchObject([
      {
        EvalDecision: 'implicitDeny',
        PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
      },
    ]);
  });
});
