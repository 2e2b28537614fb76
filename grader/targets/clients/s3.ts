import { S3Client } from '@aws-sdk/client-s3';
import type { MadeWith } from './settings.ts';

/** Path-style on everything but AWS: `bucket.127.0.0.1` is no host name, and `*.localhost` is not one everywhere. */
export const make = (settings: MadeWith): S3Client =>
  new S3Client({ ...settings, forcePathStyle: settings.endpoint !== undefined });
