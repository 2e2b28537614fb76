import type { Cloud } from '../../../cloud.ts';
import type { InputOf, Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import { checkAcl } from '../bucket/acl.ts';
import { algorithmNamed, checksumMembers, checksumOf, running, verified } from '../checksum/checksum.ts';
import type { Algorithm } from '../checksum/checksum.ts';
import { invalidRequest, noSuchBucket } from '../failures.ts';
import { originOf } from '../notification/notifier.ts';
import type { Notifier, Origin } from '../notification/notifier.ts';
import { bucketNamed, storeOf, wholeSeconds } from '../rows.ts';
import type { ObjectVersion } from '../rows.ts';
import { headerTags } from '../tags.ts';
import { bytesOf } from './bytes.ts';
import { checkCopySource, checkWriteConditions } from './conditions.ts';
import { copySource } from './copy-source.ts';
import { checkWrite, objectHeaders } from './headers.ts';
import { current, putVersion, versionNamed } from './versions.ts';
import type { S3 } from '../client.ts';

/** Writing objects whole. */
export function writeOperations(cloud: Cloud, notifier: Notifier) {
  const stores = storeOf(cloud);
  return {
    PutObject: (input, call) => putObject(cloud, notifier, originOf(call), input),

    async CopyObject(input, call) {
      const store = stores(call.account);
      const key = required(input.Key, 'Key');
      const target = bucketNamed(store, input);
      checkWrite(key, input);
      checkAcl(target, input);
      const from = copySource(required(input.CopySource, 'CopySource'));
      const sourceBucket = store.buckets.get(from.bucket);
      if (sourceBucket === undefined) throw noSuchBucket(from.bucket);
      const source = versionNamed(store, from.bucket, from.key, from.versionId);
      checkCopySource(source, {
        IfMatch: input.CopySourceIfMatch,
        IfNoneMatch: input.CopySourceIfNoneMatch,
        IfModifiedSince: input.CopySourceIfModifiedSince,
        IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
      });
      const replaces = input.MetadataDirective === 'REPLACE';
      const self = from.bucket === target.name && from.key === key && from.versionId === undefined;
      const changes =
        replaces ||
        input.StorageClass !== undefined ||
        input.ServerSideEncryption !== undefined ||
        input.WebsiteRedirectLocation !== undefined;
      if (self && !changes) {
        throw invalidRequest(
          "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
        );
      }
      const written = objectHeaders(input);
      const headers = replaces
        ? written
        : {
            ...source.headers,
            storageClass: written.storageClass,
            websiteRedirect: written.websiteRedirect,
          };
      const tags = input.TaggingDirective === 'REPLACE' ? headerTags(input.Tagging) : source.tags;
      const sums = await resummed(
        cloud,
        source,
        fallback(input.ChecksumAlgorithm, source.checksum.algorithm),
      );
      const modified = wholeSeconds(cloud.clock.now());

      const bucket = bucketNamed(store, input);
      checkWriteConditions(key, current(store, bucket.name, key), input);
      const versionId = putVersion(store, bucket, key, {
        pieces: source.pieces,
        size: source.size,
        ...sums,
        parts: undefined,
        headers,
        tags,
        modified,
      });
      notifier.tell(originOf(call), bucket, {
        name: 'ObjectCreated:Copy',
        key,
        size: source.size,
        etag: sums.etag,
        versionId,
      });
      return {
        CopyObjectResult: {
          ETag: sums.etag,
          LastModified: new Date(modified),
          ...checksumMembers(sums.checksum),
        },
        ServerSideEncryption: 'AES256' as const,
        ...(versionId !== undefined && { VersionId: versionId }),
        ...(sourceBucket.versioning !== undefined && { CopySourceVersionId: source.id }),
      };
    },
  } satisfies Operations<S3>;
}

/** Writes an object whole, and tells of it. */
export async function putObject(
  cloud: Cloud,
  notifier: Notifier,
  origin: Origin,
  input: InputOf<S3, 'PutObject'>,
  name: 'ObjectCreated:Put' | 'ObjectCreated:Post' = 'ObjectCreated:Put',
) {
  const store = storeOf(cloud)(origin.account);
  const key = required(input.Key, 'Key');
  checkWrite(key, input);
  checkAcl(bucketNamed(store, input), input);
  const headers = objectHeaders(input);
  const tags = headerTags(input.Tagging);
  const bytes = input.Body ?? new Uint8Array();
  const checksum = verified(bytes, input, fallback(input.ChecksumAlgorithm));
  const etag = `"${hex(checksumOf('MD5', bytes))}"`;
  const blob = await cloud.blobs.put(bytes);

  // Nothing may come between the conditions and the write; the bucket may have gone meanwhile.
  const bucket = bucketNamed(store, input);
  checkWriteConditions(key, current(store, bucket.name, key), input);
  const versionId = putVersion(store, bucket, key, {
    pieces: [{ blob, size: bytes.length, checksum }],
    size: bytes.length,
    etag,
    checksum,
    parts: undefined,
    headers,
    tags,
    modified: wholeSeconds(cloud.clock.now()),
  });
  notifier.tell(origin, bucket, { name, key, size: bytes.length, etag, versionId });
  return {
    ETag: etag,
    ServerSideEncryption: 'AES256' as const,
    ...checksumMembers(checksum),
    ...(versionId !== undefined && { VersionId: versionId }),
  };
}

/** A copy is one object, however its source came: its ETag and checksum are over all its bytes. */
async function resummed(
  cloud: Cloud,
  source: ObjectVersion,
  algorithm: Algorithm,
): Promise<Pick<ObjectVersion, 'etag' | 'checksum'>> {
  const { checksum, parts, etag } = source;
  const asIs = checksum.algorithm === algorithm && checksum.kind === 'FULL_OBJECT';
  if (asIs && parts === undefined) return { etag, checksum };
  const md5 = running('MD5');
  const sum = running(algorithm);
  for await (const chunk of bytesOf(cloud.blobs, source.pieces)) {
    md5.update(chunk);
    sum.update(chunk);
  }
  return {
    etag: `"${Buffer.from(md5.digest()).toString('hex')}"`,
    checksum: { algorithm, value: Buffer.from(sum.digest()).toString('base64'), kind: 'FULL_OBJECT' },
  };
}

function fallback(named: string | undefined, otherwise: Algorithm = 'CRC64NVME'): Algorithm {
  return named === undefined ? otherwise : algorithmNamed(named);
}

function hex(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex');
}
