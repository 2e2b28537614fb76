import type { Cloud } from '../../cloud.ts';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import { aclOperations } from './bucket/acl.ts';
import { bucketOperations } from './bucket/operations.ts';
import { settingOperations } from './bucket/settings.ts';
import { corsOperations } from './cors/operations.ts';
import { lifecycleOperations } from './lifecycle/operations.ts';
import { Sweeper } from './lifecycle/sweeper.ts';
import { attributeOperations } from './object/attributes.ts';
import { postForms } from './form/post.ts';
import { bucketPages } from './cors/pages.ts';
import { bucketAccess } from './policy/access.ts';
import { policyOperations } from './policy/operations.ts';
import { noSuchBucket } from './failures.ts';
import { listOperations } from './listing/operations.ts';
import { limits, schemas } from './model.ts';
import { multipartOperations } from './multipart/operations.ts';
import { wholeBytes } from './object/bytes.ts';
import { deleteOperations } from './object/delete.ts';
import { readOperations } from './object/read.ts';
import { objectTagOperations } from './object/tagging.ts';
import { versionNamed } from './object/versions.ts';
import { Deliveries } from './notification/deliveries.ts';
import { Notifier, serviceOrigin } from './notification/notifier.ts';
import { notificationOperations } from './notification/operations.ts';
import { putObject, writeOperations } from './object/write.ts';
import type { S3Port } from './port.ts';
import { storeOf } from './rows.ts';
import type { S3 } from './client.ts';

type Named = { readonly Bucket?: string | undefined; readonly Key?: string | undefined };
const bucket = ({ Bucket = '*' }: Named): string => `arn:aws:s3:::${Bucket}`;
const object = ({ Bucket = '*', Key = '*' }: Named): string => `arn:aws:s3:::${Bucket}/${Key}`;

/** Simple Storage Service: buckets and objects. */
export default defineService<S3, S3Port>({
  wire: identities.s3,
  schemas,
  limits,
  create(cloud: Cloud) {
    const stores = storeOf(cloud);
    const deliveries = new Deliveries(cloud);
    const notifier = new Notifier(cloud, deliveries);
    const sweeper = new Sweeper(cloud, notifier);
    deliveries.resume();
    sweeper.wake();
    return {
      operations: {
        ...bucketOperations(cloud),
        ...readOperations(cloud),
        ...writeOperations(cloud, notifier),
        ...deleteOperations(cloud, notifier),
        ...objectTagOperations(cloud, notifier),
        ...settingOperations(cloud),
        ...aclOperations(cloud),
        ...policyOperations(cloud),
        ...corsOperations(cloud),
        ...lifecycleOperations(cloud, sweeper),
        ...attributeOperations(cloud),
        ...notificationOperations(cloud),
        ...listOperations(cloud),
        ...multipartOperations(cloud, notifier),
      },
      port: {
        async read({ account }, name, key, versionId) {
          const store = stores(account);
          if (!store.buckets.has(name)) throw noSuchBucket(name);
          const { pieces, etag } = versionNamed(store, name, key, versionId);
          return { bytes: await wholeBytes(cloud.blobs, pieces), etag };
        },
        async write({ account }, name, key, bytes, contentType, by = {}) {
          const input = { Bucket: name, Key: key, Body: bytes, ContentType: contentType };
          const origin = serviceOrigin(account, by);
          const { ETag: etag } = await putObject(cloud, notifier, origin, input);
          return { etag };
        },
      },
      resources: {
        CreateBucket: bucket,
        HeadBucket: bucket,
        DeleteBucket: bucket,
        GetBucketLocation: bucket,
        GetBucketVersioning: bucket,
        PutBucketVersioning: bucket,
        GetBucketTagging: bucket,
        PutBucketTagging: bucket,
        DeleteBucketTagging: bucket,
        PutBucketPolicy: bucket,
        GetBucketPolicy: bucket,
        DeleteBucketPolicy: bucket,
        GetBucketPolicyStatus: bucket,
        PutPublicAccessBlock: bucket,
        GetPublicAccessBlock: bucket,
        DeletePublicAccessBlock: bucket,
        PutBucketCors: bucket,
        GetBucketCors: bucket,
        DeleteBucketCors: bucket,
        PutBucketEncryption: bucket,
        GetBucketEncryption: bucket,
        DeleteBucketEncryption: bucket,
        PutBucketOwnershipControls: bucket,
        GetBucketOwnershipControls: bucket,
        DeleteBucketOwnershipControls: bucket,
        PutBucketLifecycleConfiguration: bucket,
        GetBucketLifecycleConfiguration: bucket,
        DeleteBucketLifecycle: bucket,
        GetBucketAcl: bucket,
        PutBucketAcl: bucket,
        GetObjectAcl: object,
        PutObjectAcl: object,
        GetBucketLogging: bucket,
        GetBucketAccelerateConfiguration: bucket,
        GetBucketRequestPayment: bucket,
        GetBucketWebsite: bucket,
        GetBucketReplication: bucket,
        GetObjectLockConfiguration: bucket,
        GetObjectAttributes: object,
        GetBucketNotificationConfiguration: bucket,
        PutBucketNotificationConfiguration: bucket,
        ListObjects: bucket,
        ListObjectsV2: bucket,
        ListObjectVersions: bucket,
        ListMultipartUploads: bucket,
        // The others of its keys follow as further needs.
        DeleteObjects: ({ Bucket = '*', Delete }) =>
          `arn:aws:s3:::${Bucket}/${Delete?.Objects?.[0]?.Key ?? '*'}`,
        GetObject: object,
        HeadObject: object,
        PutObject: object,
        CopyObject: object,
        DeleteObject: object,
        GetObjectTagging: object,
        PutObjectTagging: object,
        DeleteObjectTagging: object,
        CreateMultipartUpload: object,
        UploadPart: object,
        UploadPartCopy: object,
        CompleteMultipartUpload: object,
        AbortMultipartUpload: object,
        ListParts: object,
      },
      access: bucketAccess(cloud),
      pages: bucketPages(cloud),
      forms: postForms(cloud, notifier),
      stop: async () => {
        sweeper.stop();
        await deliveries.stop();
      },
      withoutEffect: {
        'CreateBucket.Bucket':
          'Names are free in each account; on AWS a name belongs to one account worldwide.',
        'CreateBucket.ACL': 'Access control lists are not kept: an account owns all that it stores.',
        'PutBucketOwnershipControls.OwnershipControls':
          'Kept and answered; the bucket owner always owns the objects.',
        'PutBucketEncryption.ServerSideEncryptionConfiguration':
          'Kept and answered; objects are stored as they are, and answers of them say AES256.',
        'PutPublicAccessBlock.PublicAccessBlockConfiguration':
          'IgnorePublicAcls: there are no public access control lists.',
        'PutObject.ServerSideEncryption': 'Objects are stored as they are; answers say AES256, S3’s default.',
        'PutObject.SSEKMSKeyId': 'There are no keys.',
        'PutObject.StorageClass': 'Kept and answered; objects are always at hand.',
        'CopyObject.ServerSideEncryption': 'Objects are stored as they are.',
        'CreateMultipartUpload.ServerSideEncryption': 'Objects are stored as they are.',
        'DeleteObject.MFA': 'There are no MFA devices.',
        'ListMultipartUploads.MaxUploads': 'All uploads come on one page.',
        'GetObject.Bucket': 'A bucket is served in every region; on AWS another region’s endpoint redirects.',
      },
    };
  },
});
