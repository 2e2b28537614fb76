import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundleCloud } from '../../../server/fixture/processes.ts';
import type { CloudProcess } from '../../../server/fixture/processes.ts';
import { account } from '../trial-s3.ts';
import { listenersAt, notify } from './trial.ts';

it('an object that was acknowledged is told of, though the cloud is killed at once', async () => {
  const home = mkdtempSync(join(tmpdir(), 'coldstart-s3-kill-'));
  const program = await bundleCloud();
  const clientOf = ({ said }: CloudProcess): S3Client =>
    new S3Client({
      region: 'us-east-1',
      endpoint: said.origin ?? '',
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: { accessKeyId: account, secretAccessKey: 'x' },
    });
  try {
    let cloud = await program.start({ port: 0, home });
    const Bucket = 'killed';
    let s3 = clientOf(cloud);
    let listeners = listenersAt(cloud.said.origin ?? '');
    const queue = await listeners.queue('killed');
    await s3.send(new CreateBucketCommand({ Bucket }));
    await notify(s3, Bucket, {
      QueueConfigurations: [{ QueueArn: queue.arn, Events: ['s3:ObjectCreated:*'] }],
    });
    const acknowledged: string[] = [];
    for (let kill = 0; kill < 3; kill += 1) {
      const burst = Array.from({ length: 8 }, (_, at) => `k${kill}-${at}`);
      const first = burst.map(async (Key) => {
        await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
        acknowledged.push(Key);
      });
      // Struck when the first is acknowledged: the others, and every delivery, are under way.
      await Promise.race(first);
      const gone = cloud.kill();
      await Promise.allSettled(first);
      await gone;
      s3.destroy();
      listeners.stop();
      cloud = await program.start({ port: 0, home });
      expect(cloud.errors()).toBe('');
      s3 = clientOf(cloud);
      listeners = listenersAt(cloud.said.origin ?? '');
    }
    const { url } = await listeners.queue('killed');
    const told = new Set<unknown>();
    await expect
      .poll(
        async () => {
          for (const { s3: seen } of await listeners.records(url, 1)) told.add(seen.object['key']);
          return acknowledged.filter((key) => !told.has(key));
        },
        { timeout: 30_000 },
      )
      .toEqual([]);
    expect(acknowledged.length).toBeGreaterThanOrEqual(3);
    s3.destroy();
    listeners.stop();
    await cloud.kill();
  } finally {
    await program.remove();
    rmSync(home, { recursive: true, force: true });
  }
}, 120_000);
