import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type { CompletedPart } from '@aws-sdk/client-s3';
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checksumOf } from '../checksum/checksum.ts';
import { trialS3 } from '../trial-s3.ts';
import type { TrialS3 } from '../trial-s3.ts';

const megabyte = 1024 * 1024;
let trial: TrialS3;
let Bucket: string;
beforeAll(async () => {
  trial = await trialS3();
  Bucket = await trial.bucket('multipart');
});
afterAll(() => trial.stop());

async function upload(Key: string, more: object = {}) {
  const { UploadId } = await trial.s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }));
  const target = { Bucket, Key, UploadId };
  return {
    target,
    part: (PartNumber: number, Body: Uint8Array, with_: object = {}) =>
      trial.s3.send(new UploadPartCommand({ ...target, PartNumber, Body, ...with_ })),
    complete: (Parts: CompletedPart[], with_: object = {}) =>
      trial.s3.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts }, ...with_ })),
  };
}

describe('an upload in parts', () => {
  it('becomes one object, in the order of its parts, with a multipart ETag', async () => {
    const [a, b, c] = [randomBytes(5 * megabyte), randomBytes(5 * megabyte), randomBytes(100)] as const;
    const { target, part, complete } = await upload('whole', {
      ContentType: 'x/y',
      Metadata: { m: '1' },
      Tagging: 't=1',
    });
    const third = await part(3, c);
    const first = await part(1, randomBytes(10));
    expect(first.ETag).not.toBe((await part(1, a)).ETag);
    const second = await part(2, b);
    const listed = await trial.s3.send(new ListPartsCommand(target));
    expect(listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, a.length],
      [2, b.length],
      [3, 100],
    ]);
    const { Uploads } = await trial.s3.send(new ListMultipartUploadsCommand({ Bucket }));
    expect(Uploads).toMatchObject([{ Key: 'whole', UploadId: target.UploadId }]);

    const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest();
    const etag = `"${md5(Buffer.concat([a, b, c].map(md5))).toString('hex')}-3"`;
    const parts = (listed.Parts ?? []).map(({ PartNumber, ETag }) => ({ PartNumber, ETag }));
    const done = await complete(parts);
    expect(done).toMatchObject({ ETag: etag, Bucket, Key: 'whole' });
    expect(parts[1]?.ETag).toBe(second.ETag);
    expect(parts[2]?.ETag).toBe(third.ETag);

    const read = await trial.s3.send(
      new HeadObjectCommand({ Bucket, Key: 'whole', ChecksumMode: 'ENABLED' }),
    );
    const all = Buffer.concat([a, b, c]);
    expect(read).toMatchObject({
      ETag: etag,
      ContentLength: all.length,
      ContentType: 'x/y',
      Metadata: { m: '1' },
      TagCount: 1,
      ChecksumCRC64NVME: checksumOf('CRC64NVME', all),
      ChecksumType: 'FULL_OBJECT',
    });
    const bytes = async (more: object) => {
      const { Body } = await trial.s3.send(new GetObjectCommand({ Bucket, Key: 'whole', ...more }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    };
    expect((await bytes({})).equals(all)).toBe(true);
    const edge = 5 * megabyte;
    expect(
      (await bytes({ Range: `bytes=${edge - 3}-${2 * edge + 4}` })).equals(
        all.subarray(edge - 3, 2 * edge + 5),
      ),
    ).toBe(true);
    expect((await bytes({ PartNumber: 3 })).equals(c)).toBe(true);
    await expect(bytes({ PartNumber: 4 })).rejects.toMatchObject({ name: 'InvalidPartNumber' });
    await expect(trial.s3.send(new ListPartsCommand(target))).rejects.toMatchObject({
      name: 'NoSuchUpload',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('has a composite checksum where one was asked for', async () => {
    const { part, complete } = await upload('composite', { ChecksumAlgorithm: 'SHA256' });
    const [a, b] = [randomBytes(5 * megabyte), randomBytes(7)] as const;
    const sent = [
      await part(1, a, { ChecksumAlgorithm: 'SHA256' }),
      await part(2, b, { ChecksumAlgorithm: 'SHA256' }),
    ];
    const named = sent.map(({ ETag, ChecksumSHA256 }, at) => ({ PartNumber: at + 1, ETag, ChecksumSHA256 }));
    await expect(complete(named.map(({ PartNumber, ETag }) => ({ PartNumber, ETag })))).rejects.toMatchObject(
      {
        message:
          'The upload was created using a sha256 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.',
      },
    );
    const sum = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
    expect(await complete(named)).toMatchObject({
      ChecksumSHA256: `${sum(Buffer.concat([sum(a), sum(b)])).toString('base64')}-2`,
      ChecksumType: 'COMPOSITE',
    });
  });

  it('is refused with parts that are wrong', async () => {
    const { target, part, complete } = await upload('refused');
    const small = await part(1, randomBytes(10));
    const last = await part(2, randomBytes(10));
    const one = { PartNumber: 1, ETag: small.ETag };
    const two = { PartNumber: 2, ETag: last.ETag };
    await expect(complete([one, two])).rejects.toMatchObject({ name: 'EntityTooSmall' });
    await expect(complete([two, one])).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete([{ ...one, ETag: '"0"' }])).rejects.toMatchObject({ name: 'InvalidPart' });
    await expect(complete([{ ...one, PartNumber: 9 }])).rejects.toMatchObject({ name: 'InvalidPart' });
    await expect(complete([])).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
    await expect(part(0, randomBytes(1))).rejects.toMatchObject({
      message: 'Part number must be an integer between 1 and 10000, inclusive',
    });
    await trial.s3.send(new AbortMultipartUploadCommand(target));
    await expect(complete([one])).rejects.toMatchObject({ name: 'NoSuchUpload' });
    await expect(trial.get(Bucket, 'refused')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('may take its parts from other objects', async () => {
    await trial.put(Bucket, 'source', '0123456789');
    const { target, complete } = await upload('assembled');
    const copy = (CopySourceRange: string) =>
      trial.s3.send(
        new UploadPartCopyCommand({
          ...target,
          PartNumber: 1,
          CopySource: `${Bucket}/source`,
          CopySourceRange,
        }),
      );
    await expect(copy('bytes=0-100')).rejects.toMatchObject({
      message: 'Range specified is not valid for source object of size: 10',
    });
    const { CopyPartResult } = await copy('bytes=2-5');
    await complete([{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
    expect((await trial.get(Bucket, 'assembled')).text).toBe('2345');
  });
});
