import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  paginateListObjectsV2,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyRow } from '../rows.ts';
import { account, trialS3 } from '../trial-s3.ts';
import type { TrialS3 } from '../trial-s3.ts';
import { byBytes, pageOf } from './keys.ts';

let trial: TrialS3;
beforeAll(async () => {
  trial = await trialS3();
});
afterAll(() => trial.stop());

describe('a list', () => {
  it('groups by a delimiter and goes by the order of bytes', async () => {
    const Bucket = await trial.bucket('listed');
    const keys = ['a', 'a/1', 'a/2', 'b c/3', 'd', '가', '\uffee', '😀'];
    for (const key of keys) await trial.put(Bucket, key, 'x');
    const list = (more: object = {}) => trial.s3.send(new ListObjectsV2Command({ Bucket, ...more }));
    const all = await list();
    expect(all.Contents?.map(({ Key }) => Key)).toEqual(keys);
    expect(all).toMatchObject({ Name: Bucket, KeyCount: 8, IsTruncated: false, MaxKeys: 1000 });
    expect(all.Contents?.[0]).toMatchObject({
      Size: 1,
      StorageClass: 'STANDARD',
      ETag: expect.any(String) as string,
    });

    const grouped = await list({ Delimiter: '/' });
    expect(grouped.CommonPrefixes).toEqual([{ Prefix: 'a/' }, { Prefix: 'b c/' }]);
    expect(grouped.Contents?.map(({ Key }) => Key)).toEqual(['a', 'd', '가', '\uffee', '😀']);
    expect(grouped.KeyCount).toBe(7);
    const inside = await list({ Delimiter: '/', Prefix: 'a/' });
    expect(inside.Contents?.map(({ Key }) => Key)).toEqual(['a/1', 'a/2']);
    expect((await list({ StartAfter: 'd' })).KeyCount).toBe(3);
    expect((await list({ MaxKeys: 0 })).IsTruncated).toBe(false);
    const encoded = await list({ EncodingType: 'url', Prefix: 'b c' });
    expect(encoded).toMatchObject({ Prefix: 'b+c', Contents: [{ Key: 'b+c/3' }] });
    expect((await list({ FetchOwner: true })).Contents?.[0]?.Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
    await expect(list({ ContinuationToken: 'nonsense' })).rejects.toMatchObject({
      name: 'InvalidArgument',
      message: 'The continuation token provided is incorrect',
    });

    const old = await trial.s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 2 }));
    expect(old).toMatchObject({ IsTruncated: true, NextMarker: 'a/' });
    const rest = await trial.s3.send(
      new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: old.NextMarker }),
    );
    expect(rest.Contents?.map(({ Key }) => Key)).toEqual(['d', '가', '\uffee', '😀']);
  });

  it('comes in pages of the SDK’s own paginator, each key once', async () => {
    const Bucket = await trial.bucket('paged');
    const keys = Array.from({ length: 25 }, (_, n) => `k${String(n).padStart(2, '0')}`);
    await Promise.all(keys.map((key) => trial.put(Bucket, key, 'x')));
    const seen: string[] = [];
    for await (const page of paginateListObjectsV2({ client: trial.s3, pageSize: 7 }, { Bucket })) {
      seen.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
    }
    expect(seen).toEqual(keys);
  });

  it('holds every key and group once, however it is cut', () => {
    const key = fc.stringMatching(/^[ab/]{1,6}$/);
    const names = fc.uniqueArray(key, { maxLength: 30 });
    const prefix = fc.constantFrom('', 'a', 'a/', '/');
    fc.assert(
      fc.property(
        names,
        prefix,
        fc.constantFrom(undefined, '/', 'b/'),
        fc.integer({ min: 1, max: 5 }),
        (keys, start, delimiter, most) => {
          const rows = keys
            .filter((one) => one.startsWith(start))
            .sort(byBytes)
            .map((one): KeyRow => ({ bucket: 'b', key: one, versions: [] }));
          const names = (page: ReturnType<typeof pageOf>) => [
            ...page.rows.map((row) => row.key),
            ...page.prefixes,
          ];
          const whole = names(pageOf(rows, { prefix: start, delimiter, after: undefined, most: 1000 }));
          const seen: string[] = [];
          for (let after: string | undefined, pages = 0; pages < 50; pages++) {
            const page = pageOf(rows, { prefix: start, delimiter, after, most });
            seen.push(...names(page));
            after = page.next;
            if (after === undefined) break;
          }
          expect(seen.toSorted()).toEqual(whole.toSorted());
          if (delimiter === undefined) expect(whole).toHaveLength(rows.length);
        },
      ),
    );
  });
});

describe('versions', () => {
  it('are kept where versioning is on, and hidden by markers', async () => {
    const Bucket = await trial.bucket('versioned');
    const versioning = (Status: 'Enabled' | 'Suspended') =>
      trial.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
    const remove = (more: object = {}) =>
      trial.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', ...more }));
    const read = async (VersionId?: string) => (await trial.get(Bucket, 'k', { VersionId })).text;

    expect((await trial.put(Bucket, 'k', 'before')).VersionId).toBeUndefined();
    await versioning('Enabled');
    const one = await trial.put(Bucket, 'k', 'one');
    const two = await trial.put(Bucket, 'k', 'two');
    expect([await read(), await read(one.VersionId), await read('null')]).toEqual(['two', 'one', 'before']);
    const port = await trial.running.cloud.port('s3');
    const scope = { account, region: 'us-east-1' };
    expect(Buffer.from((await port.read(scope, Bucket, 'k', one.VersionId)).bytes).toString()).toBe('one');

    const marker = await remove();
    expect(marker).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) as string });
    await expect(read()).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(port.read(scope, Bucket, 'k')).rejects.toMatchObject({ code: 'NoSuchKey' });
    await expect(read(marker.VersionId)).rejects.toMatchObject({ name: 'MethodNotAllowed' });
    expect((await trial.s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
    const listed = await trial.s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(listed.DeleteMarkers).toMatchObject([{ Key: 'k', IsLatest: true, VersionId: marker.VersionId }]);
    expect(listed.Versions?.map(({ VersionId }) => VersionId)).toEqual([
      two.VersionId,
      one.VersionId,
      'null',
    ]);
    const first = await trial.s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2 }));
    expect(first).toMatchObject({
      IsTruncated: true,
      NextKeyMarker: 'k',
      NextVersionIdMarker: two.VersionId,
    });
    const second = await trial.s3.send(
      new ListObjectVersionsCommand({ Bucket, KeyMarker: 'k', VersionIdMarker: two.VersionId }),
    );
    expect(second.Versions?.map(({ VersionId }) => VersionId)).toEqual([one.VersionId, 'null']);

    await expect(trial.s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({
      message: 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
    });
    await remove({ VersionId: marker.VersionId });
    expect(await read()).toBe('two');
    await versioning('Suspended');
    expect((await trial.put(Bucket, 'k', 'after')).VersionId).toBeUndefined();
    expect(await read('null')).toBe('after');
    await expect(remove({ VersionId: 'bad' })).rejects.toMatchObject({
      name: 'InvalidArgument',
      message: 'Invalid version id specified',
    });
    for (const VersionId of [two.VersionId, one.VersionId, 'null']) await remove({ VersionId });
    await expect(read(two.VersionId)).rejects.toMatchObject({
      name: 'NoSuchVersion',
      message: 'The specified version does not exist.',
    });
    await trial.s3.send(new DeleteBucketCommand({ Bucket }));
  });
});
