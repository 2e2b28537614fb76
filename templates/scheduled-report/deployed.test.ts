import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Place } from '../testing/place.ts';
import { proveApplication } from '../testing/prove-application.ts';

let files = 0;

proveApplication('scheduled-report', {
  async works(place) {
    const Bucket = place.output('BucketName');
    const s3 = await place.pool.load('s3');
    const Key = `incoming/${String((files += 1))}.csv`;
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'a,b' }));
    const lambda = await place.pool.load('lambda');
    const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: place.output('FunctionName') }));
    const told: unknown = JSON.parse(Buffer.from(Payload ?? []).toString());
    expect(told).toMatchObject({ files, bytes: files * 3, newest: Key });
    // And at its time: within a day of any moment there is a seven o'clock.
    const before = await reports(place);
    await expect
      .poll(async () => {
        await place.pass(3600);
        return (await reports(place)).length;
      })
      .toBeGreaterThan(before.length);
    const byItself = (await reports(place)).find((key) => !before.includes(key)) ?? '';
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: byItself }));
    expect(JSON.parse((await Body?.transformToString()) ?? '')).toMatchObject({ files });
  },
  change: { parameters: { When: 'rate(2 hours)' } },
  async changed(place) {
    const before = (await reports(place)).length;
    await expect
      .poll(async () => {
        await place.pass(3600);
        return (await reports(place)).length;
      })
      .toBeGreaterThan(before);
  },
});

async function reports(place: Place): Promise<string[]> {
  const s3 = await place.pool.load('s3');
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: place.output('BucketName'), Prefix: 'reports/' }),
  );
  return Contents.map(({ Key = '' }) => Key);
}
