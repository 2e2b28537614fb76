import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trialResource } from '../testing/trial-resource.ts';
import { account, refusal, region, trialStack, type TrialStack } from '../testing/trial-stack.ts';

let stack: TrialStack;
beforeAll(async () => {
  stack = await trialStack();
});
afterAll(async () => await stack.stop());

const TYPE = 'AWS::S3::Bucket';
const queueArn = `arn:aws:sqs:${region}:${account}:told`;

describe(TYPE, () => {
  it('is made with all its settings, changed in place and removed', async () => {
    const open = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:*', Resource: '*' },
      ],
    };
    await stack.call('sqs', 'CreateQueue', {
      QueueName: 'told',
      Attributes: { Policy: JSON.stringify(open) },
    });
    const properties = {
      BucketName: 'photos',
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: false,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: false,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: [
          { Id: 'old', Status: 'Enabled', Prefix: 'tmp/', ExpirationInDays: 3 },
          {
            Id: 'tagged',
            Status: 'Disabled',
            Prefix: 'x/',
            TagFilters: [{ Key: 'a', Value: 'b' }],
            NoncurrentVersionExpiration: { NoncurrentDays: 2 },
          },
        ],
      },
      CorsConfiguration: {
        CorsRules: [{ Id: 'all', AllowedMethods: ['GET'], AllowedOrigins: ['*'], MaxAge: 60 }],
      },
      NotificationConfiguration: {
        EventBridgeConfiguration: { EventBridgeEnabled: true },
        QueueConfigurations: [
          {
            Event: 's3:ObjectCreated:*',
            Queue: queueArn,
            Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'in/' }] } },
          },
        ],
      },
      Tags: [{ Key: 'team', Value: 'x' }],
    };
    const bucket = await trialResource(stack, TYPE, properties);
    expect(bucket.kept()).toMatchObject({
      id: 'photos',
      attributes: {
        Arn: 'arn:aws:s3:::photos',
        DomainName: 'photos.s3.amazonaws.com',
        DualStackDomainName: 'photos.s3.dualstack.us-east-1.amazonaws.com',
        RegionalDomainName: 'photos.s3.us-east-1.amazonaws.com',
        WebsiteURL: 'http://photos.s3-website-us-east-1.amazonaws.com',
      },
    });
    expect(await bucket.found()).toBe('photos');
    expect(await bucket.read()).toEqual(properties);

    const next = {
      BucketName: 'photos',
      VersioningConfiguration: { Status: 'Suspended' },
      Tags: [{ Key: 'team', Value: 'y' }],
    };
    await bucket.update(next);
    expect(await bucket.read()).toEqual(next);
    const told = await stack.call('s3', 'GetBucketNotificationConfiguration', { Bucket: 'photos' });
    expect(told).toEqual({});

    await bucket.delete();
    expect(await bucket.read()).toBeUndefined();
    await bucket.delete();
  });

  it('that is not empty stays, in the words of AWS', async () => {
    const bucket = await trialResource(stack, TYPE, {}, 'Full');
    const Bucket = bucket.kept().id;
    expect(Bucket).toMatch(/^trial-full-[a-z0-9]{12}$/);
    await stack.call('s3', 'PutObject', { Bucket, Key: 'k', Body: Buffer.from('v') });
    expect(await refusal(bucket.delete())).toEqual({
      code: 'BucketNotEmpty',
      message: 'The bucket you tried to delete is not empty',
    });
    await stack.call('s3', 'DeleteObject', { Bucket, Key: 'k' });
    await bucket.delete();
  });

  it('leaves nothing behind where who shall be told does not let S3', async () => {
    const Function = `arn:aws:lambda:${region}:${account}:function:missing`;
    const refused = await refusal(
      trialResource(stack, TYPE, {
        BucketName: 'half-made',
        NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function }] },
      }),
    );
    expect(refused.message).toBe('Unable to validate the following destination configurations');
    const { Buckets } = await stack.call('s3', 'ListBuckets', {});
    expect(Buckets?.map(({ Name }) => Name)).not.toContain('half-made');
  });

  it('is refused with what S3 has not here, and where it is there already', async () => {
    const website = { WebsiteConfiguration: { IndexDocument: 'index.html' } };
    expect((await refusal(trialResource(stack, TYPE, website))).message).toContain(
      'does not have WebsiteConfiguration of AWS::S3::Bucket',
    );
    await stack.call('s3', 'CreateBucket', { Bucket: 'taken' });
    expect((await refusal(trialResource(stack, TYPE, { BucketName: 'taken' }))).message).toBe(
      "Resource of type 'AWS::S3::Bucket' with identifier 'taken' already exists.",
    );
  });
});

describe('AWS::S3::BucketPolicy', () => {
  it('is made once, changed in place and removed', async () => {
    const bucket = await trialResource(stack, TYPE, { BucketName: 'guarded' });
    const allow = (Action: string) => ({
      Bucket: 'guarded',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${account}:root` },
            Action,
            Resource: 'arn:aws:s3:::guarded/*',
          },
        ],
      },
    });
    const policy = await trialResource(stack, 'AWS::S3::BucketPolicy', allow('s3:GetObject'));
    expect(policy.kept().id).toBe('guarded');
    expect(await policy.read()).toEqual(allow('s3:GetObject'));
    expect(
      (await refusal(trialResource(stack, 'AWS::S3::BucketPolicy', allow('s3:*'), 'Second'))).message,
    ).toBe('The bucket policy already exists on bucket guarded.');
    await policy.update(allow('s3:PutObject'));
    expect(await policy.read()).toEqual(allow('s3:PutObject'));
    await policy.delete();
    expect(await policy.read()).toBeUndefined();
    await bucket.delete();
    await policy.delete();
  });
});
