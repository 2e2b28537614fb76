import { freshId, keyOf } from '../rows.ts';
import type { BucketRow, ObjectVersion, Store, Version } from '../rows.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import { invalidArgument, noSuchKey } from '../failures.ts';

/** An object without the version's id, which the bucket decides. */
export type NewObject = Omit<ObjectVersion, 'id' | 'kind'>;

/**
 * Puts a new version on a key: beside the older ones where versioning is on, otherwise in the place of the
 * `null` version.
 * @returns the version's id where the bucket answers one
 */
export function putVersion(
  store: Store,
  bucket: BucketRow,
  key: string,
  object: NewObject,
): string | undefined {
  const id = bucket.versioning === 'Enabled' ? freshId() : 'null';
  write(store, bucket, key, [{ ...object, kind: 'object', id }, ...others(store, bucket, key, id)]);
  return bucket.versioning === 'Enabled' ? id : undefined;
}

/** What a deletion did. */
export interface Deletion {
  readonly marker: boolean;
  readonly versionId: string | undefined;
  /** What is to be told of it; undefined where nothing was there to delete. */
  readonly happened: 'Delete' | 'DeleteMarkerCreated' | undefined;
}

/**
 * Deletes a key, or one version of it. With versioning a key is only hidden, by a marker.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html
 */
export function deleteKey(
  store: Store,
  bucket: BucketRow,
  key: string,
  versionId: string | undefined,
  now: number,
): Deletion {
  if (versionId !== undefined) {
    const versions = store.keys.get(keyOf(bucket.name, key))?.versions ?? [];
    const gone = versions.find(({ id }) => id === versionId);
    if (gone === undefined && versionId !== 'null' && !isVersionId(versionId)) {
      throw invalidArgument('Invalid version id specified', 'versionId', versionId);
    }
    if (gone !== undefined)
      write(
        store,
        bucket,
        key,
        versions.filter((version) => version !== gone),
      );
    return { marker: gone?.kind === 'marker', versionId, happened: gone && 'Delete' };
  }
  if (bucket.versioning === undefined) {
    const gone = store.keys.delete(keyOf(bucket.name, key));
    return { marker: false, versionId: undefined, happened: gone ? 'Delete' : undefined };
  }
  const id = bucket.versioning === 'Enabled' ? freshId() : 'null';
  write(store, bucket, key, [{ kind: 'marker', id, modified: now }, ...others(store, bucket, key, id)]);
  return { marker: true, versionId: id, happened: 'DeleteMarkerCreated' };
}

/**
 * The version of an object that a request wants.
 * @throws ServiceFailure `NoSuchKey`, `NoSuchVersion`, `MethodNotAllowed`, `InvalidArgument`
 */
export function versionNamed(store: Store, bucket: string, key: string, versionId?: string): ObjectVersion {
  const versions = store.keys.get(keyOf(bucket, key))?.versions ?? [];
  if (versionId === undefined) {
    const newest = versions[0];
    if (newest?.kind === 'object') return newest;
    throw noSuchKey(key);
  }
  const version = versions.find(({ id }) => id === versionId);
  if (version?.kind === 'object') return version;
  if (version?.kind === 'marker') {
    throw new ServiceFailure(
      'MethodNotAllowed',
      'The specified method is not allowed against this resource.',
      {
        status: 405,
        members: { Method: 'GET', ResourceType: 'DeleteMarker' },
      },
    );
  }
  if (versionId !== 'null' && !isVersionId(versionId)) {
    throw invalidArgument('Invalid version id specified', 'versionId', versionId);
  }
  throw new ServiceFailure('NoSuchVersion', 'The specified version does not exist.', {
    status: 404,
    members: { Key: key, VersionId: versionId },
  });
}

/** The newest version of a key if it is an object: what conditions on a write look at. */
export function current(store: Store, bucket: string, key: string): ObjectVersion | undefined {
  const newest = store.keys.get(keyOf(bucket, key))?.versions[0];
  return newest?.kind === 'object' ? newest : undefined;
}

function isVersionId(text: string): boolean {
  return /^[\w.-]{32}$/.test(text);
}

function others(store: Store, bucket: BucketRow, key: string, id: string): Version[] {
  return (store.keys.get(keyOf(bucket.name, key))?.versions ?? []).filter((version) => version.id !== id);
}

function write(store: Store, bucket: BucketRow, key: string, versions: readonly Version[]): void {
  if (versions.length === 0) store.keys.delete(keyOf(bucket.name, key));
  else store.keys.set(keyOf(bucket.name, key), { bucket: bucket.name, key, versions });
}
