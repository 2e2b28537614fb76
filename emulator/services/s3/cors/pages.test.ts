import { PutBucketCorsCommand } from '@aws-sdk/client-s3';
import type { CORSRule } from '@aws-sdk/client-s3';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presign } from '../presigned/presign.ts';
import { trialS3 } from '../trial-s3.ts';
import type { TrialS3 } from '../trial-s3.ts';

let trial: TrialS3;
const origin = 'http://localhost:5173';
beforeAll(async () => {
  trial = await trialS3();
});
afterAll(() => trial.stop());

const allow = (Bucket: string, ...CORSRules: CORSRule[]) =>
  trial.s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));

/* The test's own `fetch` sets no Origin; a plain request does. */
async function send(
  url: string,
  method: string,
  headers: Record<string, string>,
  body = '',
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  return await new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    sent.on('error', reject).end(body);
  });
}
const preflight = (path: string, method: string, headers?: string) =>
  send(`${trial.running.origin}${path}`, 'OPTIONS', {
    origin,
    'access-control-request-method': method,
    ...(headers !== undefined && { 'access-control-request-headers': headers }),
  });

describe('a page of another origin', () => {
  it('may upload and read by presigned addresses where the bucket’s rules let it', async () => {
    const Bucket = await trial.bucket('shared');
    await allow(Bucket, {
      AllowedMethods: ['GET', 'PUT'],
      AllowedOrigins: [origin],
      AllowedHeaders: ['content-type', 'x-amz-*'],
      ExposeHeaders: ['ETag'],
      MaxAgeSeconds: 3000,
    });
    const asked = await preflight('/shared/k', 'PUT', 'content-type, x-amz-meta-a');
    expect(asked).toMatchObject({
      status: 200,
      headers: {
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET, PUT',
        'access-control-allow-headers': 'content-type, x-amz-meta-a',
        'access-control-expose-headers': 'ETag',
        'access-control-allow-credentials': 'true',
        'access-control-max-age': '3000',
        vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
      },
    });
    const path = '/shared/k';
    const put = await presign(trial.running.origin, path, { method: 'PUT' });
    const sent = await send(put, 'PUT', { origin, 'content-type': 'text/plain' }, 'hello');
    expect(sent).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': origin } });
    const got = await send(await presign(trial.running.origin, path), 'GET', { origin });
    expect(got).toMatchObject({
      status: 200,
      text: 'hello',
      headers: { 'access-control-allow-origin': origin, 'access-control-expose-headers': 'ETag' },
    });
  });

  it('is told why it may not, and can do nothing', async () => {
    const Bucket = await trial.bucket('private-pages');
    const none = await preflight('/private-pages/k', 'PUT');
    expect(none).toMatchObject({
      status: 403,
      text: expect.stringContaining('CORSResponse: CORS is not enabled for this bucket.') as string,
    });
    expect(none.headers['access-control-allow-origin']).toBeUndefined();
    await allow(Bucket, {
      AllowedMethods: ['GET'],
      AllowedOrigins: ['https://*.example.org', '*.example.com'],
    });
    for (const asked of [
      await preflight('/private-pages/k', 'GET'),
      await preflight('/private-pages/k', 'PUT'),
    ]) {
      expect(asked.status).toBe(403);
      expect(asked.text).toContain('CORSResponse: This CORS request is not allowed.');
      expect(asked.text).toContain('<ResourceType>OBJECT</ResourceType>');
    }
    const put = await presign(trial.running.origin, '/private-pages/k', { method: 'PUT' });
    const refused = await send(put, 'PUT', { origin }, 'x');
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('web pages');
    const wild = await send(await presign(trial.running.origin, '/private-pages/k'), 'GET', {
      origin: 'https://a.example.org',
    });
    expect(wild).toMatchObject({
      status: 404,
      headers: { 'access-control-allow-origin': 'https://a.example.org' },
    });
  });

  it('reaches no other service through an open bucket', async () => {
    const Bucket = await trial.bucket('2015-03-31');
    await allow(Bucket, {
      AllowedMethods: ['GET', 'PUT', 'POST', 'DELETE'],
      AllowedOrigins: ['*'],
      AllowedHeaders: ['*'],
    });
    const authorization = (service: string) =>
      `AWS4-HMAC-SHA256 Credential=111122223333/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'a'.repeat(64)}`;
    const attempt = async (path: string, headers: Record<string, string>, method = 'POST') =>
      await send(`${trial.running.origin}${path}`, method, {
        origin,
        'x-amz-date': '20260101T000000Z',
        ...headers,
      });
    const attempts = [
      await attempt('/2015-03-31/functions', { authorization: authorization('lambda') }, 'GET'),
      await attempt('/2015-03-31/functions', {}, 'GET'),
      await attempt('/2015-03-31/k', {
        authorization: authorization('sqs'),
        'x-amz-target': 'AmazonSQS.ListQueues',
      }),
      await attempt('/2015-03-31/k', { 'x-amz-target': 'AmazonSQS.ListQueues' }),
      await attempt('/2015-03-31/k', {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: authorization('s3'),
      }),
      await attempt('/2015-03-31/k?Action=ListQueues&Version=2012-11-05', {}),
      await attempt('/_coldstart/stop', {}),
    ];
    expect(attempts.map(({ status }) => status)).toEqual(attempts.map(() => 403));
    expect(attempts.every(({ text }) => text.includes('web pages'))).toBe(true);
  });

  it('may show pictures and link to files without asking, which it cannot read', async () => {
    const Bucket = await trial.bucket('pictures');
    await trial.put(Bucket, 'a.png', 'png');
    const url = await presign(trial.running.origin, '/pictures/a.png');
    expect((await send(url, 'GET', { 'sec-fetch-site': 'cross-site' })).status).toBe(200);
    const put = await presign(trial.running.origin, '/pictures/a.png', { method: 'PUT' });
    expect((await send(put, 'PUT', { 'sec-fetch-site': 'cross-site' }, 'x')).status).toBe(403);
  });
});
