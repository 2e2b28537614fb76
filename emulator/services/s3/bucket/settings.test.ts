import {
  CreateBucketCommand,
  DeleteBucketCorsCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketWebsiteCommand,
  GetObjectAclCommand,
  GetObjectAttributesCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  PutBucketAclCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, trialS3 } from '../trial-s3.ts';
import type { TrialS3 } from '../trial-s3.ts';

let trial: TrialS3;
const Bucket = 'settings';
beforeAll(async () => {
  trial = await trialS3();
  await trial.bucket(Bucket);
});
afterAll(() => trial.stop());

const refusal = async (
  sent: Promise<unknown>,
): Promise<{ name: string; message: string; status: number }> => {
  const error = (await sent.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  )) as Error & { $metadata?: { httpStatusCode?: number } };
  return { name: error.name, message: error.message, status: error.$metadata?.httpStatusCode ?? 0 };
};

describe('a new bucket', () => {
  it('is encrypted, belongs to its owner alone, and is closed to the public', async () => {
    const { s3 } = trial;
    const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(ServerSideEncryptionConfiguration?.Rules).toEqual([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
    ]);
    const { OwnershipControls } = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    expect(OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
    const { Owner, Grants } = await s3.send(new GetBucketAclCommand({ Bucket }));
    expect(Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
    expect(Grants).toEqual([
      { Grantee: { ID: Owner?.ID, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' },
    ]);
    await trial.put(Bucket, 'k', 'v');
    expect((await s3.send(new GetObjectAclCommand({ Bucket, Key: 'k' }))).Grants).toEqual(Grants);
    expect((await s3.send(new GetBucketRequestPaymentCommand({ Bucket }))).Payer).toBe('BucketOwner');
    expect((await s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).toBeUndefined();
    expect((await s3.send(new GetBucketAccelerateConfigurationCommand({ Bucket }))).Status).toBeUndefined();
  });

  it('has none of the rest, and says so by name', async () => {
    const { s3 } = trial;
    const names = await Promise.all(
      [
        s3.send(new GetBucketPolicyCommand({ Bucket })),
        s3.send(new GetBucketPolicyStatusCommand({ Bucket })),
        s3.send(new GetBucketCorsCommand({ Bucket })),
        s3.send(new GetBucketWebsiteCommand({ Bucket })),
        s3.send(new GetBucketReplicationCommand({ Bucket })),
        s3.send(new GetObjectLockConfigurationCommand({ Bucket })),
      ].map(async (sent) => await refusal(sent)),
    );
    expect(names.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'NoSuchBucketPolicy 404',
      'NoSuchBucketPolicy 404',
      'NoSuchCORSConfiguration 404',
      'NoSuchWebsiteConfiguration 404',
      'ReplicationConfigurationNotFoundError 404',
      'ObjectLockConfigurationNotFoundError 404',
    ]);
    const website = { IndexDocument: { Suffix: 'index.html' } };
    expect(
      await refusal(s3.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: website }))),
    ).toMatchObject({ status: 501, message: expect.stringContaining('PutBucketWebsite') as string });
  });
});

describe('settings', () => {
  it('are kept, and gone when they are deleted', async () => {
    const { s3 } = trial;
    const Rules = [
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const }, BucketKeyEnabled: true },
    ];
    const encrypt = (rules: object[]) =>
      s3.send(
        new PutBucketEncryptionCommand({
          Bucket,
          ServerSideEncryptionConfiguration: { Rules: rules },
        }),
      );
    const encryption = async () =>
      (await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules;
    await encrypt(Rules);
    expect(await encryption()).toEqual(Rules);
    await s3.send(new DeleteBucketEncryptionCommand({ Bucket }));
    expect(await encryption()).toMatchObject([{ BucketKeyEnabled: false }]);
    const kms = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }];
    await encrypt(kms);
    expect(await encryption()).toMatchObject(kms);
    await s3.send(new DeleteBucketEncryptionCommand({ Bucket }));
    expect(await encryption()).toMatchObject([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
    ]);
    const other = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'rot13' } }];
    expect(await refusal(encrypt(other))).toMatchObject({ name: 'MalformedXML' });

    const preferred = { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' as const }] };
    await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: preferred }));
    const ownership = () => s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    expect((await ownership()).OwnershipControls).toEqual(preferred);
    await s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket }));
    expect(await refusal(ownership())).toMatchObject({ name: 'OwnershipControlsNotFoundError' });

    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    expect(await refusal(s3.send(new GetPublicAccessBlockCommand({ Bucket })))).toMatchObject({
      name: 'NoSuchPublicAccessBlockConfiguration',
      message: 'The public access block configuration was not found',
      status: 404,
    });
    const PublicAccessBlockConfiguration = { BlockPublicPolicy: true };
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    const told = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(told.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: false,
      IgnorePublicAcls: false,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: false,
    });

    const CORSRules = [
      { AllowedMethods: ['GET', 'PUT'], AllowedOrigins: ['http://localhost:5173'], MaxAgeSeconds: 60 },
    ];
    const allow = (rules: typeof CORSRules) =>
      s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: rules } }));
    await allow(CORSRules);
    expect((await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual(CORSRules);
    expect(
      await refusal(allow([{ ...(CORSRules[0] as (typeof CORSRules)[number]), AllowedMethods: ['PATCH'] }])),
    ).toMatchObject({
      name: 'InvalidRequest',
      message: 'Found unsupported HTTP method in CORS config. Unsupported method is PATCH',
    });
    await s3.send(new DeleteBucketCorsCommand({ Bucket }));
    expect(await refusal(s3.send(new GetBucketCorsCommand({ Bucket })))).toMatchObject({
      name: 'NoSuchCORSConfiguration',
    });
  });

  it('of lists of buckets go by their names', async () => {
    await trial.bucket('settings-two');
    const { Buckets } = await trial.s3.send(new ListBucketsCommand({ Prefix: 'settings-' }));
    expect(Buckets?.map(({ Name }) => Name)).toEqual(['settings-two']);
  });
});

describe('access control lists', () => {
  it('are switched off, as in every bucket of today', async () => {
    const closed = await trial.bucket('no-acls');
    expect(await refusal(trial.put(closed, 'k', 'v', { ACL: 'public-read' }))).toEqual({
      name: 'AccessControlListNotSupported',
      message: 'The bucket does not allow ACLs',
      status: 400,
    });
    await trial.put(closed, 'k', 'v', { ACL: 'bucket-owner-full-control' });
    const set = new PutBucketAclCommand({ Bucket: closed, ACL: 'private' });
    expect(await refusal(trial.s3.send(set))).toMatchObject({ name: 'AccessControlListNotSupported' });
    const make = new CreateBucketCommand({ Bucket: 'with-acls', ObjectOwnership: 'ObjectWriter' });
    await trial.s3.send(make);
    await trial.put('with-acls', 'k', 'v', { ACL: 'private' });
    expect(await refusal(trial.put('with-acls', 'k', 'v', { ACL: 'public-read' }))).toMatchObject({
      name: 'AccessDenied',
    });
  });
});

describe('a bucket policy', () => {
  const put = (policy: object | string, of = 'policed') =>
    trial.s3.send(
      new PutBucketPolicyCommand({
        Bucket: of,
        Policy:
          typeof policy === 'string' ? policy : JSON.stringify({ Version: '2012-10-17', Statement: policy }),
      }),
    );
  const Resource = 'arn:aws:s3:::policed/*';
  const AWS = `arn:aws:iam::${account}:role/worker`;
  beforeAll(async () => {
    await trial.bucket('policed');
  });

  it('comes back as it was put', async () => {
    const Policy = `{"Version":"2012-10-17", "Statement":[{"Effect":"Allow","Principal":{"AWS":"${AWS}"},"Action":"s3:GetObject","Resource":"${Resource}"}]}`;
    await put(Policy);
    const of = { Bucket: 'policed' };
    expect((await trial.s3.send(new GetBucketPolicyCommand(of))).Policy).toBe(Policy);
    expect((await trial.s3.send(new GetBucketPolicyStatusCommand(of))).PolicyStatus).toEqual({
      IsPublic: false,
    });
    await trial.s3.send(new DeleteBucketPolicyCommand(of));
    expect(await refusal(trial.s3.send(new GetBucketPolicyCommand(of)))).toEqual({
      name: 'NoSuchBucketPolicy',
      message: 'The bucket policy does not exist',
      status: 404,
    });
  });

  it.each<[string, object | string, string]>([
    ['text', 'no JSON', "Policies must be valid JSON and the first byte must be '{'"],
    ['an empty object', '{}', 'Missing required field Statement'],
    [
      'another bucket',
      { Effect: 'Allow', Principal: { AWS }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::other/*' },
      'Policy has invalid resource',
    ],
    [
      'another service',
      { Effect: 'Allow', Principal: { AWS }, Action: 'sqs:SendMessage', Resource },
      'Policy has invalid action',
    ],
    [
      'nobody',
      { Effect: 'Allow', Principal: { AWS: 'me' }, Action: 's3:GetObject', Resource },
      'Invalid principal in policy',
    ],
    [
      'objects of the bucket itself',
      { Effect: 'Allow', Principal: { AWS }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::policed' },
      'Action does not apply to any resource(s) in statement',
    ],
    [
      'a bucket of objects',
      { Effect: 'Allow', Principal: { AWS }, Action: ['s3:GetObject', 's3:ListBucket'], Resource },
      'Action does not apply to any resource(s) in statement',
    ],
  ])('is refused with %s', async (_title, policy, message) => {
    expect(await refusal(put(policy))).toEqual({ name: 'MalformedPolicy', message, status: 400 });
  });

  it('that lets everybody in needs the block to be lifted', async () => {
    const Statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource };
    expect(await refusal(put(Statement))).toEqual({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::${account}:root is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::policed" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
      status: 403,
    });
    const Condition = { StringEquals: { 'aws:SourceAccount': account } };
    await put({ ...Statement, Condition });
    await trial.s3.send(new DeletePublicAccessBlockCommand({ Bucket: 'policed' }));
    await put(Statement);
    const { PolicyStatus } = await trial.s3.send(new GetBucketPolicyStatusCommand({ Bucket: 'policed' }));
    expect(PolicyStatus).toEqual({ IsPublic: true });
  });
});

describe('attributes of an object', () => {
  it('are told where they are asked for', async () => {
    await trial.put(Bucket, 'attributes', 'four');
    const attributes = (names: string[]) =>
      trial.s3.send(
        new GetObjectAttributesCommand({ Bucket, Key: 'attributes', ObjectAttributes: names as 'ETag'[] }),
      );
    const { $metadata, LastModified, ...told } = await attributes([
      'ETag',
      'ObjectSize',
      'StorageClass',
      'Checksum',
    ]);
    expect($metadata.httpStatusCode).toBe(200);
    expect(LastModified).toBeInstanceOf(Date);
    expect(told).toMatchObject({
      ETag: '8cbad96aced40b3838dd9f07f6ef5772',
      ObjectSize: 4,
      StorageClass: 'STANDARD',
      Checksum: { ChecksumType: 'FULL_OBJECT' },
    });
    expect((await attributes(['ObjectSize'])).ETag).toBeUndefined();
  });
});
