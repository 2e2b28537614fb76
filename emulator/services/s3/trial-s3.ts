import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { GetObjectCommandOutput, PutObjectCommandOutput } from '@aws-sdk/client-s3';
import { startCloud } from '../../start.ts';
import type { RunningCloud } from '../../start.ts';

/** The account that the tests of S3 act in. */
export const account = '111122223333';

/** A running cloud with a client of S3, for tests. */
export interface TrialS3 {
  readonly running: RunningCloud;
  readonly s3: S3Client;
  clientOf(accessKeyId: string, region?: string): S3Client;
  bucket(name: string): Promise<string>;
  put(Bucket: string, Key: string, Body: string | Uint8Array, more?: object): Promise<PutObjectCommandOutput>;
  get(Bucket: string, Key: string, more?: object): Promise<GetObjectCommandOutput & { text: string }>;
  stop(): Promise<void>;
}

export async function trialS3(): Promise<TrialS3> {
  const running = await startCloud({ port: 0, home: 'unused', ephemeral: true });
  const clientOf = (accessKeyId: string, region = 'us-east-1'): S3Client =>
    new S3Client({
      region,
      endpoint: running.origin,
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey: 'x' },
    });
  const s3 = clientOf(account);
  return {
    running,
    s3,
    clientOf,
    bucket: async (name) => {
      await s3.send(new CreateBucketCommand({ Bucket: name }));
      return name;
    },
    put: (Bucket, Key, Body, more = {}) => s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more })),
    get: async (Bucket, Key, more = {}) => {
      const answer = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
      return { ...answer, text: (await answer.Body?.transformToString()) ?? '' };
    },
    stop: async () => {
      s3.destroy();
      await running.stop();
    },
  };
}
