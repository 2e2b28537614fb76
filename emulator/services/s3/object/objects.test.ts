import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checksumOf } from '../checksum/checksum.ts';
import { trialS3 } from '../trial-s3.ts';
import type { TrialS3 } from '../trial-s3.ts';

let trial: TrialS3;
let bucket: string;
beforeAll(async () => {
  trial = await trialS3();
  bucket = await trial.bucket('objects');
});
afterAll(() => trial.stop());

const head = (Key: string, more: object = {}) =>
  trial.s3.send(new HeadObjectCommand({ Bucket: bucket, Key, ...more }));

describe('an object', () => {
  it('comes back as it was put, with what was said of it', async () => {
    const Expires = new Date('2030-01-01T00:00:00Z');
    const written = await trial.put(bucket, 'whole', 'héllo', {
      ContentType: 'text/plain; charset=utf-8',
      CacheControl: 'max-age=5',
      ContentDisposition: 'attachment',
      ContentEncoding: 'identity',
      ContentLanguage: 'fr',
      Expires,
      Metadata: { Colour: 'red', number: '7' },
      Tagging: 'a=1&b=x%20y',
    });
    const etag = `"${createHash('md5').update('héllo').digest('hex')}"`;
    expect(written).toMatchObject({ ETag: etag, ServerSideEncryption: 'AES256' });
    const read = await trial.get(bucket, 'whole');
    expect(read.text).toBe('héllo');
    expect(read).toMatchObject({
      ETag: etag,
      ContentLength: 6,
      AcceptRanges: 'bytes',
      ContentType: 'text/plain; charset=utf-8',
      CacheControl: 'max-age=5',
      ContentDisposition: 'attachment',
      ContentEncoding: 'identity',
      ContentLanguage: 'fr',
      ExpiresString: Expires.toUTCString(),
      Metadata: { colour: 'red', number: '7' },
      TagCount: 2,
    });
    expect(Date.now() - (read.LastModified?.getTime() ?? 0)).toBeLessThan(60_000);
    expect(await head('whole')).toMatchObject({ ETag: etag, ContentLength: 6, Metadata: { colour: 'red' } });
  });

  it('may be empty, and has a type of its own where none was said', async () => {
    await trial.put(bucket, 'empty', new Uint8Array());
    const read = await trial.get(bucket, 'empty');
    expect(read).toMatchObject({ text: '', ContentLength: 0, ETag: '"d41d8cd98f00b204e9800998ecf8427e"' });
    const raw = await fetch(`${trial.running.origin}/${bucket}/empty`);
    // Unsigned: no bucket is public here.
    expect(raw.status).toBe(403);
  });

  it.each([
    'plain.txt',
    'with space',
    'a+b=c&d',
    '한글/파일 이름.json',
    '/leading',
    'double//slash',
    '../../etc/passwd',
    'a/../b',
    './.',
    'trailing/',
    'percent%2Fencoded',
    '😀 astral',
    "quote'(paren)!*~",
    '<xml>&"</xml>',
    '#fragment?query',
  ])('has the key %j and no other', async (key) => {
    await trial.put(bucket, key, `value of ${key}`);
    expect((await trial.get(bucket, key)).text).toBe(`value of ${key}`);
    await trial.s3.send(
      new CopyObjectCommand({
        Bucket: bucket,
        Key: `copy of ${key}`,
        CopySource: `${bucket}/${encodeURIComponent(key)}`,
      }),
    );
    expect((await trial.get(bucket, `copy of ${key}`)).text).toBe(`value of ${key}`);
    await trial.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    await expect(trial.get(bucket, key)).rejects.toMatchObject({
      name: 'NoSuchKey',
      message: 'The specified key does not exist.',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(head(key)).rejects.toMatchObject({ name: 'NotFound', $metadata: { httpStatusCode: 404 } });
  });

  it('is given in ranges', async () => {
    await trial.put(bucket, 'digits', '0123456789');
    const range = async (Range: string) => {
      const { text, ContentRange, $metadata } = await trial.get(bucket, 'digits', { Range });
      return [text, ContentRange, $metadata.httpStatusCode];
    };
    expect(await range('bytes=2-4')).toEqual(['234', 'bytes 2-4/10', 206]);
    expect(await range('bytes=7-')).toEqual(['789', 'bytes 7-9/10', 206]);
    expect(await range('bytes=-3')).toEqual(['789', 'bytes 7-9/10', 206]);
    expect(await range('bytes=5-99')).toEqual(['56789', 'bytes 5-9/10', 206]);
    expect(await range('bytes=4-2')).toEqual(['0123456789', undefined, 200]);
    expect(await range('lines=1-2')).toEqual(['0123456789', undefined, 200]);
    await expect(range('bytes=10-')).rejects.toMatchObject({
      name: 'InvalidRange',
      message: 'The requested range is not satisfiable',
      $metadata: { httpStatusCode: 416 },
    });
  });

  it('is given on conditions', async () => {
    const { ETag = '' } = await trial.put(bucket, 'conditional', 'x');
    const hour = 3_600_000;
    const past = new Date(Date.now() - hour);
    const future = new Date(Date.now() + hour);
    const get = (more: object) => trial.get(bucket, 'conditional', more);
    expect((await get({ IfMatch: ETag })).text).toBe('x');
    expect((await get({ IfMatch: ETag, IfUnmodifiedSince: past })).text).toBe('x');
    expect((await get({ IfNoneMatch: '"other"', IfModifiedSince: future })).text).toBe('x');
    const failed = { $metadata: { httpStatusCode: 412 } };
    await expect(get({ IfMatch: '"other"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      ...failed,
    });
    await expect(get({ IfUnmodifiedSince: past })).rejects.toMatchObject(failed);
    const unchanged = { $metadata: { httpStatusCode: 304 } };
    await expect(get({ IfNoneMatch: ETag })).rejects.toMatchObject(unchanged);
    await expect(get({ IfModifiedSince: future })).rejects.toMatchObject(unchanged);
    await expect(head('conditional', { IfNoneMatch: ETag })).rejects.toMatchObject(unchanged);
  });

  it('is written on conditions', async () => {
    const { ETag } = await trial.put(bucket, 'once', '1', { IfNoneMatch: '*' });
    await expect(trial.put(bucket, 'once', '2', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(trial.put(bucket, 'once', '2', { IfMatch: '"x"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await trial.put(bucket, 'once', '3', { IfMatch: ETag });
    expect((await trial.get(bucket, 'once')).text).toBe('3');
  });

  it('has one winner among many who write it for the first time', async () => {
    const writes = Array.from({ length: 10 }, (_, n) =>
      trial.put(bucket, 'race', String(n), { IfNoneMatch: '*' }),
    );
    const outcomes = await Promise.allSettled(writes);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('checksums', () => {
  // The check values of the CRC catalogue for the text 123456789.
  it.each([
    ['CRC32', 'cbf43926'],
    ['CRC32C', 'e3069283'],
    ['CRC64NVME', 'ae8b14860a799888'],
  ] as const)('%s is that of the catalogue', (algorithm, hex) => {
    expect(checksumOf(algorithm, Buffer.from('123456789'))).toBe(Buffer.from(hex, 'hex').toString('base64'));
  });

  it.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)(
    '%s is checked, kept and told',
    async (ChecksumAlgorithm) => {
      const member = `Checksum${ChecksumAlgorithm}` as const;
      const value = checksumOf(ChecksumAlgorithm, Buffer.from('body'));
      expect((await trial.put(bucket, 'sum', 'body', { ChecksumAlgorithm }))[member]).toBe(value);
      expect((await head('sum', { ChecksumMode: 'ENABLED' }))[member]).toBe(value);
      expect((await head('sum'))[member]).toBeUndefined();
      const wrong = checksumOf(ChecksumAlgorithm, Buffer.from('other'));
      await expect(trial.put(bucket, 'sum', 'body', { [member]: wrong })).rejects.toMatchObject({
        name: 'BadDigest',
        message: `The ${ChecksumAlgorithm} you specified did not match the calculated checksum.`,
      });
      await expect(trial.put(bucket, 'sum', 'body', { [member]: 'x' })).rejects.toMatchObject({
        name: 'InvalidRequest',
        message: `Value for x-amz-checksum-${ChecksumAlgorithm.toLowerCase()} header is invalid.`,
      });
    },
  );

  it('of the request are checked: Content-MD5, and more than one', async () => {
    await trial.put(bucket, 'md5', 'body', { ContentMD5: checksumOf('MD5', Buffer.from('body')) });
    const ContentMD5 = checksumOf('MD5', Buffer.from('other'));
    await expect(trial.put(bucket, 'md5', 'body', { ContentMD5 })).rejects.toMatchObject({
      name: 'BadDigest',
      message: 'The Content-MD5 you specified did not match what we received.',
    });
    await expect(trial.put(bucket, 'md5', 'body', { ContentMD5: 'short' })).rejects.toMatchObject({
      name: 'InvalidDigest',
    });
  });
});

describe('copies and deletions', () => {
  it('keep or replace what is said of the object', async () => {
    const CopySource = `${bucket}/source`;
    await trial.put(bucket, 'source', 'text', {
      ContentType: 'text/plain',
      Metadata: { a: '1' },
      Tagging: 't=1',
    });
    const copy = (Key: string, more: object = {}) =>
      trial.s3.send(new CopyObjectCommand({ Bucket: bucket, Key, CopySource, ...more }));
    await copy('kept');
    expect(await head('kept')).toMatchObject({
      ContentType: 'text/plain',
      Metadata: { a: '1' },
      TagCount: 1,
    });
    await copy('replaced', {
      MetadataDirective: 'REPLACE',
      Metadata: { b: '2' },
      TaggingDirective: 'REPLACE',
    });
    const replaced = await head('replaced');
    expect(replaced).toMatchObject({ Metadata: { b: '2' } });
    expect(replaced.TagCount).toBeUndefined();
    await expect(copy('source')).rejects.toMatchObject({ name: 'InvalidRequest' });
    await copy('source', { MetadataDirective: 'REPLACE', Metadata: { c: '3' } });
    expect((await head('source')).Metadata).toEqual({ c: '3' });
    await expect(copy('x', { CopySource: `${bucket}/absent` })).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(copy('x', { CopySource: 'absent-bucket/k' })).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
    await expect(copy('x', { CopySourceIfMatch: '"no"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
  });

  it('go many at once', async () => {
    for (const key of ['d1', 'd2 &<', 'd3']) await trial.put(bucket, key, 'x');
    const Objects = [{ Key: 'd1' }, { Key: 'd2 &<' }, { Key: 'absent' }];
    const answer = await trial.s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
    expect(answer.Deleted).toEqual(Objects);
    const quiet = { Objects: [{ Key: 'd3' }], Quiet: true };
    const silent = await trial.s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: quiet }));
    expect(silent.Deleted).toBeUndefined();
    await expect(trial.get(bucket, 'd3')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('have tags of their own', async () => {
    await trial.put(bucket, 'tags', 'x');
    const target = { Bucket: bucket, Key: 'tags' };
    const tags = async () => (await trial.s3.send(new GetObjectTaggingCommand(target))).TagSet;
    expect(await tags()).toEqual([]);
    const TagSet = [{ Key: 'k', Value: 'v' }];
    await trial.s3.send(new PutObjectTaggingCommand({ ...target, Tagging: { TagSet } }));
    expect(await tags()).toEqual(TagSet);
    const many = Array.from({ length: 11 }, (_, n) => ({ Key: String(n), Value: '' }));
    await expect(
      trial.s3.send(new PutObjectTaggingCommand({ ...target, Tagging: { TagSet: many } })),
    ).rejects.toMatchObject({ message: 'Object tags cannot be greater than 10' });
    await trial.s3.send(new DeleteObjectTaggingCommand(target));
    expect(await tags()).toEqual([]);
  });

  it('are refused loudly where they ask for what is not built', async () => {
    const lock = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date('2030-01-01') };
    await expect(trial.put(bucket, 'locked', 'x', lock)).rejects.toMatchObject({ name: 'NotImplemented' });
    await expect(trial.put(bucket, 'k'.repeat(1025), 'x')).rejects.toMatchObject({ name: 'KeyTooLongError' });
    await expect(trial.put('absent-bucket', 'k', 'x')).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});
