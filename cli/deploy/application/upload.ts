import {
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  waitUntilBucketExists,
  type S3Client,
} from '@aws-sdk/client-s3';
import { digestOf } from './build/zip.ts';
import type { Package } from './build/package.ts';

/** Where something was put, and whether it had to be sent. */
export interface Uploaded {
  readonly key: string;
  readonly sent: boolean;
  /** bytes */
  readonly size: number;
}

/** Makes the bucket for what is deployed, if it is not there. */
export async function openBucket(client: S3Client, bucket: string): Promise<void> {
  if (await isThere(client.send(new HeadBucketCommand({ Bucket: bucket })))) return;
  const region = await client.config.region();
  try {
    await client.send(
      new CreateBucketCommand({
        Bucket: bucket,
        // Of all Regions this one alone must not be named (S3 API reference, CreateBucket).
        ...(region === 'us-east-1'
          ? {}
          : { CreateBucketConfiguration: { LocationConstraint: region as never } }),
      }),
    );
  } catch (error) {
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
  }
  await waitUntilBucketExists({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 4 }, { Bucket: bucket });
}

/** Puts a package under a name that its contents give it. One that is there is not sent again. */
export async function upload(
  client: S3Client,
  bucket: string,
  prefix: string,
  { contents, extension }: Package,
): Promise<Uploaded> {
  const key = `${prefix}/${digestOf(contents)}${extension}`;
  const size = contents.length;
  if (await isThere(client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))))
    return { key, sent: false, size };
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: contents }));
  return { key, sent: true, size };
}

/** A HEAD request has no body: what is not there is a status, and the SDK calls it `NotFound`. */
async function isThere(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if (error instanceof Error && ['NotFound', 'NoSuchKey', 'NoSuchBucket'].includes(error.name))
      return false;
    throw error;
  }
}
