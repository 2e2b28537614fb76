import type { Cloud } from '../../../cloud.ts';
import type { Call } from '../../../service/call.ts';
import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import { originOf } from '../notification/notifier.ts';
import type { Notifier } from '../notification/notifier.ts';
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
export function objectTagOperations(cloud: Cloud, notifier: Notifier) {
  const stores = storeOf(cloud);
  const replace = (input: TagInput, call: Call, tags: readonly TagRow[]): { VersionId?: string } => {
    const store = stores(call.account);
    const bucket = bucketNamed(store, input);
    const key = required(input.Key, 'Key');
    const version = versionNamed(store, bucket.name, key, input.VersionId);
    const row = store.keys.get(keyOf(bucket.name, key));
    const versions = (row?.versions ?? []).map((one) => (one === version ? { ...version, tags } : one));
    store.keys.set(keyOf(bucket.name, key), { bucket: bucket.name, key, versions });
    const told = versionMember(bucket, version.id);
    notifier.tell(originOf(call), bucket, {
      name: call.operation === 'DeleteObjectTagging' ? 'ObjectTagging:Delete' : 'ObjectTagging:Put',
      key,
      etag: version.etag,
      versionId: told.VersionId,
    });
    return told;
  };
  return {
    GetObjectTagging(input, { account }) {
      const store: Store = stores(account);
      const bucket = bucketNamed(store, input);
      const version = versionNamed(store, bucket.name, required(input.Key, 'Key'), input.VersionId);
      return { TagSet: tagSet(version.tags), ...versionMember(bucket, version.id) };
    },
    PutObjectTagging: (input, call) => replace(input, call, tagRows(input.Tagging?.TagSet, 'object')),
    DeleteObjectTagging: (input, call) => replace(input, call, []),
  } satisfies Operations<S3>;
}

function versionMember(bucket: BucketRow, id: string): { VersionId?: string } {
  return bucket.versioning === undefined ? {} : { VersionId: id };
}
