import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenersAt, notify } from '../notification/trial.ts';
import { presign, signedFields } from '../presigned/presign.ts';
import { trialS3 } from '../trial-s3.ts';
import type { TrialS3 } from '../trial-s3.ts';

let trial: TrialS3;
const Bucket = 'forms';
beforeAll(async () => {
  trial = await trialS3();
  await trial.bucket(Bucket);
});
afterAll(() => trial.stop());

async function post(
  fields: Record<string, string>,
  content: string | Uint8Array = 'hello',
  name = 'a b.txt',
) {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append('file', new Blob([content], { type: 'text/plain' }), name);
  const answer = await fetch(`${trial.running.origin}/${Bucket}`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  const text = await answer.text();
  const of = (element: string) => new RegExp(`<${element}>(.*?)</${element}>`).exec(text)?.[1];
  const { status, headers } = answer;
  return { status, headers, text, code: of('Code'), message: of('Message')?.replaceAll('&quot;', '"') };
}
const bucket = { bucket: Bucket };

describe('a form', () => {
  it('puts the file under its name, with what the policy let it say', async () => {
    const listeners = listenersAt(trial.running.origin);
    const queue = await listeners.queue('forms');
    await notify(trial.s3, Bucket, {
      QueueConfigurations: [{ QueueArn: queue.arn, Events: ['s3:ObjectCreated:*'] }],
    });
    const conditions = [
      bucket,
      ['starts-with', '$key', 'up/'],
      ['starts-with', '$Content-Type', ''],
      { 'x-amz-meta-by': 'me' },
      ['content-length-range', 1, 10],
    ];
    const fields = { key: 'up/${filename}', 'Content-Type': 'text/csv', 'x-amz-meta-by': 'me' };
    const { status, headers } = await post(signedFields(conditions, fields));
    expect(status).toBe(204);
    expect(headers.get('etag')).toBe('"5d41402abc4b2a76b9719d911017c592"');
    expect(headers.get('location')).toBe(`${trial.running.origin}/${Bucket}/up/a%20b.txt`);
    const { ContentType, Metadata } = await trial.s3.send(
      new HeadObjectCommand({ Bucket, Key: 'up/a b.txt' }),
    );
    expect([ContentType, Metadata]).toEqual(['text/csv', { by: 'me' }]);
    const [record] = await listeners.records(queue.url, 2);
    expect(record).toMatchObject({
      eventName: 'ObjectCreated:Post',
      s3: { object: { key: 'up/a+b.txt', size: 5 } },
    });
    listeners.stop();
  });

  it('is answered as it asks', async () => {
    const status = { success_action_status: '201' };
    const told = await post(signedFields([bucket, { key: 'k' }, status], { key: 'k', ...status }));
    expect(told.status).toBe(201);
    expect(told.text).toContain(
      `<PostResponse><Location>${trial.running.origin}/${Bucket}/k</Location><Bucket>${Bucket}</Bucket><Key>k</Key><ETag>`,
    );
    const to = { success_action_redirect: 'http://localhost:5173/done?x=1' };
    const sent = await post(signedFields([bucket, { key: 'k' }, to], { key: 'k', ...to }));
    expect(sent.status).toBe(303);
    expect(sent.headers.get('location')).toBe(
      'http://localhost:5173/done?x=1&bucket=forms&key=k&etag=%225d41402abc4b2a76b9719d911017c592%22',
    );
  });

  it.each<[string, readonly unknown[], Record<string, string>, object]>([
    [
      'another key',
      [bucket, { key: 'mine' }],
      { key: 'yours' },
      {
        status: 403,
        code: 'AccessDenied',
        message: 'Invalid according to Policy: Policy Condition failed: ["eq", "$key", "mine"]',
      },
    ],
    [
      'another beginning',
      [bucket, ['starts-with', '$key', 'in/']],
      { key: 'out/k' },
      {
        code: 'AccessDenied',
        message: 'Invalid according to Policy: Policy Condition failed: ["starts-with", "$key", "in/"]',
      },
    ],
    [
      'another bucket',
      [{ bucket: 'other' }, { key: 'k' }],
      { key: 'k' },
      { message: 'Invalid according to Policy: Policy Condition failed: ["eq", "$bucket", "other"]' },
    ],
    [
      'fields that nothing names',
      [bucket, { key: 'k' }],
      { key: 'k', 'x-amz-meta-a': 'b' },
      { message: 'Invalid according to Policy: Extra input fields: x-amz-meta-a' },
    ],
    [
      'too much',
      [bucket, { key: 'k' }, ['content-length-range', 0, 4]],
      { key: 'k' },
      {
        status: 400,
        code: 'EntityTooLarge',
        message: 'Your proposed upload exceeds the maximum allowed size',
      },
    ],
    [
      'too little',
      [bucket, { key: 'k' }, ['content-length-range', 6, 9]],
      { key: 'k' },
      { status: 400, code: 'EntityTooSmall' },
    ],
    [
      'a range of words',
      [bucket, { key: 'k' }, ['content-length-range', 'test', 10]],
      { key: 'k' },
      {
        message:
          'Invalid according to Policy: Policy Condition failed: ["content-length-range", "test", "10"]',
      },
    ],
    [
      'a condition of two',
      [{ ...bucket, key: 'k' }],
      { key: 'k' },
      {
        status: 400,
        code: 'InvalidPolicyDocument',
        message:
          'Invalid Policy: Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.',
      },
    ],
  ])('is refused with %s', async (_title, conditions, fields, expected) => {
    expect(await post(signedFields(conditions, fields))).toMatchObject(expected);
  });

  it('needs its fields, its time and a signature', async () => {
    const conditions = [bucket, { key: 'k' }];
    const missing = Object.fromEntries(
      Object.entries(signedFields(conditions, { key: 'k' })).filter(([name]) => name !== 'x-amz-algorithm'),
    );
    expect(await post(missing)).toMatchObject({
      status: 400,
      code: 'InvalidArgument',
      message:
        "Bucket POST must contain a field named 'X-Amz-Algorithm'.  If it is specified, please check the order of the fields.",
    });
    expect(await post({ key: 'k' })).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      message: 'Access Denied',
    });
    const soon = signedFields(conditions, { key: 'k' }, { seconds: 30 });
    expect((await post(soon)).status).toBe(204);
    await trial.running.cloud.clock.advance(31_000);
    expect(await post(soon)).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      message: 'Invalid according to Policy: Policy expired.',
    });
    expect((await post(signedFields(conditions, { key: 'k' }, { seconds: 30 }))).status).toBe(204);
  });

  it('carries bytes as they are', async () => {
    const bytes = Buffer.from([0, 13, 10, 13, 10, 45, 45, 255, 0]);
    await post(signedFields([bucket, { key: 'raw' }], { key: 'raw' }), bytes);
    const got = await fetch(await presign(trial.running.origin, `/${Bucket}/raw`));
    expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
  });
});
