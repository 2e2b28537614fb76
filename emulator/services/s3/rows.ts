import { createHash, randomBytes } from 'node:crypto';
import type { ServerSideEncryption } from '@aws-sdk/client-s3';
import type { Cloud } from '../../cloud.ts';
import { ServiceFailure } from '../../service/failure.ts';
import { required } from '../../service/required.ts';
import type { BlobRef } from '../../state/blobs.ts';
import type { Rows } from '../../state/state.ts';
import type { Checksum } from './checksum/checksum.ts';
import { noSuchBucket } from './failures.ts';
import type { CorsRow } from './cors/operations.ts';
import type { LifecycleRow } from './lifecycle/sweeper.ts';
import type { PublicAccessRow } from './policy/public-access.ts';
import type { NotificationRow } from './notification/configuration.ts';

export interface TagRow {
  readonly key: string;
  readonly value: string;
}

export interface BucketRow {
  readonly name: string;
  readonly region: string;
  /** ms since 1970 */
  readonly created: number;
  /** Absent: never switched on. */
  readonly versioning: 'Enabled' | 'Suspended' | undefined;
  readonly tags: readonly TagRow[] | undefined;
  readonly notifications?: NotificationRow;
  /** As it was put. Null where it was deleted, here and below. */
  readonly policy?: string | null;
  /** Absent: everything is blocked, as of a new bucket. */
  readonly publicAccess?: PublicAccessRow | null;
  readonly cors?: readonly CorsRow[] | null;
  /** Absent: `BucketOwnerEnforced`. */
  readonly ownership?: string | null;
  readonly bucketKey?: boolean;
  /** What new objects are to be encrypted with; absent is AES256. */
  readonly encryption?: ServerSideEncryption | undefined;
  readonly encryptionKey?: string | undefined;
}

/** A run of an object's bytes: an object that came in parts has one for each. */
export interface Piece {
  readonly blob: BlobRef;
  readonly size: number;
  readonly checksum: Checksum | undefined;
}

/** What is said of an object's bytes, as headers carry it. */
export interface ObjectHeaders {
  readonly contentType: string;
  readonly cacheControl: string | undefined;
  readonly contentDisposition: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly contentLanguage: string | undefined;
  /** ms since 1970 */
  readonly expires: number | undefined;
  readonly websiteRedirect: string | undefined;
  readonly storageClass: string;
  readonly metadata: Readonly<Record<string, string>>;
}

interface VersionBase {
  /** `null` for what was written while versioning was not on. */
  readonly id: string;
  /** ms since 1970, whole seconds as S3 has them. */
  readonly modified: number;
}
export interface ObjectVersion extends VersionBase {
  readonly kind: 'object';
  readonly pieces: readonly Piece[];
  readonly size: number;
  /** With its quotes. */
  readonly etag: string;
  readonly checksum: Checksum;
  /** Whether it came by a multipart upload. */
  readonly parts: number | undefined;
  readonly headers: ObjectHeaders;
  readonly tags: readonly TagRow[];
}
export interface DeleteMarker extends VersionBase {
  readonly kind: 'marker';
}
export type Version = ObjectVersion | DeleteMarker;

/** A key with its versions, newest first; at least one. */
export interface KeyRow {
  readonly bucket: string;
  readonly key: string;
  readonly versions: readonly Version[];
}

export interface UploadRow {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly initiated: number;
  readonly headers: ObjectHeaders;
  readonly tags: readonly TagRow[];
  readonly checksum:
    { readonly algorithm: Checksum['algorithm']; readonly kind: Checksum['kind'] } | undefined;
}

export interface PartRow {
  readonly uploadId: string;
  readonly number: number;
  readonly piece: Piece;
  readonly etag: string;
  readonly modified: number;
}

/**
 * S3's rows of one account. A bucket's name is its own on all of AWS; here each account has its own names, so
 * that students of a class can follow one guide.
 */
export interface Store {
  readonly account: string;
  readonly buckets: Rows<BucketRow>;
  /** By {@link keyOf}. */
  readonly keys: Rows<KeyRow>;
  readonly uploads: Rows<UploadRow>;
  /** By upload id and number. */
  readonly parts: Rows<PartRow>;
  /** By bucket. */
  readonly lifecycles: Rows<LifecycleRow>;
}

/** Access to an account's buckets. A bucket is found from every region, so all rows lie under `aws-global`. */
export function storeOf(cloud: Cloud): (account: string) => Store {
  const buckets = cloud.state.table<BucketRow>('s3.buckets');
  const keys = cloud.state.table<KeyRow>('s3.keys');
  const uploads = cloud.state.table<UploadRow>('s3.uploads');
  const parts = cloud.state.table<PartRow>('s3.parts');
  const lifecycles = cloud.state.table<LifecycleRow>('s3.lifecycles');
  return (account) => {
    const scope = { account, region: 'aws-global' };
    return {
      account,
      buckets: buckets.in(scope),
      keys: keys.in(scope),
      uploads: uploads.in(scope),
      parts: parts.in(scope),
      lifecycles: lifecycles.in(scope),
    };
  };
}

/** Where a key's row lies: names of buckets have no slash. */
export function keyOf(bucket: string, key: string): string {
  return `${bucket}/${key}`;
}

/**
 * The bucket that a request names.
 * @throws ServiceFailure `NoSuchBucket`, or `AccessDenied` where the request expects another owner
 */
export function bucketNamed(
  store: Store,
  input: { readonly Bucket: string | undefined; readonly ExpectedBucketOwner?: string | undefined },
): BucketRow {
  const name = required(input.Bucket, 'Bucket');
  const owner = input.ExpectedBucketOwner;
  if (owner !== undefined && !/^\d{12}$/.test(owner)) {
    throw new ServiceFailure(
      'InvalidBucketOwnerAWSAccountID',
      `The value of the expected bucket owner parameter must be an AWS Account ID... [${owner}]`,
      { status: 400 },
    );
  }
  const row = store.buckets.get(name);
  if (row === undefined) throw noSuchBucket(name);
  if (owner !== undefined && owner !== store.account) {
    throw new ServiceFailure('AccessDenied', 'Access Denied', { status: 403 });
  }
  return row;
}

/** The canonical user id of an account: 64 hex digits, always the same. */
export function ownerId(account: string): string {
  return createHash('sha256').update(`canonical user ${account}`).digest('hex');
}

/** An id for a version or an upload, as long as S3's. */
export function freshId(): string {
  return randomBytes(24).toString('base64url');
}

/** The cloud's time in whole seconds: S3 keeps no finer times. */
export function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
