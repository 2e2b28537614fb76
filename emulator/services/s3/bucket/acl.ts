import type { Cloud } from '../../../cloud.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import { notBuilt } from '../failures.ts';
import { versionNamed } from '../object/versions.ts';
import { publicAccessOf } from '../policy/public-access.ts';
import { bucketNamed, ownerId, storeOf } from '../rows.ts';
import type { BucketRow } from '../rows.ts';
import { ownershipOf } from './settings.ts';
import type { S3 } from '../client.ts';

interface Acl {
  readonly ACL?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWrite?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
  readonly AccessControlPolicy?: object | undefined;
}

/** What access control lists can say where everything belongs to the bucket's owner. */
export function aclOperations(cloud: Cloud) {
  const stores = storeOf(cloud);
  return {
    GetBucketAcl(input, { account }) {
      bucketNamed(stores(account), input);
      return ownersOnly(account);
    },
    PutBucketAcl(input, { account }) {
      checkAcl(bucketNamed(stores(account), input), input);
      return {};
    },
    GetObjectAcl(input, { account }) {
      const store = stores(account);
      const { name } = bucketNamed(store, input);
      versionNamed(store, name, required(input.Key, 'Key'), input.VersionId);
      return ownersOnly(account);
    },
    PutObjectAcl(input, { account }) {
      const store = stores(account);
      const bucket = bucketNamed(store, input);
      versionNamed(store, bucket.name, required(input.Key, 'Key'), input.VersionId);
      checkAcl(bucket, input);
      return {};
    },
  } satisfies Operations<S3>;
}

function ownersOnly(account: string) {
  const ID = ownerId(account);
  const Grantee = { ID, Type: 'CanonicalUser' as const };
  return { Owner: { ID }, Grants: [{ Grantee, Permission: 'FULL_CONTROL' as const }] };
}

/**
 * Refuses an access control list as a bucket of today does, which has them switched off.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 * @throws ServiceFailure
 */
export function checkAcl(bucket: BucketRow, acl: Acl): void {
  const grants = [
    acl.GrantFullControl,
    acl.GrantRead,
    acl.GrantReadACP,
    acl.GrantWrite,
    acl.GrantWriteACP,
    acl.AccessControlPolicy,
  ].some((grant) => grant !== undefined);
  const canned = acl.ACL;
  if (!grants && (canned === undefined || canned === 'bucket-owner-full-control')) return;
  if (ownershipOf(bucket) === 'BucketOwnerEnforced') {
    throw new ServiceFailure('AccessControlListNotSupported', 'The bucket does not allow ACLs', {
      status: 400,
    });
  }
  if (!grants && canned === 'private') return;
  if (canned?.startsWith('public-') === true && publicAccessOf(bucket).blockPublicAcls) {
    throw new ServiceFailure('AccessDenied', 'Access Denied', { status: 403 });
  }
  throw notBuilt(`The access control list ${canned ?? 'of grants'}`);
}
