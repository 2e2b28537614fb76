import {
  CreateBucketCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCloud } from '../../../start.ts';
import { account, trialS3 } from '../trial-s3.ts';
import type { TrialS3 } from '../trial-s3.ts';
import { presign } from './presign.ts';
import type { Presigned } from './presign.ts';

let trial: TrialS3;
const Bucket = 'presigned';
beforeAll(async () => {
  trial = await trialS3();
  await trial.bucket(Bucket);
});
afterAll(() => trial.stop());

const address = (key: string, options: Presigned = {}) =>
  presign(trial.running.origin, `/${Bucket}/${key}`, options);
const errorOf = async (answer: Response) => {
  const text = await answer.text();
  const of = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(text)?.[1];
  return { status: answer.status, code: of('Code'), message: of('Message'), headers: of('HeadersNotSigned') };
};

describe('a presigned address', () => {
  it('puts, reads, asks for and deletes an object without any other signature', async () => {
    const key = '한글 a+b.txt';
    const put = await fetch(await address(key, { method: 'PUT' }), { method: 'PUT', body: 'hello' });
    expect(put.status).toBe(200);
    expect(put.headers.get('etag')).toBe('"5d41402abc4b2a76b9719d911017c592"');
    const got = await fetch(await address(key));
    expect(await got.text()).toBe('hello');
    const part = await fetch(await address(key), { headers: { range: 'bytes=1-2' } });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
      206,
      'el',
      'bytes 1-2/5',
    ]);
    const named = await address(key, {
      query: { 'response-content-disposition': 'attachment; filename="x"' },
    });
    expect((await fetch(named)).headers.get('content-disposition')).toBe('attachment; filename="x"');
    const head = await fetch(await address(key, { method: 'HEAD' }), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '5']);
    expect((await fetch(await address(key, { method: 'DELETE' }), { method: 'DELETE' })).status).toBe(204);
    const gone = await fetch(await address(key, { method: 'HEAD' }), { method: 'HEAD' });
    expect(gone.status).toBe(404);
    expect(await errorOf(await fetch(await address(key)))).toMatchObject({ status: 404, code: 'NoSuchKey' });
  });

  it('carries metadata, and the checksum that SDKs sign of no body is passed over', async () => {
    const headers = {
      'x-amz-meta-author': 'Ada',
      'x-amz-tagging': 'a=b',
      'x-amz-checksum-crc32': 'AAAAAA==',
      'x-amz-sdk-checksum-algorithm': 'CRC32',
    };
    const url = await address('meta', { method: 'PUT', headers });
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(200);
    const { Metadata } = await trial.s3.send(new HeadObjectCommand({ Bucket, Key: 'meta' }));
    expect(Metadata).toEqual({ author: 'Ada' });
    const { TagSet } = await trial.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'meta' }));
    expect(TagSet).toEqual([{ Key: 'a', Value: 'b' }]);
  });

  it('takes headers that were signed, and no others of Amazon’s', async () => {
    const headers = { 'content-type': 'text/csv' };
    const url = await address('typed', { method: 'PUT', headers });
    const more = { ...headers, 'x-amz-meta-mine': '1' };
    expect(await errorOf(await fetch(url, { method: 'PUT', body: 'x', headers: more }))).toEqual({
      status: 403,
      code: 'AccessDenied',
      message: 'There were headers present in the request which were not signed',
      headers: 'x-amz-meta-mine',
    });
    const signed = await address('typed', { method: 'PUT', headers: { 'if-none-match': '*' } });
    expect(await errorOf(await fetch(signed, { method: 'PUT', body: 'x' }))).toMatchObject({
      code: 'SignatureDoesNotMatch',
    });
    const conditional = () => fetch(signed, { method: 'PUT', body: 'x', headers: { 'if-none-match': '*' } });
    expect((await conditional()).status).toBe(200);
    expect(await errorOf(await conditional())).toMatchObject({ status: 412, code: 'PreconditionFailed' });
  });

  it('ends on the cloud’s clock; one that is signed afterwards is good', async () => {
    await trial.put(Bucket, 'timed', 'x');
    const url = await address('timed', { expiresIn: 60 });
    expect((await fetch(url)).status).toBe(200);
    await trial.running.cloud.clock.advance(61_000);
    expect(await errorOf(await fetch(url))).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      message: 'Request has expired',
    });
    // Of the same second and for the same time it would be the same address.
    expect((await fetch(await address('timed', { expiresIn: 61 }))).status).toBe(200);
    const week = await address('timed', { expiresIn: 604_800 });
    const longer = week.replace('X-Amz-Expires=604800', 'X-Amz-Expires=604801');
    expect(await errorOf(await fetch(longer))).toMatchObject({
      status: 400,
      code: 'AuthorizationQueryParametersError',
    });
  });

  it('is verified where the cloud verifies', async () => {
    const running = await startCloud({ port: 0, home: 'unused', ephemeral: true, signatures: 'verified' });
    try {
      const secretAccessKey = running.cloud.identity.secretOf(account, undefined) ?? '';
      const credentials = { accessKeyId: account, secretAccessKey };
      const s3 = new S3Client({
        region: 'us-east-1',
        endpoint: running.origin,
        forcePathStyle: true,
        credentials,
      });
      await s3.send(new CreateBucketCommand({ Bucket }));
      s3.destroy();
      const url = await presign(running.origin, `/${Bucket}/k`, { method: 'PUT', credentials });
      expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(200);
      const other = url.replace(`/${Bucket}/k`, `/${Bucket}/other`);
      expect(await errorOf(await fetch(other, { method: 'PUT', body: 'x' }))).toMatchObject({
        status: 403,
        code: 'SignatureDoesNotMatch',
      });
    } finally {
      await running.stop();
    }
  });
});
