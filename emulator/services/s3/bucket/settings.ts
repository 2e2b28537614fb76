import type { ObjectOwnership, ServerSideEncryption } from '@aws-sdk/client-s3';
import type { Cloud } from '../../../cloud.ts';
import type { Operations } from '../../../service/operations.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import { invalidArgument, malformedXml } from '../failures.ts';
import { bucketNamed, storeOf } from '../rows.ts';
import type { BucketRow } from '../rows.ts';
import type { S3 } from '../client.ts';

type Named = Parameters<typeof bucketNamed>[1];

/** Who owns what is put into a bucket: the bucket's owner since April 2023, with access control lists switched off. */
export function ownershipOf(bucket: BucketRow): string {
  return bucket.ownership ?? 'BucketOwnerEnforced';
}

const ownerships = new Set(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']);

/** Whether S3 knows such an ownership. */
export function isOwnership(name: string): boolean {
  return ownerships.has(name);
}

const encryptions: readonly string[] = ['AES256', 'aws:kms', 'aws:kms:dsse'] satisfies ServerSideEncryption[];
const isEncryption = (name: string): name is ServerSideEncryption => encryptions.includes(name);

/** Encryption, ownership, and what clients and CloudFormation ask of every bucket. */
export function settingOperations(cloud: Cloud) {
  const stores = storeOf(cloud);
  const change = (input: Named, account: string, more: Partial<BucketRow>): Record<string, never> => {
    const store = stores(account);
    const row = bucketNamed(store, input);
    store.buckets.set(row.name, { ...row, ...more });
    return {};
  };
  const find = (input: Named, account: string): BucketRow => bucketNamed(stores(account), input);
  return {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html
    PutBucketEncryption(input, { account }) {
      const rules = input.ServerSideEncryptionConfiguration?.Rules ?? [];
      const [rule] = rules;
      const { SSEAlgorithm, KMSMasterKeyID } = rule?.ApplyServerSideEncryptionByDefault ?? {};
      find(input, account);
      if (rules.length !== 1 || SSEAlgorithm === undefined) throw malformedXml();
      if (!isEncryption(SSEAlgorithm)) throw malformedXml();
      if (KMSMasterKeyID !== undefined && SSEAlgorithm === 'AES256') {
        throw invalidArgument(
          'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
          'ApplyServerSideEncryptionByDefault',
        );
      }
      return change(input, account, {
        bucketKey: rule?.BucketKeyEnabled === true,
        encryption: SSEAlgorithm,
        encryptionKey: KMSMasterKeyID,
      });
    },
    GetBucketEncryption(input, { account }) {
      const { bucketKey = false, encryption = 'AES256', encryptionKey } = find(input, account);
      return {
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: {
                SSEAlgorithm: encryption,
                KMSMasterKeyID: encryptionKey,
              },
              BucketKeyEnabled: bucketKey,
            },
          ],
        },
      };
    },
    DeleteBucketEncryption: (input, { account }) =>
      change(input, account, { bucketKey: false, encryption: undefined, encryptionKey: undefined }),

    PutBucketOwnershipControls(input, { account }) {
      const rules = input.OwnershipControls?.Rules ?? [];
      const ownership = rules[0]?.ObjectOwnership;
      find(input, account);
      if (rules.length !== 1 || ownership === undefined || !ownerships.has(ownership)) throw malformedXml();
      return change(input, account, { ownership });
    },
    GetBucketOwnershipControls(input, { account }) {
      const bucket = find(input, account);
      if (bucket.ownership === null) {
        throw new ServiceFailure(
          'OwnershipControlsNotFoundError',
          'The bucket ownership controls were not found',
          { status: 404, members: { BucketName: bucket.name } },
        );
      }
      return { OwnershipControls: { Rules: [{ ObjectOwnership: ownershipOf(bucket) as ObjectOwnership }] } };
    },
    DeleteBucketOwnershipControls: (input, { account }) => change(input, account, { ownership: null }),

    GetBucketRequestPayment(input, { account }) {
      find(input, account);
      return { Payer: 'BucketOwner' as const };
    },
    GetBucketAccelerateConfiguration(input, { account }) {
      find(input, account);
      return {};
    },
    GetBucketLogging(input, { account }) {
      find(input, account);
      return {};
    },
    GetBucketWebsite(input, { account }) {
      throw absent(
        find(input, account),
        'NoSuchWebsiteConfiguration',
        'The specified bucket does not have a website configuration',
      );
    },
    GetBucketReplication(input, { account }) {
      throw absent(
        find(input, account),
        'ReplicationConfigurationNotFoundError',
        'The replication configuration was not found',
      );
    },
    GetObjectLockConfiguration(input, { account }) {
      throw absent(
        find(input, account),
        'ObjectLockConfigurationNotFoundError',
        'Object Lock configuration does not exist for this bucket',
      );
    },
  } satisfies Operations<S3>;
}

function absent({ name }: BucketRow, code: string, message: string): ServiceFailure {
  return new ServiceFailure(code, message, { status: 404, members: { BucketName: name } });
}
