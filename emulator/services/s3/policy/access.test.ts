import {
  CopyObjectCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectsCommand,
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, trialS3 } from '../trial-s3.ts';
import type { TrialS3 } from '../trial-s3.ts';

let trial: TrialS3;
let iam: IAMClient;
const roleArn = `arn:aws:iam::${account}:role/reader`;
beforeAll(async () => {
  trial = await trialS3();
  iam = new IAMClient({
    region: 'us-east-1',
    endpoint: trial.running.origin,
    credentials: { accessKeyId: account, secretAccessKey: 'x' },
  });
  const Statement = [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new CreateRoleCommand({ RoleName: 'reader', AssumeRolePolicyDocument }));
});
afterAll(async () => {
  iam.destroy();
  await trial.stop();
});

/** A client with a session of the role. */
async function session(): Promise<S3Client> {
  const port = await trial.running.cloud.port('iam');
  const { accessKeyId, secretAccessKey, sessionToken } = port.session(
    { account, region: 'us-east-1' },
    'reader',
    'fn',
    900,
  );
  return new S3Client({
    region: 'us-east-1',
    endpoint: trial.running.origin,
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  });
}
const grant = (...Statement: object[]) =>
  iam.send(
    new PutRolePolicyCommand({
      RoleName: 'reader',
      PolicyName: 'own',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    }),
  );
const police = (Bucket: string, ...Statement: object[]) =>
  trial.s3.send(
    new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }),
  );
const outcome = async (sent: Promise<unknown>): Promise<string> =>
  await sent.then(
    () => 'done',
    (error: unknown) => `${(error as Error).name}: ${(error as Error).message}`,
  );
const nothing = { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' };

describe('a bucket policy', () => {
  it('lets a role in that its own policies do not, and keeps out whom it denies, the root too', async () => {
    const Bucket = await trial.bucket('decided');
    await trial.put(Bucket, 'k', 'v');
    await trial.put(Bucket, 'secret', 'v');
    await grant(nothing);
    const s3 = await session();
    const get = (Key: string, by = s3) => outcome(by.send(new GetObjectCommand({ Bucket, Key })));
    expect(await get('k')).toMatch(
      /^AccessDenied: User: .* is not authorized to perform: s3:GetObject .* no identity-based policy/,
    );
    const Resource = 'arn:aws:s3:::decided/*';
    const allow = { Effect: 'Allow', Principal: { AWS: roleArn }, Action: 's3:GetObject', Resource };
    await police(Bucket, allow);
    expect(await get('k')).toBe('done');
    const deny = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::decided/secret' };
    await police(Bucket, allow, deny);
    expect(await get('secret')).toMatch(/with an explicit deny in a resource-based policy$/);
    expect(await get('secret', trial.s3)).toMatch(
      new RegExp(
        `^AccessDenied: User: arn:aws:iam::${account}:root .* explicit deny in a resource-based policy$`,
      ),
    );
    // A statement for the account leaves the decision to its own policies.
    await police(Bucket, { ...allow, Principal: { AWS: account } });
    expect(await get('k')).toMatch(/^AccessDenied/);
    // What the role itself is denied no bucket can allow.
    await police(Bucket, allow);
    await grant({ Effect: 'Deny', Action: 's3:GetObject', Resource: '*' });
    expect(await get('k')).toMatch(/^AccessDenied/);
    s3.destroy();
  });

  it('that locks everybody out can still be mended by the root', async () => {
    const Bucket = await trial.bucket('locked');
    const Resource = ['arn:aws:s3:::locked', 'arn:aws:s3:::locked/*'];
    await police(Bucket, { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource });
    expect(await outcome(trial.put(Bucket, 'k', 'v'))).toMatch(/^AccessDenied/);
    await trial.s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    expect(await outcome(trial.put(Bucket, 'k', 'v'))).toBe('done');
  });

  it('may ask for conditions of the request', async () => {
    const Bucket = await trial.bucket('conditional');
    const insecure = {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: ['arn:aws:s3:::conditional', 'arn:aws:s3:::conditional/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    const listing = {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::conditional',
      Condition: { StringNotLike: { 's3:prefix': 'public/*' } },
    };
    await police(Bucket, insecure, listing);
    const list = (Prefix?: string) => outcome(trial.s3.send(new ListObjectsV2Command({ Bucket, Prefix })));
    expect(await list('public/a')).toBe('done');
    expect(await list('private')).toMatch(/^AccessDenied/);
    expect(await list()).toMatch(/^AccessDenied/);
  });
});

describe('a role', () => {
  it('needs to read what it copies, and is not told of missing keys unless it may list', async () => {
    const from = await trial.bucket('copy-from');
    const to = await trial.bucket('copy-to');
    await trial.put(from, 'k', 'v');
    const s3 = await session();
    const copy = () =>
      outcome(s3.send(new CopyObjectCommand({ Bucket: to, Key: 'k', CopySource: 'copy-from/k' })));
    await grant({ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::copy-to/*' });
    expect(await copy()).toMatch(
      /not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::copy-from\/k"/,
    );
    await grant({ Effect: 'Allow', Action: ['s3:PutObject', 's3:GetObject'], Resource: '*' });
    expect(await copy()).toBe('done');
    const read = () => outcome(s3.send(new GetObjectCommand({ Bucket: from, Key: 'missing' })));
    expect(await read()).toMatch(
      /not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::copy-from"/,
    );
    await grant({ Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' });
    expect(await read()).toMatch(/^NoSuchKey/);
    await grant({ Effect: 'Allow', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::copy-from/mine/*' });
    const remove = (...Keys: string[]) =>
      outcome(
        s3.send(
          new DeleteObjectsCommand({ Bucket: from, Delete: { Objects: Keys.map((Key) => ({ Key })) } }),
        ),
      );
    expect(await remove('mine/a', 'mine/b')).toBe('done');
    expect(await remove('mine/a', 'k')).toMatch(/^AccessDenied/);
    s3.destroy();
  });
});

describe('anybody', () => {
  const url = (key: string) => `${trial.running.origin}/website/${key}`;
  it('gets in only where the policy lets them and public access is not blocked', async () => {
    const Bucket = await trial.bucket('website');
    await trial.put(Bucket, 'index.html', '<p>hello', { ContentType: 'text/html' });
    const status = async (key: string, init: RequestInit = {}) => (await fetch(url(key), init)).status;
    expect(await status('index.html')).toBe(403);
    await trial.s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    await police(Bucket, {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::website/*',
    });
    const answer = await fetch(url('index.html'));
    expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([
      200,
      '<p>hello',
      'text/html',
    ]);
    expect(await status('missing')).toBe(403);
    expect(await status('index.html', { method: 'PUT', body: 'x' })).toBe(403);
    expect(await status('')).toBe(403);
    const PublicAccessBlockConfiguration = { RestrictPublicBuckets: true };
    await trial.s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    expect(await status('index.html')).toBe(403);
    expect((await trial.get(Bucket, 'index.html')).text).toBe('<p>hello');
  });

  it('may write where that is allowed', async () => {
    const Bucket = await trial.bucket('dropbox');
    await trial.s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    await police(Bucket, {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::dropbox/in/*',
    });
    const put = async (key: string) =>
      (await fetch(`${trial.running.origin}/dropbox/${key}`, { method: 'PUT', body: 'x' })).status;
    expect([await put('in/a'), await put('out/a')]).toEqual([200, 403]);
    expect((await trial.get(Bucket, 'in/a')).text).toBe('x');
    expect(await outcome(trial.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'own' })))).toBe(
      'done',
    );
  });
});
