import type { Cloud } from '../../../cloud.ts';
import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import { bucketNamed, keyOf, storeOf } from '../rows.ts';
import type { BucketRow, Store, TagRow } from '../rows.ts';
import { tagRows, tagSet } from '../tags.ts';
import { versionNamed } from './versions.ts';
import type { S3 } from '../client.ts';

interface TagInput {
  readonly Bucket: string | undefined;
  readonly Key: string | undefined;
  readonly VersionId?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

/** Tags of objects. */
export function objectTagOperations(cloud: Cloud) {
  const stores = storeOf(cloud);
  const replace = (input: TagInput, account: string, tags: readonly TagRow[]): { VersionId?: string } => {
    const store = stores(account);
    const bucket = bucketNamed(store, input);
    const key = required(input.Key, 'Key');
    const version = versionNamed(store, bucket.name, key, input.VersionId);
    const row = store.keys.get(keyOf(bucket.name, key));
    const versions = (row?.versions ?? []).map((one) => (one === version ? { ...version, tags } : one));
    store.keys.set(keyOf(bucket.name, key), { bucket: bucket.name, key, versions });
    return versionMember(bucket, version.id);
  };
  return {
    GetObjectTagging(input, { account }) {
      const store: Store = stores(account);
      const bucket = bucketNamed(store, input);
      const version = versionNamed(store, bucket.name, required(input.Key, 'Key'), input.VersionId);
      return { TagSet: tagSet(version.tags), ...versionMember(bucket, version.id) };
    },
    PutObjectTagging: (input, { account }) =>
      replace(input, account, tagRows(input.Tagging?.TagSet, 'object')),
    DeleteObjectTagging: (input, { account }) => replace(input, account, []),
  } satisfies Operations<S3>;
}

function versionMember(bucket: BucketRow, id: string): { VersionId?: string } {
  return bucket.versioning === undefined ? {} : { VersionId: id };
}
