import type { ResourceType } from '../resource-type.ts';
import { bucketPolicy } from './bucket-policy.ts';
import { bucket } from './bucket.ts';

export const s3Types = {
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': bucketPolicy,
} satisfies Record<string, ResourceType>;
