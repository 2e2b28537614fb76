import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketTaggingCommand,
  GetBucketLocationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketTaggingCommand,
} from '@aws-sdk/client-s3';
import type { BucketLocationConstraint } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, trialS3 } from '../trial-s3.ts';
import type { TrialS3 } from '../trial-s3.ts';
import { checkBucketName, regionFor } from './rules.ts';

let trial: TrialS3;
beforeAll(async () => {
  trial = await trialS3();
});
afterAll(() => trial.stop());

describe('a bucket', () => {
  it('is made, found from every region, and deleted', async () => {
    const Bucket = 'life-of-a-bucket';
    const made = await trial.s3.send(new CreateBucketCommand({ Bucket }));
    expect(made.Location).toBe(`/${Bucket}`);
    // us-east-1 answers a repetition as if it were the first time.
    await trial.s3.send(new CreateBucketCommand({ Bucket }));
    expect(await trial.s3.send(new HeadBucketCommand({ Bucket }))).toMatchObject({
      BucketRegion: 'us-east-1',
    });
    expect(
      (await trial.s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint,
    ).toBeUndefined();
    expect((await trial.s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();

    const seoul = trial.clientOf(account, 'ap-northeast-2');
    await expect(
      seoul.send(
        new CreateBucketCommand({
          Bucket,
          CreateBucketConfiguration: { LocationConstraint: 'ap-northeast-2' },
        }),
      ),
    ).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
      message: 'Your previous request to create the named bucket succeeded and you already own it.',
      $metadata: { httpStatusCode: 409 },
    });
    expect((await seoul.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
    seoul.destroy();

    await trial.put(Bucket, 'k', 'v');
    await expect(trial.s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketNotEmpty',
      message: 'The bucket you tried to delete is not empty',
      $metadata: { httpStatusCode: 409 },
    });
    const stranger = trial.clientOf('444455556666');
    await expect(stranger.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NotFound',
    });
    stranger.destroy();
  });

  it('has the region that it was asked to have', async () => {
    const Bucket = 'in-seoul';
    const CreateBucketConfiguration = { LocationConstraint: 'ap-northeast-2' } as const;
    const { Location } = await trial.s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
    expect(Location).toBe('http://in-seoul.s3.amazonaws.com/');
    const told = await trial.s3.send(new GetBucketLocationCommand({ Bucket }));
    expect(told.LocationConstraint).toBe('ap-northeast-2');
    const { Buckets, Owner } = await trial.s3.send(new ListBucketsCommand({ Prefix: 'in-' }));
    expect(Buckets).toMatchObject([{ Name: Bucket, BucketRegion: 'ap-northeast-2' }]);
    expect(Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
    await trial.s3.send(new DeleteBucketCommand({ Bucket }));
    await expect(trial.s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
      message: 'The specified bucket does not exist',
    });
  });

  it.each([
    [
      'eu-west-1',
      'us-east-2',
      'IllegalLocationConstraintException',
      'The us-east-2 location constraint is incompatible for the region specific endpoint this request was sent to.',
    ],
    [
      'eu-west-1',
      'bar',
      'IllegalLocationConstraintException',
      'The bar location constraint is incompatible for the region specific endpoint this request was sent to.',
    ],
    ['us-east-1', 'us-east-1', 'InvalidLocationConstraint', 'The specified location-constraint is not valid'],
  ])('asked in %s for %s: %s', async (region, constraint, name, message) => {
    const client = trial.clientOf(account, region);
    const CreateBucketConfiguration = { LocationConstraint: constraint as BucketLocationConstraint };
    const made = client.send(new CreateBucketCommand({ Bucket: 'misplaced', CreateBucketConfiguration }));
    await expect(made).rejects.toMatchObject({ name, message });
    client.destroy();
  });

  it('needs a constraint everywhere but in us-east-1', () => {
    // The SDK's client adds it of its own; others do not.
    expect(() => regionFor(undefined, 'eu-west-1')).toThrow(
      'The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.',
    );
    expect(regionFor(undefined, 'us-east-1')).toBe('us-east-1');
    expect(regionFor('EU', 'us-east-1')).toBe('eu-west-1');
  });

  it('has tags, or says that it has none', async () => {
    const Bucket = await trial.bucket('with-tags');
    const none = { name: 'NoSuchTagSet', message: 'The TagSet does not exist' };
    await expect(trial.s3.send(new GetBucketTaggingCommand({ Bucket }))).rejects.toMatchObject(none);
    const put = (TagSet: { Key: string; Value: string }[]) =>
      trial.s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    await put([{ Key: '팀', Value: 'a b' }]);
    expect((await trial.s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual([
      { Key: '팀', Value: 'a b' },
    ]);
    await expect(
      put([
        { Key: 'a', Value: '' },
        { Key: 'a', Value: '' },
      ]),
    ).rejects.toMatchObject({
      name: 'InvalidTag',
      message: 'Cannot provide multiple Tags with the same key',
    });
    await expect(put([{ Key: 'aws:a', Value: '' }])).rejects.toMatchObject({
      message: 'System tags cannot be added/updated by requester',
    });
    await trial.s3.send(new DeleteBucketTaggingCommand({ Bucket }));
    await expect(trial.s3.send(new GetBucketTaggingCommand({ Bucket }))).rejects.toMatchObject(none);
  });

  it('is not served to who expects another owner', async () => {
    const Bucket = await trial.bucket('owned');
    const list = (ExpectedBucketOwner: string) =>
      trial.s3.send(new ListObjectsV2Command({ Bucket, ExpectedBucketOwner }));
    expect((await list(account)).Name).toBe(Bucket);
    await expect(list('444455556666')).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(list('someone')).rejects.toMatchObject({ name: 'InvalidBucketOwnerAWSAccountID' });
  });
});

describe('names', () => {
  it.each([
    'ab',
    'UPPER',
    'a_b',
    '-ab',
    'ab-',
    'a..b',
    '192.168.1.1',
    'xn--bucket',
    'a'.repeat(64),
    'x--ol-s3',
  ])('%s is refused', (name) => {
    expect(() => checkBucketName(name)).toThrow('The specified bucket is not valid.');
  });
  it.each(['abc', 'my.bucket-1', '1a2', 'a'.repeat(63)])('%s is taken', (name) => {
    expect(() => checkBucketName(name)).not.toThrow();
  });
});
