import type {
  BucketCannedACL,
  OwnershipControls,
  PublicAccessBlockConfiguration,
  ServerSideEncryptionRule,
} from '@aws-sdk/client-s3';
import { plain, shaped } from '../translate/shaped.ts';
import type { Setting } from './setting.ts';

/** Who owns what is in a bucket. */
export const ownershipControls: Setting = {
  put: (Bucket, value, work) =>
    work.call('s3', 'PutBucketOwnershipControls', {
      Bucket,
      OwnershipControls: shaped<OwnershipControls>(value),
    }),
  drop: (Bucket, work) => work.call('s3', 'DeleteBucketOwnershipControls', { Bucket }),
  read: async (Bucket, work) =>
    plain((await work.call('s3', 'GetBucketOwnershipControls', { Bucket })).OwnershipControls),
};

/** What of a bucket may never be public. */
export const publicAccessBlock: Setting = {
  put: (Bucket, value, work) =>
    work.call('s3', 'PutPublicAccessBlock', {
      Bucket,
      PublicAccessBlockConfiguration: shaped<PublicAccessBlockConfiguration>(value),
    }),
  drop: (Bucket, work) => work.call('s3', 'DeletePublicAccessBlock', { Bucket }),
  read: async (Bucket, work) =>
    plain((await work.call('s3', 'GetPublicAccessBlock', { Bucket })).PublicAccessBlockConfiguration),
};

const acls: Readonly<Record<string, string>> = {
  AuthenticatedRead: 'authenticated-read',
  AwsExecRead: 'aws-exec-read',
  BucketOwnerFullControl: 'bucket-owner-full-control',
  BucketOwnerRead: 'bucket-owner-read',
  LogDeliveryWrite: 'log-delivery-write',
  PublicRead: 'public-read',
  PublicReadWrite: 'public-read-write',
};

/** The older way to let others in, which S3 does not tell again. */
export const accessControl: Setting = {
  async put(Bucket, value, work) {
    const ACL = typeof value === 'string' ? acls[value] : undefined;
    // `Private` is what every bucket is.
    if (ACL !== undefined) await work.call('s3', 'PutBucketAcl', { Bucket, ACL: ACL as BucketCannedACL });
  },
  drop: async () => Promise.resolve(),
};

interface EncryptionRule {
  readonly BucketKeyEnabled?: boolean;
  readonly ServerSideEncryptionByDefault?: NonNullable<
    ServerSideEncryptionRule['ApplyServerSideEncryptionByDefault']
  >;
}

/** How objects are encrypted where nothing else is said. */
export const encryption: Setting = {
  put(Bucket, value, work) {
    const { ServerSideEncryptionConfiguration: rules } = shaped<{
      readonly ServerSideEncryptionConfiguration: readonly EncryptionRule[];
    }>(value);
    const Rules = rules.map(({ BucketKeyEnabled, ServerSideEncryptionByDefault }) => ({
      ...(BucketKeyEnabled !== undefined && { BucketKeyEnabled }),
      ...(ServerSideEncryptionByDefault !== undefined && {
        ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault,
      }),
    }));
    return work.call('s3', 'PutBucketEncryption', { Bucket, ServerSideEncryptionConfiguration: { Rules } });
  },
  drop: (Bucket, work) => work.call('s3', 'DeleteBucketEncryption', { Bucket }),
  async read(Bucket, work) {
    const told = await work.call('s3', 'GetBucketEncryption', { Bucket });
    const rules = told.ServerSideEncryptionConfiguration?.Rules ?? [];
    return {
      ServerSideEncryptionConfiguration: rules.map((rule) => ({
        BucketKeyEnabled: rule.BucketKeyEnabled ?? false,
        ServerSideEncryptionByDefault: plain(rule.ApplyServerSideEncryptionByDefault) ?? null,
      })),
    };
  },
};
