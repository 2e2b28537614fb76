import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Place } from '../testing/place.ts';
import { proveApplication } from '../testing/prove-application.ts';

const HOUR = 3600;

let files = 0;
/** Seconds that the clock was moved by. */
let passed = 0;
let isRate = false;

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
    // And at its time.
    const before = await reports(place);
    await oneMore(place);
    const byItself = (await reports(place)).find((key) => !before.includes(key)) ?? '';
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: byItself }));
    expect(JSON.parse((await Body?.transformToString()) ?? '')).toMatchObject({ files });
  },
  change: { parameters: { When: 'rate(2 hours)' } },
  async changed(place) {
    isRate = true;
    await oneMore(place);
  },
});

/**
 * Moves the clock to a minute after the schedule's next time, and waits for the report. No further: a call that is an
 * hour old is given up.
 */
async function oneMore(place: Place): Promise<void> {
  const before = (await reports(place)).length;
  const seconds = (isRate ? 2 * HOUR : untilSeven()) + 60;
  passed += seconds;
  await place.pass(seconds);
  await expect.poll(async () => (await reports(place)).length).toBeGreaterThan(before);
}

/** Seconds of the cloud's time until it is seven in Seoul, which is 22:00 UTC. */
function untilSeven(): number {
  const now = (Date.now() / 1000 + passed) % (24 * HOUR);
  return (22 * HOUR - now + 24 * HOUR) % (24 * HOUR);
}

async function reports(place: Place): Promise<string[]> {
  const s3 = await place.pool.load('s3');
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: place.output('BucketName'), Prefix: 'reports/' }),
  );
  return Contents.map(({ Key = '' }) => Key);
}
