import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startCloud } from '../../start.ts';

const Bucket = 'kept';
const Key = '키 + key';

/** Runs `work` against a cloud that is started on a home and stopped afterwards. */
async function onCloud(home: string, work: (s3: S3Client, iam: IAMClient) => Promise<void>): Promise<void> {
  const running = await startCloud({ port: 0, home });
  const settings = {
    region: 'us-east-1',
    endpoint: running.origin,
    credentials: { accessKeyId: '111122223333', secretAccessKey: 'x' },
  };
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const iam = new IAMClient(settings);
  try {
    await work(s3, iam);
  } finally {
    s3.destroy();
    iam.destroy();
    await running.stop();
  }
}

it('objects and roles outlive the cloud that took them', async () => {
  const home = mkdtempSync(join(tmpdir(), 'coldstart-kept-'));
  try {
    await onCloud(home, async (s3, iam) => {
      await s3.send(new CreateBucketCommand({ Bucket }));
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'bytes', Metadata: { a: 'b' } }));
      const statement = {
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      };
      const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statement });
      await iam.send(new CreateRoleCommand({ RoleName: 'kept', AssumeRolePolicyDocument }));
    });
    await onCloud(home, async (s3, iam) => {
      const { Body, Metadata } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      expect(await Body?.transformToString()).toBe('bytes');
      expect(Metadata).toEqual({ a: 'b' });
      expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'kept' }));
      expect(Role?.RoleLastUsed ?? {}).toEqual({});
      expect(Role?.PermissionsBoundary).toBeUndefined();
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
