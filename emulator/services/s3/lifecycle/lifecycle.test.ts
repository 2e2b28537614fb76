/* eslint-disable @typescript-eslint/no-deprecated -- Rules of the older form are taken. */
import {
  CreateMultipartUploadCommand,
  DeleteBucketLifecycleCommand,
  DeleteObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import type { LifecycleRule } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenersAt, notify } from '../notification/trial.ts';
import { trialS3 } from '../trial-s3.ts';
import type { TrialS3 } from '../trial-s3.ts';
import { oneDay } from './expiry.ts';

let trial: TrialS3;
beforeAll(async () => {
  trial = await trialS3();
});
afterAll(() => trial.stop());

const put = (Bucket: string, ...Rules: LifecycleRule[]) =>
  trial.s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
const days = async (count: number) => await trial.running.cloud.clock.advance(count * oneDay);
const keys = async (Bucket: string) =>
  ((await trial.s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key);

describe('a lifecycle', () => {
  it('deletes objects whose days are over, at midnight, and tells of it', async () => {
    const Bucket = await trial.bucket('short');
    const rule = {
      ID: 'logs',
      Status: 'Enabled' as const,
      Filter: { Prefix: 'logs/' },
      Expiration: { Days: 2 },
    };
    await put(Bucket, rule, {
      ID: 'big',
      Status: 'Enabled',
      Filter: { ObjectSizeGreaterThan: 5 },
      Expiration: { Days: 3 },
    });
    const listeners = listenersAt(trial.running.origin);
    const queue = await listeners.queue('expired');
    await notify(trial.s3, Bucket, {
      QueueConfigurations: [{ QueueArn: queue.arn, Events: ['s3:LifecycleExpiration:*'] }],
    });
    await trial.put(Bucket, 'logs/a', '1');
    await trial.put(Bucket, 'keep', '1');
    await trial.put(Bucket, 'large', '123456');
    const { Expiration, LastModified } = await trial.s3.send(
      new HeadObjectCommand({ Bucket, Key: 'logs/a' }),
    );
    const at = Math.ceil(((LastModified?.getTime() ?? 0) + 2 * oneDay) / oneDay) * oneDay;
    expect(Expiration).toBe(`expiry-date="${new Date(at).toUTCString()}", rule-id="logs"`);

    const { clock } = trial.running.cloud;
    await clock.advance(at - clock.now() - 1000);
    expect(await keys(Bucket)).toEqual(['keep', 'large', 'logs/a']);
    await clock.advance(1000);
    expect(await keys(Bucket)).toEqual(['keep', 'large']);
    await days(1);
    expect(await keys(Bucket)).toEqual(['keep']);
    const records = await listeners.records(queue.url, 3);
    expect(records.map(({ eventName, eventVersion }) => `${eventName} ${eventVersion}`)).toEqual([
      'LifecycleExpiration:Delete 2.3',
      'LifecycleExpiration:Delete 2.3',
    ]);
    listeners.stop();
  });

  it('ends what is left of old versions, markers and uploads', async () => {
    const Bucket = await trial.bucket('versions');
    const { s3 } = trial;
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    const all = { Status: 'Enabled' as const, Filter: {} };
    await put(
      Bucket,
      { ...all, ID: 'old', NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
      { ...all, ID: 'markers', Expiration: { ExpiredObjectDeleteMarker: true } },
      { ...all, ID: 'uploads', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    );
    await trial.put(Bucket, 'k', '1');
    await trial.put(Bucket, 'k', '2');
    await trial.put(Bucket, 'gone', '1');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'upload' }));
    await days(4);
    const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(Versions?.map(({ Key, IsLatest }) => ({ Key, IsLatest }))).toEqual([{ Key: 'k', IsLatest: true }]);
    expect(DeleteMarkers).toBeUndefined();
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
  });

  it('comes back as it was put, and is refused where it says nothing', async () => {
    const Bucket = await trial.bucket('said');
    const get = () => trial.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' });
    const Tags = [{ Key: 'a', Value: 'b' }];
    const rules: LifecycleRule[] = [
      { ID: 'one', Status: 'Enabled', Filter: { And: { Prefix: 'p', Tags } }, Expiration: { Days: 1 } },
      {
        ID: 'two',
        Status: 'Disabled',
        Filter: { Tag: { Key: 'a', Value: 'b' } },
        Expiration: { Date: new Date('2030-01-01T00:00:00Z') },
      },
      {
        ID: 'three',
        Status: 'Enabled',
        Prefix: 'old',
        NoncurrentVersionExpiration: { NoncurrentDays: 3, NewerNoncurrentVersions: 2 },
      },
    ];
    await put(Bucket, ...rules);
    expect(await get()).toMatchObject({
      Rules: rules,
      TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
    });
    await trial.s3.send(new DeleteBucketLifecycleCommand({ Bucket }));
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' });
    const refused = async (rule: Partial<LifecycleRule>) =>
      await put(Bucket, { Status: 'Enabled', Filter: {}, ...rule }).then(
        () => 'taken',
        (error: unknown) => (error as Error).message,
      );
    expect(await refused({})).toBe('At least one action needs to be specified in a rule');
    expect(await refused({ Expiration: { Days: 0 } })).toBe(
      "'Days' for Expiration action must be a positive integer",
    );
    expect(await refused({ Expiration: { Date: new Date('2030-01-01T01:00:00Z') } })).toBe(
      "'Date' must be at midnight GMT",
    );
    expect(
      await refused({ Expiration: { Days: 1 }, Filter: { And: { Prefix: 'p', Tags: [...Tags, ...Tags] } } }),
    ).toBe('Duplicate Tag Keys are not allowed.');
    expect(await refused({ Transitions: [{ Days: 1, StorageClass: 'GLACIER' }] })).toContain('not built');
  });
});
