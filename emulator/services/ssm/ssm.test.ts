import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AddTagsToResourceCommand,
  GetParameterCommand,
  GetParametersCommand,
  LabelParameterVersionCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
  UnlabelParameterVersionCommand,
} from '@aws-sdk/client-ssm';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, region, trialSsm, type TrialSsm } from './testing/trial-ssm.ts';

let trial: TrialSsm;
beforeAll(async () => {
  trial = await trialSsm();
  for (const Value of ['one', 'two', 'three'])
    await trial.ssm.send(new PutParameterCommand({ Name: '/a', Value, Type: 'String', Overwrite: true }));
});
afterAll(async () => await trial.stop());

const valueOf = async (Name: string) =>
  (await trial.ssm.send(new GetParameterCommand({ Name }))).Parameter?.Value;

describe('labels', () => {
  it('name one version, and move', async () => {
    const label = async (ParameterVersion: number, ...Labels: string[]) =>
      await trial.ssm.send(new LabelParameterVersionCommand({ Name: '/a', ParameterVersion, Labels }));
    expect(await label(1, 'live', '1st')).toMatchObject({ InvalidLabels: ['1st'], ParameterVersion: 1 });
    expect(await valueOf('/a:live')).toBe('one');
    await label(2, 'live');
    expect(await valueOf('/a:live')).toBe('two');
    const gone = await trial.ssm.send(
      new UnlabelParameterVersionCommand({ Name: '/a', ParameterVersion: 2, Labels: ['live', 'none'] }),
    );
    expect(gone).toMatchObject({ RemovedLabels: ['live'], InvalidLabels: ['none'] });
    await expect(valueOf('/a:live')).rejects.toThrow(
      'Systems Manager could not find label live of /a. Verify the label and try again.',
    );
  });
});

describe('tags', () => {
  const parameter = { ResourceType: 'Parameter' as const, ResourceId: '/a' };
  it('are added, told and removed', async () => {
    const Tags = [
      { Key: 'team', Value: 'x' },
      { Key: 'cost', Value: 'y' },
    ];
    await trial.ssm.send(new AddTagsToResourceCommand({ ...parameter, Tags }));
    await trial.ssm.send(new RemoveTagsFromResourceCommand({ ...parameter, TagKeys: ['cost'] }));
    const { TagList } = await trial.ssm.send(new ListTagsForResourceCommand(parameter));
    expect(TagList).toEqual([{ Key: 'team', Value: 'x' }]);
    await expect(
      trial.ssm.send(new ListTagsForResourceCommand({ ...parameter, ResourceId: '/none' })),
    ).rejects.toMatchObject({ name: 'InvalidResourceId' });
  });
});

describe('the policies of a role', () => {
  it('let it read what they name, one by one', async () => {
    const connection = {
      region,
      endpoint: trial.running.origin,
      credentials: { accessKeyId: account, secretAccessKey: 'x' },
    };
    const iam = new IAMClient(connection);
    const sts = new STSClient(connection);
    try {
      const made = await iam.send(
        new CreateRoleCommand({
          RoleName: 'reader',
          AssumeRolePolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }],
          }),
        }),
      );
      const Action = ['ssm:GetParameter', 'ssm:GetParameters'];
      const Resource = `arn:aws:ssm:${region}:${account}:parameter/a`;
      await iam.send(
        new PutRolePolicyCommand({
          RoleName: 'reader',
          PolicyName: 'read',
          PolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action, Resource }],
          }),
        }),
      );
      const { Credentials } = await sts.send(
        new AssumeRoleCommand({ RoleArn: made.Role?.Arn, RoleSessionName: 'test' }),
      );
      const ssm = trial.clientOf({
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      });
      const got = await ssm.send(new GetParameterCommand({ Name: '/a' }));
      expect(got.Parameter?.Value).toBe('three');
      await expect(ssm.send(new GetParametersCommand({ Names: ['/a', '/b'] }))).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining(`parameter/b because no identity-based policy allows`) as string,
      });
    } finally {
      iam.destroy();
      sts.destroy();
    }
  });
});

describe('after a restart', () => {
  it('parameters are there with their history', async () => {
    const home = mkdtempSync(join(tmpdir(), 'coldstart-ssm-'));
    try {
      const before = await trialSsm(home);
      for (const Value of ['old', 'new'])
        await before.ssm.send(
          new PutParameterCommand({ Name: '/kept', Value, Type: 'String', Overwrite: true }),
        );
      await before.stop();
      const after = await trialSsm(home);
      try {
        const read = async (Name: string) =>
          (await after.ssm.send(new GetParameterCommand({ Name }))).Parameter?.Value;
        expect([await read('/kept'), await read('/kept:1')]).toEqual(['new', 'old']);
      } finally {
        await after.stop();
      }
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});
